package dev.assay.quality.domain.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DailyCapTest {
    @ParameterizedTest(name = "{0} characters and {1} criteria are {2} tokens")
    @CsvSource({"0, 0, 0", "1, 0, 1", "3, 0, 1", "4, 0, 2", "3000, 2, 1300"})
    void isHeldAgainstAnEstimateThatIsRatherTooHigh(long characters, int criteria, long tokens) {
        assertThat(DailyCap.estimate(characters, criteria)).isEqualTo(tokens);
    }

    @Test
    void isRenewedAtMidnightInUtc() {
        Instant last = Instant.parse("2026-03-10T23:59:59.999Z");
        Instant midnight = Instant.parse("2026-03-11T00:00:00Z");
        assertThat(DailyCap.renewedAfter(last)).isEqualTo(midnight);
        assertThat(DailyCap.renewedAfter(midnight)).isEqualTo(midnight.plus(Duration.ofDays(1)));
        assertThat(DailyCap.dayOf(midnight)).isEqualTo(DailyCap.dayOf(last) + 1);
        assertThat(DailyCap.dayOf(Instant.EPOCH)).isZero();
    }

    @Test
    void leavesHalfOfADayToLiveResponses() {
        DailyCap calls = new DailyCap(25, null);
        assertThat(calls.leftForEarlier(0, 0, 0)).isEqualTo(13);
        assertThat(calls.leftForEarlier(8, 99_999, 3)).isEqualTo(2);
        assertThat(calls.leftForEarlier(8, 99_999, 5)).isZero();
        assertThat(calls.leftForEarlier(20, 99_999, 0)).isZero();
        // 40 questions took 250 tokens each: of the half that is 20,000 there are 10,000 left, which is 40 more
        DailyCap tokens = new DailyCap(1_000, 40_000L);
        assertThat(tokens.leftForEarlier(40, 10_000, 0)).isEqualTo(40);
        assertThat(tokens.leftForEarlier(40, 10_000, 30)).isEqualTo(10);
        assertThat(tokens.leftForEarlier(80, 20_001, 0)).isZero();
        assertThat(tokens.leftForEarlier(0, 0, 0)).isEqualTo(13); // at 1,500 each
        assertThat(new DailyCap(1, 1L).leftForEarlier(0, 0, 0)).isZero();
    }

    @Test
    void allowsSomething() {
        assertThatThrownBy(() -> new DailyCap(0, null)).hasMessageContaining("calls must be >= 1, got: 0");
        assertThatThrownBy(() -> new DailyCap(1, 0L)).hasMessageContaining("tokens must be >= 1, got: 0");
        assertThatThrownBy(() -> DailyCap.estimate(-1, 0)).hasMessageContaining(">= 0");
        assertThat(DailyCap.DEFAULT.tokens()).isNull();
    }
}
