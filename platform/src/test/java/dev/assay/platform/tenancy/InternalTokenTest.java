package dev.assay.platform.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Set;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InternalTokenTest {
    private KeyPair dashboard;
    private InternalToken tokens;

    @BeforeEach
    void keys() throws Exception {
        dashboard = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        tokens = new InternalToken(
                config(Base64.getEncoder().encodeToString(dashboard.getPublic().getEncoded())));
    }

    @Test
    void namesTheProjectAndWhatTheUserMay() throws Exception {
        assertThat(tokens.authenticate(signed(dashboard, "assay-dashboard", 60)))
                .hasValue(new Caller("shop", "dashboard:ann", Set.of(Scope.READ)));
    }

    @Test
    void isRefusedAfterItsTime() throws Exception {
        assertThat(tokens.authenticate(signed(dashboard, "assay-dashboard", -60)))
                .isEmpty();
    }

    @Test
    void isRefusedFromAnotherIssuerOrUnderAnotherKey() throws Exception {
        assertThat(tokens.authenticate(signed(dashboard, "somebody", 60))).isEmpty();
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        assertThat(tokens.authenticate(signed(other, "assay-dashboard", 60))).isEmpty();
    }

    @Test
    void isRefusedUnsigned() {
        String header = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes());
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"iss\":\"assay-dashboard\",\"tenant\":\"shop\",\"scope\":\"admin\"}".getBytes());
        assertThat(tokens.authenticate(header + "." + claims + ".")).isEmpty();
    }

    @Test
    void isRefusedWithoutAConfiguredKey() throws Exception {
        assertThat(new InternalToken(config("")).authenticate(signed(dashboard, "assay-dashboard", 60)))
                .isEmpty();
    }

    private static String signed(KeyPair by, String issuer, int seconds) throws Exception {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setSubject("ann");
        claims.setClaim("tenant", "shop");
        claims.setClaim("scope", "read");
        claims.setIssuedAt(NumericDate.fromSeconds(NumericDate.now().getValue() - 61));
        claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() + seconds));
        JsonWebSignature token = new JsonWebSignature();
        token.setPayload(claims.toJson());
        token.setKey(by.getPrivate());
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
        return token.getCompactSerialization();
    }

    private static TenancyConfig config(String publicKey) {
        return TenancyConfigs.of("a pepper of the tests", publicKey);
    }
}
