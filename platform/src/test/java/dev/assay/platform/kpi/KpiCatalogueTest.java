package dev.assay.platform.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.contracts.kpi.v1.ErrorClass;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.stats.Interval;
import dev.assay.platform.stats.RoganGladen.Judge;
import dev.assay.platform.window.Concurrency;
import dev.assay.platform.window.MinuteSummary;
import dev.assay.platform.window.TimeRange;
import dev.assay.platform.window.WindowState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KpiCatalogueTest {
    private static final TimeRange HOUR =
            new TimeRange(Instant.parse("2026-03-10T10:00:00Z"), Instant.parse("2026-03-10T11:00:00Z"));

    private final WindowState window = new WindowState();

    private KpiValue kpi(String name) {
        return KpiCatalogue.get(name).compute(window, HOUR);
    }

    private @Nullable Number value(String name) {
        return kpi(name).value();
    }

    private static Interval interval(KpiValue figure) {
        return Objects.requireNonNull(figure.ci95());
    }

    /** The names that the API promises, and no others. */
    @Test
    void hasEveryKpiOfTheApi() {
        String promised = "calls errors error_rate cancelled latency_p50_ms latency_p95_ms latency_p99_ms ttft_p50_ms"
                + " ttft_p95_ms tpot_p50_ms tpot_p95_ms throughput_rps throughput_peak_rps uptime_ratio input_tokens"
                + " output_tokens cache_read_tokens cache_write_tokens reasoning_tokens usage_missing_ratio concurrency"
                + " time_to_exhaustion_ms rps_utilization_ratio concurrency_utilization_ratio peak_concurrency"
                + " headroom_rps headroom_concurrency list_cost reported_cost cost_per_call cost_per_1k_tokens"
                + " cost_per_user cost_per_successful_task unpriced_calls unpriced_tokens projected_month_cost"
                + " token_utilization_ratio accuracy_ratio helpfulness_mean relevance_ratio completeness_ratio"
                + " coherence_ratio conciseness_words_p50 toxicity_rate hallucination_rate jailbreak_success_rate"
                + " harmful_refusal_rate over_refusal_rate bias_disparity_ratio safe_response_ratio"
                + " toxic_page_responses csat_mean csat_satisfied_ratio nps task_success_rate"
                + " time_to_completion_p50_ms time_to_completion_p90_ms requery_rate session_length_mean"
                + " retention_week1_ratio active_users";
        assertThat(KpiCatalogue.all().stream().map(Kpi::name))
                .containsExactlyInAnyOrderElementsOf(new TreeSet<>(Arrays.asList(promised.split(" "))));
    }

    @Test
    void countsNoCallsAsZeroAndKnowsNothingElse() {
        assertThat(value("calls")).isEqualTo(0L);
        for (Kpi kpi : KpiCatalogue.all()) {
            if (kpi.fromWindows() && !kpi.name().equals("calls")) {
                KpiValue figure = kpi.compute(window, HOUR);
                assertThat(figure.value()).as(kpi.name()).isNull();
                assertThat(figure.count()).as(kpi.name()).isZero();
                assertThat(figure.ci95()).as(kpi.name()).isNull();
                assertThat(figure.met()).as(kpi.name()).isNull();
            }
        }
    }

    @Test
    void leavesCancelledCallsOutOfErrorsAndTheirDenominator() {
        window.add(Measure.MEASURE_CALLS, 200, 190);
        window.add(Measure.MEASURE_CANCELLED, 40, 0);
        window.addBucket(Measure.MEASURE_ERROR_CLASS, ErrorClass.ERROR_CLASS_RATE_LIMIT_VALUE, 7);
        window.addBucket(Measure.MEASURE_ERROR_CLASS, ErrorClass.ERROR_CLASS_TIMEOUT_VALUE, 3);
        assertThat(value("calls")).isEqualTo(240L);
        assertThat(value("cancelled")).isEqualTo(40L);
        assertThat(value("errors")).isEqualTo(10L);
        assertThat(kpi("errors").distribution()).isEqualTo(Map.of("rate_limit", 7L, "timeout", 3L));
        KpiValue rate = kpi("error_rate");
        assertThat(rate.value()).isEqualTo(0.05);
        assertThat(rate.count()).isEqualTo(200);
        assertThat(interval(rate).low()).isCloseTo(0.0274, within(0.0001)); // Wilson, 10 of 200
        assertThat(interval(rate).high()).isCloseTo(0.0896, within(0.0001));
        assertThat(rate.met()).isFalse();
        assertThat(value("throughput_rps")).isEqualTo(240 / 3600.0);
    }

    @Test
    void knowsNoErrorRateWhenAllWereCancelled() {
        window.add(Measure.MEASURE_CANCELLED, 5, 0);
        assertThat(value("calls")).isEqualTo(5L);
        assertThat(value("errors")).isEqualTo(0L);
        assertThat(value("error_rate")).isNull();
    }

    @Test
    void takesPercentilesInMillisecondsWithCoverageAndInterval() {
        window.add(Measure.MEASURE_CALLS, 1_250, 1_250);
        for (int i = 1; i <= 1_000; i++) {
            window.observeMicros(Measure.MEASURE_LATENCY, i * 1_000L, 1);
        }
        KpiValue p95 = kpi("latency_p95_ms");
        assertThat(p95.asDouble().orElseThrow()).isCloseTo(950, within(950 * 0.0055));
        assertThat(p95.coverage()).isEqualTo(0.8);
        assertThat(p95.count()).isEqualTo(1_000);
        assertThat(p95.met()).isTrue();
        Interval ci = interval(p95);
        assertThat(ci.low()).isCloseTo(936, within(8.0)); // ranks 936 and 965
        assertThat(ci.high()).isCloseTo(965, within(8.0));
        assertThat(kpi("ttft_p95_ms").value()).isNull();
        assertThat(kpi("ttft_p95_ms").coverage()).isZero();
    }

    @Test
    void sumsTokensOfTheCallsThatToldThem() {
        window.add(Measure.MEASURE_CALLS, 4, 4);
        window.add(Measure.MEASURE_INPUT_TOKENS, 3, 0);
        window.addSum(Measure.MEASURE_INPUT_TOKENS, 1_500L);
        window.add(Measure.MEASURE_USAGE_MISSING, 4, 1);
        assertThat(value("input_tokens")).isEqualTo(new BigDecimal("1500"));
        assertThat(kpi("input_tokens").coverage()).isEqualTo(0.75);
        assertThat(value("output_tokens")).isNull();
        assertThat(value("usage_missing_ratio")).isEqualTo(0.25);
    }

    @Test
    void tellsPeaksAndUptimeFromMinutesOnly() {
        window.add(Measure.MEASURE_CALLS, 10, 10);
        assertThat(value("peak_concurrency")).isNull();
        MinuteSummary minutes = new MinuteSummary(7, 2, 5, 27, 3);
        assertThat(of("peak_concurrency", minutes)).isEqualTo(7L);
        assertThat(of("concurrency", minutes)).isEqualTo(2L);
        assertThat(of("throughput_peak_rps", minutes)).isEqualTo(5L);
        assertThat(of("uptime_ratio", minutes)).isEqualTo(0.9);
        KpiValue uptime = KpiCatalogue.get("uptime_ratio").compute(window, HOUR, minutes);
        assertThat(uptime.coverage()).isEqualTo(0.5);
        assertThat(uptime.count()).isEqualTo(30);
        assertThat(of("uptime_ratio", MinuteSummary.NONE)).isNull();
    }

    private @Nullable Number of(String name, MinuteSummary minutes) {
        return KpiCatalogue.get(name).compute(window, HOUR, minutes).value();
    }

    @Test
    void tellsPeaksOfASingleMinuteByItself() {
        TimeRange minute = new TimeRange(HOUR.from(), HOUR.from().plusSeconds(60));
        window.add(Measure.MEASURE_CALLS, 2, 2);
        Concurrency.contributeStart(0, 1, window);
        Concurrency.contribute(0L, 30_000_000L, 1, m -> window);
        assertThat(KpiCatalogue.get("peak_concurrency").compute(window, minute).value())
                .isEqualTo(1L);
        assertThat(KpiCatalogue.get("throughput_peak_rps")
                        .compute(window, minute)
                        .value())
                .isEqualTo(1L);
        assertThat(KpiCatalogue.get("uptime_ratio").compute(window, minute).value())
                .isEqualTo(1.0);
    }

    @Test
    void doesNotCountUnpricedCallsAsFree() {
        window.add(Measure.MEASURE_LIST_COST, 4, 3);
        window.addSum(Measure.MEASURE_LIST_COST, new BigDecimal("0.0100"));
        window.add(Measure.MEASURE_UNPRICED, 1, 0);
        window.addSum(Measure.MEASURE_UNPRICED, 500L);
        window.add(Measure.MEASURE_PRICED_TOKENS, 3, 0);
        window.addSum(Measure.MEASURE_PRICED_TOKENS, 8_000L);
        window.add(Measure.MEASURE_SUCCESSFUL_TASKS, 2, 0);
        assertThat(value("list_cost")).isEqualTo(new BigDecimal("0.01"));
        assertThat(kpi("list_cost").coverage()).isEqualTo(0.75);
        assertThat(value("cost_per_call")).isEqualTo(new BigDecimal("0.003333333333333333"));
        assertThat(kpi("cost_per_call").count()).isEqualTo(3);
        assertThat(value("cost_per_1k_tokens")).isEqualTo(new BigDecimal("0.00125"));
        assertThat(value("cost_per_successful_task")).isEqualTo(new BigDecimal("0.005"));
        assertThat(value("unpriced_calls")).isEqualTo(1L);
        assertThat(value("unpriced_tokens")).isEqualTo(new BigDecimal("500"));
        assertThat(value("reported_cost")).isNull();
    }

    @Test
    void knowsNoCostWhenNothingCouldBePriced() {
        window.add(Measure.MEASURE_LIST_COST, 4, 0);
        assertThat(value("list_cost")).isNull();
        assertThat(kpi("list_cost").coverage()).isZero();
        assertThat(value("cost_per_call")).isNull();
        assertThat(value("unpriced_calls")).isEqualTo(4L);
    }

    @Test
    void boundsTheMeanCostWhereThereIsAHistogramOfIt() {
        window.add(Measure.MEASURE_LIST_COST, 100, 100);
        for (int i = 0; i < 100; i++) {
            long nanos = (1 + i % 2) * 1_000_000L; // 0.001 and 0.002
            window.addSum(Measure.MEASURE_LIST_COST, BigDecimal.valueOf(nanos, 9));
            window.addBucket(Measure.MEASURE_LIST_COST, dev.assay.platform.window.ExponentialHistogram.index(nanos), 1);
        }
        Interval ci = interval(kpi("cost_per_call"));
        // standard deviation 0.0005025, t(99) = 1.9842: half a width of 0.0000997
        assertThat(ci.low()).isCloseTo(0.0014003, within(0.000002));
        assertThat(ci.high()).isCloseTo(0.0015997, within(0.000002));
    }

    /** Ten answers: 5, 4, 4, 5, 3, 1, 2, 5, 4, 4. Mean 3.7, standard deviation 1.3375, t(9) = 2.2622. */
    @Test
    void meansCsatWithItsIntervalAndDistribution() {
        for (int stars : new int[] {5, 4, 4, 5, 3, 1, 2, 5, 4, 4}) {
            window.add(Measure.MEASURE_CSAT, 1, stars >= 4 ? 1 : 0);
            window.addSum(Measure.MEASURE_CSAT, (long) stars);
            window.addBucket(Measure.MEASURE_CSAT, stars, 1);
        }
        KpiValue csat = kpi("csat_mean");
        assertThat(csat.value()).isEqualTo(3.7);
        assertThat(interval(csat).low()).isCloseTo(2.7432, within(0.0002));
        assertThat(interval(csat).high()).isCloseTo(4.6568, within(0.0002));
        assertThat(csat.distribution()).isEqualTo(Map.of("1", 1L, "2", 1L, "3", 1L, "4", 4L, "5", 3L));
        assertThat(value("csat_satisfied_ratio")).isEqualTo(0.7);
    }

    @Test
    void scoresPromotersLessDetractors() {
        int[] answers = {0, 1, 0, 0, 0, 0, 2, 3, 4, 4, 6}; // answers with the score of their position
        for (int score = 0; score <= 10; score++) {
            window.addBucket(Measure.MEASURE_NPS, score, answers[score]);
            window.add(Measure.MEASURE_NPS, answers[score], 0);
        }
        KpiValue nps = kpi("nps"); // 10 promoters, 3 detractors, 20 answers
        assertThat(nps.value()).isEqualTo(35.0);
        assertThat(nps.count()).isEqualTo(20);
        assertThat(interval(nps).contains(35)).isTrue();
        assertThat(interval(nps).low()).isBetween(-10.0, 20.0);
        assertThat(nps.met()).isTrue();
    }

    @Test
    void givesEachSafetyRateItsOwnDenominatorAndCoverage() {
        window.add(Measure.MEASURE_RESPONSES, 1_000, 0);
        window.add(Measure.MEASURE_TOXICITY, 800, 2);
        window.add(Measure.MEASURE_REFUSAL, 500, 60);
        window.add(Measure.MEASURE_HARMFUL_REFUSAL, 40, 39);
        window.add(Measure.MEASURE_OVER_REFUSAL, 460, 5);
        window.add(Measure.MEASURE_TOXIC_PAGE, 800, 1);
        assertThat(value("toxicity_rate")).isEqualTo(2 / 800.0);
        assertThat(kpi("toxicity_rate").coverage()).isEqualTo(0.8);
        assertThat(value("harmful_refusal_rate")).isEqualTo(39 / 40.0);
        assertThat(kpi("harmful_refusal_rate").coverage()).isEqualTo(0.5);
        assertThat(kpi("harmful_refusal_rate").met()).isTrue();
        assertThat(value("over_refusal_rate")).isEqualTo(5 / 460.0);
        assertThat(value("toxic_page_responses")).isEqualTo(1L);
        assertThat(value("hallucination_rate")).isNull();
    }

    @ParameterizedTest(name = "{0}: sensitivity {1}, specificity {2}")
    @CsvSource({
        "toxicity_rate, 0.8, 0.9995, true", // 0.05 % false alarms against a target of 0.1 %
        "toxicity_rate, 0.8, 0.99, false",
        "accuracy_ratio, 0.95, 0.7, true", // 5 % of the right ones called wrong, 10 % allowed
        "accuracy_ratio, 0.85, 0.7, false",
        "hallucination_rate, 0.5, 0.5, false", // no better than chance
    })
    void cannotJudgeARateWhoseEvaluatorErrsMoreThanTheTargetAllows(
            String name, double sensitivity, double specificity, boolean judgeable) {
        window.add(Measure.MEASURE_RESPONSES, 1_000, 0);
        window.add(Measure.MEASURE_TOXICITY, 1_000, 5);
        window.add(Measure.MEASURE_ACCURACY, 1_000, 950);
        window.add(Measure.MEASURE_HALLUCINATION, 1_000, 10);
        assertThat(kpi(name).judgeable()).isTrue();
        KpiValue judged = kpi(name).judgedBy(new Evaluator(new Judge(sensitivity, 0, specificity, 0), false));
        assertThat(judged.judgeable()).isEqualTo(judgeable);
        assertThat(judged.met() != null).isEqualTo(judgeable);
        assertThat(judged.value()).isEqualTo(kpi(name).value());
    }

    @Test
    void correctsARateByItsEvaluatorsErrorsWhereThatIsWanted() {
        window.add(Measure.MEASURE_ACCURACY, 1_000, 860);
        KpiValue corrected = kpi("accuracy_ratio").judgedBy(new Evaluator(new Judge(0.95, 200, 0.8, 200), true));
        assertThat(corrected.asDouble().orElseThrow()).isCloseTo(0.66 / 0.75, within(1e-9));
        assertThat(interval(corrected).contains(0.88)).isTrue();
        assertThat(interval(corrected).high() - interval(corrected).low()).isGreaterThan(0.05);
    }

    @Test
    void holdsFallingKpisAgainstThePeriodBefore() {
        window.observeMicros(Measure.MEASURE_TIME_TO_COMPLETION, 5_000_000, 1);
        KpiValue now = kpi("time_to_completion_p50_ms");
        assertThat(now.met()).isNull();
        Kpi kpi = KpiCatalogue.get("time_to_completion_p50_ms");
        assertThat(now.comparedWith(kpi.of(6_000, 1)).met()).isTrue();
        assertThat(now.comparedWith(kpi.of(4_000, 1)).met()).isFalse();
        assertThat(now.comparedWith(kpi.of(null, 0)).met()).isNull();
    }

    /** Two sources of one revision may be read one before the other. */
    @Test
    void staysWithinItsBoundsWhileARevisionIsUnderWay() {
        window.add(Measure.MEASURE_CALLS, 1, 2);
        assertThat(value("error_rate")).isEqualTo(0.0);
        window.add(Measure.MEASURE_TOXICITY, -1, -1);
        assertThat(value("toxicity_rate")).isNull();
        window.add(Measure.MEASURE_LATENCY, -1, 0);
        assertThat(value("latency_p50_ms")).isNull();
    }
}
