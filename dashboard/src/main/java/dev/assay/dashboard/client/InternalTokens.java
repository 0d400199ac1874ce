package dev.assay.dashboard.client;

import dev.assay.dashboard.config.DashboardConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * Makes the token that the services accept beside API keys: an EdDSA-signed JWT (RFC 8037) for one project, to read only,
 * good for one minute. The browser never sees it.
 */
@Startup
@ApplicationScoped
public class InternalTokens {
    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final String USER = "local";

    private final PrivateKey key;
    private final InstantSource clock;

    InternalTokens(DashboardConfig config, InstantSource clock) {
        this.key = privateKey(config.internalPrivateKey().orElse(""));
        this.clock = clock;
    }

    /** The value of an Authorization header that speaks for a reader of the project. */
    public String bearer(String project) {
        Instant now = clock.instant();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer("assay-dashboard");
        claims.setSubject(USER);
        claims.setStringClaim("tenant", project);
        claims.setStringClaim("role", "viewer");
        claims.setStringClaim("scope", "read");
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(LIFETIME).getEpochSecond()));
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
        signature.setPayload(claims.toJson());
        signature.setKey(key);
        try {
            return "Bearer " + signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("the internal token could not be signed", e);
        }
    }

    private static PrivateKey privateKey(String base64) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64.strip())));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "assay.dashboard.internal-private-key (ASSAY_INTERNAL_PRIVATE_KEY) must be base64 of an Ed25519"
                            + " private key in PKCS#8 form",
                    e);
        }
    }
}
