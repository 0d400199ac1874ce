package dev.assay.alert.domain.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
    private static NextStep after(int status, @Nullable Duration retryAfter) {
        return RetryPolicy.after(new Attempt.Answered(status, retryAfter), 1, Duration.ZERO, 0);
    }

    @ParameterizedTest(name = "attempt {0} with jitter {1} waits {2} ms")
    @CsvSource({"1, 0, 1000", "1, 1, 1500", "2, 0, 2000", "3, 0.5, 5000", "5, 0, 16000", "6, 0, 30000", "99, 1, 45000"})
    void backsOffTwiceAsLongEachTime(int attempts, double jitter, long millis) {
        assertThat(RetryPolicy.after(new Attempt.Unreachable("refused"), attempts, Duration.ZERO, jitter))
                .isEqualTo(new NextStep.Retry(Duration.ofMillis(millis), "refused"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void isDoneOnSuccess(int status) {
        assertThat(after(status, null)).isEqualTo(new NextStep.Delivered("status " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 403, 404, 410, 422})
    void givesUpOnWhatWillNotChange(int status) {
        assertThat(after(status, null)).isInstanceOf(NextStep.GiveUp.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void triesAgainOnWhatMay(int status) {
        assertThat(after(status, null)).isInstanceOf(NextStep.Retry.class);
    }

    @Test
    void waitsAsLongAsTheReceiverAsksWithinReason() {
        assertThat(after(429, Duration.ofSeconds(7)))
                .isEqualTo(new NextStep.Retry(Duration.ofSeconds(7), "status 429"));
        assertThat(after(429, Duration.ofDays(9))).isEqualTo(new NextStep.Retry(Duration.ofMinutes(10), "status 429"));
        assertThat(after(429, Duration.ZERO)).isEqualTo(new NextStep.Retry(Duration.ofSeconds(1), "status 429"));
    }

    @Test
    void givesUpAfterADayAndAtOnceWhereItMustNotGo() {
        assertThat(RetryPolicy.after(new Attempt.Answered(500, null), 900, Duration.ofHours(25), 0))
                .isInstanceOf(NextStep.GiveUp.class);
        assertThat(RetryPolicy.after(new Attempt.Forbidden("loopback"), 1, Duration.ZERO, 0))
                .isEqualTo(new NextStep.GiveUp("loopback"));
    }
}
