package dev.assay.alert.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-03-11T12:00:00Z");

    @Test
    void isSecondsOrADate() {
        assertThat(GuardedHttp.retryAfter("7", NOW)).isEqualTo(Duration.ofSeconds(7));
        assertThat(GuardedHttp.retryAfter("Wed, 11 Mar 2026 12:00:30 GMT", NOW)).isEqualTo(Duration.ofSeconds(30));
        assertThat(GuardedHttp.retryAfter("Wed, 11 Mar 2026 11:00:00 GMT", NOW)).isEqualTo(Duration.ZERO);
        assertThat(GuardedHttp.retryAfter("soon", NOW)).isNull();
        assertThat(GuardedHttp.retryAfter("-1", NOW)).isNull();
        assertThat(GuardedHttp.retryAfter(null, NOW)).isNull();
    }
}
