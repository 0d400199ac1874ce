package dev.assay.cost.domain.anomaly;

import java.util.List;

/**
 * A series' day off the expected.
 *
 * @param series the series' key
 * @param pValue the chance of it on an ordinary day
 * @param qValue the same adjusted for all series that were judged on the day
 * @param contributors all parts that cost something on the day or before, the largest deviation first
 */
public record SeriesAnomaly<K>(
        K series, SpendAnomaly day, double pValue, double qValue, List<Contributor> contributors) {
    public SeriesAnomaly {
        contributors = List.copyOf(contributors);
    }
}
