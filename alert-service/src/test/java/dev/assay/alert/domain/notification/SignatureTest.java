package dev.assay.alert.domain.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignatureTest {
    /** {@code printf '1767225600.{"a":1}' | openssl dgst -sha256 -hmac s3cret}. */
    private static final String KNOWN = "7d4120fcebf444efab10ba7cd6c651bf463cefb039db5fad37ff9f7231ac8a4a";

    @Test
    void isTheHmacOfTimestampAndBody() {
        assertThat(Signature.of("s3cret", 1_767_225_600L, "{\"a\":1}")).isEqualTo(KNOWN);
    }

    @Test
    void matchesOnlyTheSameTimestampBodyAndSecret() {
        assertThat(Signature.matches(KNOWN, "s3cret", 1_767_225_600L, "{\"a\":1}"))
                .isTrue();
        assertThat(Signature.matches(KNOWN, "s3cret", 1_767_225_601L, "{\"a\":1}"))
                .isFalse();
        assertThat(Signature.matches(KNOWN, "s3cret", 1_767_225_600L, "{\"a\":2}"))
                .isFalse();
        assertThat(Signature.matches(KNOWN, "other", 1_767_225_600L, "{\"a\":1}"))
                .isFalse();
    }
}
