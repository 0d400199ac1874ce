package dev.assay.quality.domain.users;

import dev.assay.platform.stats.TwoProportions;
import org.jspecify.annotations.Nullable;

/**
 * How often an issue was reported in a period, against the period of the same length before.
 *
 * @param issue what was reported
 * @param count reports in the period
 * @param previous reports in the period before
 * @param changeRatio count over previous less one; null when there were none before
 * @param pValue how likely such a change of its share in the feedback is by chance; null when one period had no feedback
 * @param changeSignificant whether that is less likely than 5 %; null when it cannot be told
 */
public record IssueTrend(
        Issue issue,
        long count,
        long previous,
        @Nullable Double changeRatio,
        @Nullable Double pValue,
        @Nullable Boolean changeSignificant) {
    private static final double SIGNIFICANT = 0.05;

    /** Compares shares of the feedback, so that more feedback alone is no trend. */
    public static IssueTrend of(Issue issue, long count, long feedback, long previous, long feedbackBefore) {
        Double p = TwoProportions.test(count, feedback, previous, feedbackBefore)
                .map(TwoProportions::pValue)
                .orElse(null);
        return new IssueTrend(
                issue,
                count,
                previous,
                previous == 0 ? null : (double) count / previous - 1,
                p,
                p == null ? null : Boolean.valueOf(p < SIGNIFICANT));
    }
}
