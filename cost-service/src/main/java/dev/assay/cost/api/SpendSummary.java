package dev.assay.cost.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.cost.app.ReportSpend.Summary;
import dev.assay.cost.domain.anomaly.SpendAnomaly;
import dev.assay.cost.domain.pricing.Decimals;
import dev.assay.cost.domain.spend.DailyCost;
import dev.assay.cost.domain.spend.DailyCosts;
import dev.assay.cost.domain.spend.SpendForecast;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer of the daily summary.
 *
 * @param from the first of the complete days
 * @param to the day behind the last of them: today
 * @param history null with enough of it, else what there is
 * @param projectedMonth null without enough history
 */
@RegisterForReflection
record SpendSummary(
        LocalDate from,
        LocalDate to,
        String tz,
        String currency,
        String total,
        @Nullable String mean,
        @Nullable String median,
        @Nullable String max,
        @Nullable String min,
        @JsonProperty("projected_month") @Nullable Projection projectedMonth,
        @Nullable String history,
        @JsonProperty("history_days") int historyDays,
        List<Anomaly> anomalies,
        List<Day> days,
        Day today) {

    /** A calendar month's cost at its end, with its 95 % interval. */
    @RegisterForReflection
    record Projection(String month, String value, List<String> ci95) {}

    /** A day off the expected; {@code score} is the deviation in robust standard deviations. */
    @RegisterForReflection
    record Anomaly(
            LocalDate date,
            String cost,
            String expected,
            String deviation,
            @JsonProperty("deviation_ratio") @Nullable Double deviationRatio,
            double score) {}

    @RegisterForReflection
    record Day(LocalDate date, String cost, long calls) {}

    static SpendSummary of(Summary summary, ZoneId zone, String currency) {
        DailyCosts days = summary.days();
        LocalDate today = summary.today().date();
        return new SpendSummary(
                days.days().get(0).date(),
                today,
                zone.getId(),
                currency,
                Decimals.text(days.total()),
                text(days.mean()),
                text(days.median()),
                text(days.max()),
                text(days.min()),
                summary.forecast().map(forecast -> projection(forecast, today)).orElse(null),
                summary.historyDays() >= DailyCosts.MIN_HISTORY_DAYS
                        ? null
                        : "not enough history: " + summary.historyDays() + " of " + DailyCosts.MIN_HISTORY_DAYS
                                + " days",
                summary.historyDays(),
                summary.anomalies().stream().map(SpendSummary::anomaly).toList(),
                days.days().stream().map(SpendSummary::day).toList(),
                day(summary.today()));
    }

    private static Projection projection(SpendForecast forecast, LocalDate today) {
        return new Projection(
                today.toString().substring(0, "2026-01".length()),
                Decimals.text(forecast.value()),
                List.of(Decimals.text(forecast.low()), Decimals.text(forecast.high())));
    }

    private static Anomaly anomaly(SpendAnomaly anomaly) {
        double expected = anomaly.expected().doubleValue();
        return new Anomaly(
                anomaly.date(),
                Decimals.text(anomaly.cost()),
                Decimals.text(anomaly.expected()),
                Decimals.text(anomaly.deviation()),
                expected > 0 ? anomaly.deviation().doubleValue() / expected : null,
                anomaly.score());
    }

    private static Day day(DailyCost day) {
        return new Day(day.date(), Decimals.text(day.cost()), day.calls());
    }

    private static @Nullable String text(Optional<BigDecimal> value) {
        return value.map(Decimals::text).orElse(null);
    }
}
