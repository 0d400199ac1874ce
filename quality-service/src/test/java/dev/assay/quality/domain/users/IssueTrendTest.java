package dev.assay.quality.domain.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IssueTrendTest {
    @Test
    void comparesSharesSoThatMoreFeedbackAloneIsNoTrend() {
        IssueTrend twiceTheFeedback = IssueTrend.of(Issue.SLOW, 40, 400, 20, 200);
        assertThat(twiceTheFeedback.changeRatio()).isEqualTo(1.0);
        assertThat(twiceTheFeedback.changeSignificant()).isFalse();
        assertThat(twiceTheFeedback.pValue()).isCloseTo(1.0, within(1e-9));
    }

    @Test
    void callsARealRiseSignificant() {
        // 30 of 200 against 10 of 200: z = 3.333, p = 0.00086
        IssueTrend trend = IssueTrend.of(Issue.SLOW, 30, 200, 10, 200);
        assertThat(trend.changeSignificant()).isTrue();
        assertThat(trend.pValue()).isCloseTo(0.00086, within(0.00001));
    }

    @Test
    void cannotTellWithoutAPeriodBefore() {
        IssueTrend trend = IssueTrend.of(Issue.SLOW, 3, 10, 0, 0);
        assertThat(trend.changeRatio()).isNull();
        assertThat(trend.changeSignificant()).isNull();
    }
}
