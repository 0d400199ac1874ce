package dev.assay.platform.tenancy;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard's token: an EdDSA-signed JWT (RFC 8037) that lives for a minute and names the project, the user and what
 * they may do, so that the browser never holds a key.
 */
@ApplicationScoped
public class InternalToken {
    private final @Nullable JwtConsumer consumer;

    InternalToken(TenancyConfig config) {
        this.consumer = config.internalPublicKey()
                .filter(key -> !key.isBlank())
                .map(InternalToken::consumerFor)
                .orElse(null);
    }

    private static JwtConsumer consumerFor(String base64) {
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
            return new JwtConsumerBuilder()
                    .setVerificationKey(key)
                    .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA)
                    .setExpectedIssuer("assay-dashboard")
                    .setSkipDefaultAudienceValidation()
                    .setRequireExpirationTime()
                    .setRequireIssuedAt()
                    .setMaxFutureValidityInMinutes(5)
                    .setAllowedClockSkewInSeconds(30)
                    .build();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "assay.tenancy.internal-public-key (ASSAY_INTERNAL_PUBLIC_KEY) must be base64 of an Ed25519 public"
                            + " key in X.509 form",
                    e);
        }
    }

    /** The caller whom the token names, or empty if it is not ours, not signed by the dashboard, or out of time. */
    public Optional<Caller> authenticate(String token) {
        JwtConsumer verifier = consumer;
        if (verifier == null) {
            return Optional.empty();
        }
        try {
            JwtClaims claims = verifier.processToClaims(token);
            String tenant = claims.getStringClaimValue("tenant");
            String scope = claims.getStringClaimValue("scope");
            if (tenant == null || scope == null) {
                return Optional.empty();
            }
            Set<Scope> scopes = new LinkedHashSet<>();
            Arrays.stream(scope.split(" ")).map(Scope::ofWireName).forEach(scopes::add);
            return Optional.of(new Caller(tenant, "dashboard:" + claims.getSubject(), scopes));
        } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
