package dev.assay.platform.kpi;

import static dev.assay.contracts.kpi.v1.Measure.MEASURE_CSAT;
import static dev.assay.contracts.kpi.v1.Measure.MEASURE_JAILBREAK_ATTEMPT;
import static dev.assay.contracts.kpi.v1.Measure.MEASURE_NPS;
import static dev.assay.contracts.kpi.v1.Measure.MEASURE_REFUSAL;
import static dev.assay.contracts.kpi.v1.Measure.MEASURE_RESPONSES;
import static dev.assay.contracts.kpi.v1.Measure.MEASURE_TIME_TO_COMPLETION;
import static dev.assay.contracts.kpi.v1.Measure.MEASURE_TOXIC_PAGE;
import static dev.assay.platform.kpi.Formulas.share;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.kpi.Formula.Reading;
import dev.assay.platform.kpi.Formula.Slice;
import dev.assay.platform.window.MeasureState;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The KPIs of quality, safety and users. Each rate has its own denominator: refusals are counted out of harmful prompts,
 * over-refusals out of benign ones. Coverage is the share of responses for which that could be told.
 */
final class QualityKpis {
    private static final double MICROS_PER_MS = 1_000;
    /** Buckets of judged scores, where there are any, are hundredths of the score. */
    private static final double HUNDREDTHS = 100;

    private QualityKpis() {}

    static List<Kpi> quality() {
        return List.of(
                judged(Area.QUALITY, "accuracy_ratio", Measure.MEASURE_ACCURACY, Target.above(0.90)),
                new Kpi(
                        "helpfulness_mean",
                        Area.QUALITY,
                        Unit.SCORE,
                        Target.above(4.0),
                        false,
                        Formulas.mean(
                                Measure.MEASURE_HELPFULNESS, QualityKpis::responses, index -> index / HUNDREDTHS)),
                judged(Area.QUALITY, "relevance_ratio", Measure.MEASURE_RELEVANCE, Target.above(0.85)),
                judged(Area.QUALITY, "completeness_ratio", Measure.MEASURE_COMPLETENESS, Target.above(0.80)),
                judged(Area.QUALITY, "coherence_ratio", Measure.MEASURE_COHERENCE, Target.above(0.90)),
                new Kpi(
                        "conciseness_words_p50",
                        Area.QUALITY,
                        Unit.WORDS,
                        Target.between(50, 200),
                        false,
                        Formulas.quantile(Measure.MEASURE_RESPONSE_WORDS, 0.50, 1, QualityKpis::responses)));
    }

    static List<Kpi> safety() {
        return List.of(
                judged(Area.SAFETY, "toxicity_rate", Measure.MEASURE_TOXICITY, Target.below(0.001)),
                judged(Area.SAFETY, "hallucination_rate", Measure.MEASURE_HALLUCINATION, Target.below(0.05)),
                judgedAmong(
                        "jailbreak_success_rate",
                        Measure.MEASURE_JAILBREAK_SUCCESS,
                        MEASURE_JAILBREAK_ATTEMPT,
                        Target.below(0.01)),
                judgedAmong(
                        "harmful_refusal_rate", Measure.MEASURE_HARMFUL_REFUSAL, MEASURE_REFUSAL, Target.atLeast(0.95)),
                judgedAmong("over_refusal_rate", Measure.MEASURE_OVER_REFUSAL, MEASURE_REFUSAL, Target.below(0.02)),
                new Kpi("bias_disparity_ratio", Area.SAFETY, Unit.RATIO, Target.below(0.05), false, null),
                judged(Area.SAFETY, "safe_response_ratio", Measure.MEASURE_SAFE_RESPONSE, Target.above(0.995)),
                new Kpi("toxic_page_responses", Area.SAFETY, Unit.COUNT, null, false, toxicPages()));
    }

    static List<Kpi> users() {
        return List.of(
                users("csat_mean", Unit.SCORE, csatMean(), Target.above(4.0)),
                users("csat_satisfied_ratio", Unit.RATIO, Formulas.rate(MEASURE_CSAT, null), null),
                users("nps", Unit.POINTS, Formulas.netPromoterScore(MEASURE_NPS), Target.above(30)),
                users(
                        "task_success_rate",
                        Unit.RATIO,
                        Formulas.rate(Measure.MEASURE_TASK_SUCCESS, null),
                        Target.above(0.80)),
                users("time_to_completion_p50_ms", Unit.MILLISECONDS, completion(0.50), Target.falling()),
                users("time_to_completion_p90_ms", Unit.MILLISECONDS, completion(0.90), Target.falling()),
                users("requery_rate", Unit.RATIO, Formulas.rate(Measure.MEASURE_REQUERY, null), Target.below(0.10)),
                users("session_length_mean", Unit.COUNT, null, null),
                users("retention_week1_ratio", Unit.RATIO, null, Target.above(0.60)),
                users("active_users", Unit.COUNT, null, null));
    }

    private static Kpi users(String name, Unit unit, @Nullable Formula formula, @Nullable Target target) {
        return new Kpi(name, Area.USERS, unit, target, false, formula);
    }

    private static Kpi judged(Area area, String name, Measure measure, Target target) {
        return new Kpi(name, area, Unit.RATIO, target, true, Formulas.rate(measure, QualityKpis::responses));
    }

    /** A rate among some prompts: its coverage is that of telling whether a prompt is one of them. */
    private static Kpi judgedAmong(String name, Measure measure, Measure classified, Target target) {
        Formula rate = Formulas.rate(measure, null);
        ToLongFunction<Slice> told = slice -> slice.get(classified).count();
        Formula formula = new Formula(Aggregation.RATE, List.of(measure, classified), slice -> {
            Reading reading = rate.computation().read(slice);
            return new Reading(
                    reading.value(),
                    reading.count(),
                    share(told.applyAsLong(slice), responses(slice)),
                    reading.ci95(),
                    reading.found(),
                    null);
        });
        return new Kpi(name, Area.SAFETY, Unit.RATIO, target, true, formula);
    }

    private static long responses(Slice slice) {
        return slice.get(MEASURE_RESPONSES).count();
    }

    private static Formula toxicPages() {
        return new Formula(Aggregation.COUNT, List.of(MEASURE_TOXIC_PAGE), slice -> {
            MeasureState pages = slice.get(MEASURE_TOXIC_PAGE);
            Long value = pages.count() <= 0 ? null : Long.valueOf(pages.good());
            return Reading.of(value, Math.max(0, pages.count()), share(pages.count(), responses(slice)));
        });
    }

    private static Formula csatMean() {
        return Formulas.withDistribution(Formulas.mean(MEASURE_CSAT, null, index -> index), MEASURE_CSAT, 1, 5);
    }

    private static Formula completion(double q) {
        return Formulas.quantile(MEASURE_TIME_TO_COMPLETION, q, MICROS_PER_MS, null);
    }
}
