package dev.assay.alert.domain.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagerDutySignatureTest {
    /** Test case 2 of RFC 4231. */
    @Test
    void isTheHmacOfTheBody() {
        byte[] body = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);
        String right = "v1=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assertThat(PagerDutySignature.of("Jefe", body)).isEqualTo(right);
        assertThat(PagerDutySignature.matches(right, "Jefe", body)).isTrue();
        assertThat(PagerDutySignature.matches("v1=00, " + right, "Jefe", body)).isTrue();
        assertThat(PagerDutySignature.matches(right + ",v1=00", "Jefe", body)).isTrue();
        assertThat(PagerDutySignature.matches(right.substring(3), "Jefe", body)).isFalse();
        assertThat(PagerDutySignature.matches("v2=" + right.substring(3), "Jefe", body))
                .isFalse();
        assertThat(PagerDutySignature.matches("", "Jefe", body)).isFalse();
        assertThat(PagerDutySignature.matches("ü", "Jefe", body)).isFalse();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void noOtherBodyOrSecretOrSignatureWillDo(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            byte[] body = new byte[random.nextInt(1, 300)];
            random.nextBytes(body);
            byte[] key = new byte[16];
            random.nextBytes(key);
            String secret = HexFormat.of().formatHex(key);
            String header = PagerDutySignature.of(secret, body);
            byte[] changed = body.clone();
            changed[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
            char[] other = header.toCharArray();
            int at = random.nextInt(3, other.length);
            other[at] = other[at] == '0' ? '1' : '0';
            assertThat(PagerDutySignature.matches(header, secret, body)).isTrue();
            assertThat(PagerDutySignature.matches(header, secret, changed)).isFalse();
            assertThat(PagerDutySignature.matches(header, secret + "0", body)).isFalse();
            assertThat(PagerDutySignature.matches(new String(other), secret, body))
                    .isFalse();
        }
    }
}
