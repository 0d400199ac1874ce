package dev.assay.cost.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.cost.app.FindAnomalies;
import dev.assay.cost.app.FindAnomalies.Answer;
import dev.assay.cost.app.FindAnomalies.Question;
import dev.assay.cost.domain.anomaly.Contributor;
import dev.assay.cost.domain.anomaly.SeriesAnomaly;
import dev.assay.cost.domain.pricing.Decimals;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Days off the expected, by day, and of a day the least likely first.
 *
 * @param from the first day, to the day behind the last
 * @param level the expected share of false ones among a day's items
 * @param series how many series there are
 * @param judged how many of them have at least 7 days of history; those without are not judged
 * @param found how many anomalies there are, also those beyond the limit
 */
@RegisterForReflection
record AnomaliesView(
        LocalDate from,
        LocalDate to,
        String tz,
        String currency,
        double level,
        int series,
        long judged,
        int found,
        List<Item> items) {
    private static final int MOST_CONTRIBUTORS = 10;

    /**
     * A series' day.
     *
     * @param by the series' dimensions; none without group_by
     * @param score the deviation in robust standard deviations; null where nothing ever varied
     * @param pValue the chance of it on an ordinary day, 0 to 1
     * @param qValue the same, adjusted for all series judged on the day
     * @param contributors the ten largest; with {@code others} they add up to the deviation
     * @param others the deviation of the parts that are not shown
     */
    @RegisterForReflection
    record Item(
            Map<String, String> by,
            LocalDate date,
            String cost,
            String expected,
            String deviation,
            @JsonProperty("deviation_ratio") @Nullable Double deviationRatio,
            @Nullable Double score,
            @JsonProperty("p_value") double pValue,
            @JsonProperty("q_value") double qValue,
            @JsonProperty("explained_by") String explainedBy,
            List<Part> contributors,
            String others) {}

    /** A part of a series: what it cost, its usual share of the expected, and the difference. */
    @RegisterForReflection
    record Part(String value, String cost, String expected, String deviation) {}

    static AnomaliesView of(Question question, Answer answer, String currency, int limit) {
        return new AnomaliesView(
                question.from(),
                question.to(),
                question.zone().getId(),
                currency,
                FindAnomalies.LEVEL,
                answer.series(),
                answer.judged(),
                answer.anomalies().size(),
                answer.anomalies().stream()
                        .limit(limit)
                        .map(anomaly -> item(anomaly, question.explainBy().wireName()))
                        .toList());
    }

    private static @Nullable Double score(SeriesAnomaly<?> anomaly) {
        double score = anomaly.day().score();
        return Math.abs(score) == Double.MAX_VALUE ? null : score;
    }

    private static Item item(SeriesAnomaly<Map<String, String>> anomaly, String explainedBy) {
        List<Contributor> all = anomaly.contributors();
        List<Contributor> shown = all.subList(0, Math.min(MOST_CONTRIBUTORS, all.size()));
        BigDecimal others = all.subList(shown.size(), all.size()).stream()
                .map(Contributor::deviation)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        double expected = anomaly.day().expected().doubleValue();
        return new Item(
                anomaly.series(),
                anomaly.day().date(),
                Decimals.text(anomaly.day().cost()),
                Decimals.text(anomaly.day().expected()),
                Decimals.text(anomaly.day().deviation()),
                expected > 0 ? anomaly.day().deviation().doubleValue() / expected : null,
                score(anomaly),
                anomaly.pValue(),
                anomaly.qValue(),
                explainedBy,
                shown.stream()
                        .map(part -> new Part(
                                part.part(),
                                Decimals.text(part.cost()),
                                Decimals.text(part.expected()),
                                Decimals.text(part.deviation())))
                        .toList(),
                Decimals.text(others));
    }
}
