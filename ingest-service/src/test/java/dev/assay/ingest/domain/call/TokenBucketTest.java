package dev.assay.ingest.domain.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    private final TokenBucket ten = new TokenBucket(10, 0);

    @Test
    void holdsOneSecondsWorth() {
        ten.take(9, 0);
        assertThat(ten.untilNext(0)).isZero();
        ten.take(1, 0);
        assertThat(ten.untilNext(0)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void makesUpForARequestThatWasTooLarge() {
        ten.take(40, 0); // 30 more than it held: three seconds, and a tenth for the next one
        assertThat(ten.untilNext(0)).isEqualTo(Duration.ofMillis(3_100));
        assertThat(ten.untilNext(3 * SECOND)).isEqualTo(Duration.ofMillis(100));
        assertThat(ten.untilNext(3 * SECOND + SECOND / 5)).isZero();
    }

    @Test
    void savesNothingBeyondItsBurst() {
        assertThat(ten.untilNext(60 * SECOND)).isZero();
        ten.take(10, 60 * SECOND);
        assertThat(ten.untilNext(60 * SECOND)).isPositive();
    }

    @Test
    void isNotFilledByAClockThatStepsBack() {
        ten.take(10, SECOND);
        assertThat(ten.untilNext(0)).isEqualTo(Duration.ofMillis(100));
    }
}
