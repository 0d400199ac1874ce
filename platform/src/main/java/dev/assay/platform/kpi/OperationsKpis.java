package dev.assay.platform.kpi;

import static dev.assay.platform.kpi.Formulas.badRate;
import static dev.assay.platform.kpi.Formulas.quantile;
import static dev.assay.platform.kpi.Formulas.share;
import static dev.assay.platform.kpi.Formulas.sum;

import dev.assay.contracts.kpi.v1.ErrorClass;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.kpi.Formula.Computation;
import dev.assay.platform.kpi.Formula.Reading;
import dev.assay.platform.kpi.Formula.Slice;
import dev.assay.platform.window.Buckets;
import dev.assay.platform.window.MeasureState;
import dev.assay.platform.window.MinuteSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The KPIs of operations: how many, how fast, how reliable, how close to capacity. */
final class OperationsKpis {
    private static final double MICROS_PER_MS = 1_000;
    private static final double AT_CAPACITY = 0.85;
    private static final String ERROR_CLASS_PREFIX = "ERROR_CLASS_";

    private OperationsKpis() {}

    static List<Kpi> all() {
        return List.of(
                kpi("calls", Unit.COUNT, counted(Slice::calls, true), null),
                kpi("errors", Unit.COUNT, errors(), null),
                kpi("error_rate", Unit.RATIO, errorRate(), Target.below(0.001)),
                kpi(
                        "cancelled",
                        Unit.COUNT,
                        counted(slice -> slice.get(Measure.MEASURE_CANCELLED).count(), false),
                        null),
                duration("latency_p50_ms", Measure.MEASURE_LATENCY, 0.50, Target.below(2_000)),
                duration("latency_p95_ms", Measure.MEASURE_LATENCY, 0.95, Target.below(5_000)),
                duration("latency_p99_ms", Measure.MEASURE_LATENCY, 0.99, Target.below(10_000)),
                duration("ttft_p50_ms", Measure.MEASURE_TTFT, 0.50, Target.below(500)),
                duration("ttft_p95_ms", Measure.MEASURE_TTFT, 0.95, null),
                duration("tpot_p50_ms", Measure.MEASURE_TPOT, 0.50, Target.below(50)),
                duration("tpot_p95_ms", Measure.MEASURE_TPOT, 0.95, null),
                kpi("throughput_rps", Unit.PER_SECOND, throughput(), null),
                kpi("throughput_peak_rps", Unit.PER_SECOND, minutely(MinuteSummary::peakStartsPerSecond), null),
                kpi("uptime_ratio", Unit.RATIO, uptime(), Target.above(0.999)),
                tokens("input_tokens", Measure.MEASURE_INPUT_TOKENS),
                tokens("output_tokens", Measure.MEASURE_OUTPUT_TOKENS),
                tokens("cache_read_tokens", Measure.MEASURE_CACHE_READ_TOKENS),
                tokens("cache_write_tokens", Measure.MEASURE_CACHE_WRITE_TOKENS),
                tokens("reasoning_tokens", Measure.MEASURE_REASONING_TOKENS),
                kpi(
                        "usage_missing_ratio",
                        Unit.RATIO,
                        Formulas.rate(Measure.MEASURE_USAGE_MISSING, Slice::calls),
                        null),
                kpi("concurrency", Unit.COUNT, minutely(MinuteSummary::lastConcurrency), null),
                kpi("peak_concurrency", Unit.COUNT, minutely(MinuteSummary::peakConcurrency), null),
                kpi("time_to_exhaustion_ms", Unit.MILLISECONDS, null, null),
                utilization("rps_utilization_ratio", Measure.MEASURE_RPS_UTILIZATION),
                utilization("concurrency_utilization_ratio", Measure.MEASURE_CONCURRENCY_UTILIZATION),
                kpi("headroom_rps", Unit.PER_SECOND, null, null),
                kpi("headroom_concurrency", Unit.COUNT, null, null));
    }

    private static Kpi kpi(String name, Unit unit, @Nullable Formula formula, @Nullable Target target) {
        return new Kpi(name, Area.OPERATIONS, unit, target, false, formula);
    }

    private static Kpi duration(String name, Measure measure, double q, @Nullable Target target) {
        return kpi(name, Unit.MILLISECONDS, quantile(measure, q, MICROS_PER_MS, Slice::calls), target);
    }

    private static Kpi tokens(String name, Measure measure) {
        return kpi(name, Unit.TOKENS, sum(measure, Slice::calls), null);
    }

    private static Kpi utilization(String name, Measure measure) {
        return kpi(name, Unit.RATIO, Formulas.mean(measure, null, index -> index), Target.below(AT_CAPACITY));
    }

    private static Formula ofCalls(Aggregation aggregation, Computation computation) {
        return new Formula(aggregation, List.of(Measure.MEASURE_CALLS, Measure.MEASURE_CANCELLED), computation);
    }

    private static Formula counted(ToLongFunction<Slice> count, boolean zeroWithoutCalls) {
        return ofCalls(Aggregation.COUNT, slice -> {
            long calls = slice.calls();
            Long value = calls == 0 && !zeroWithoutCalls ? null : Long.valueOf(count.applyAsLong(slice));
            return Reading.of(value, calls, complete(calls));
        });
    }

    private static Formula errors() {
        return ofCalls(Aggregation.COUNT, slice -> {
            MeasureState calls = slice.get(Measure.MEASURE_CALLS);
            Long value = slice.calls() == 0 ? null : Long.valueOf(calls.count() - calls.good());
            return Reading.of(value, calls.count(), complete(slice.calls())).spread(errorClasses(slice));
        });
    }

    /** With its errors by class: a share of {@code count} each. */
    private static Formula errorRate() {
        Formula rate = badRate(
                Measure.MEASURE_CALLS, slice -> slice.get(Measure.MEASURE_CALLS).count());
        return new Formula(
                rate.aggregation(),
                rate.measures(),
                slice -> rate.computation().read(slice).spread(errorClasses(slice)));
    }

    private static Map<String, Long> errorClasses(Slice slice) {
        Buckets classes = slice.get(Measure.MEASURE_ERROR_CLASS).buckets();
        Map<String, Long> counts = new LinkedHashMap<>();
        for (int i = 0; i < classes.size(); i++) {
            ErrorClass known = ErrorClass.forNumber(classes.indexAt(i));
            String name = known == null || known == ErrorClass.ERROR_CLASS_UNSPECIFIED
                    ? "other"
                    : known.name().substring(ERROR_CLASS_PREFIX.length()).toLowerCase(Locale.ROOT);
            counts.merge(name, classes.countAt(i), Long::sum);
        }
        return counts;
    }

    private static Formula throughput() {
        return ofCalls(Aggregation.QUOTIENT, slice -> {
            long calls = slice.calls();
            Double value =
                    calls <= 0 ? null : Double.valueOf(calls / slice.range().seconds());
            return Reading.of(value, calls, complete(calls));
        });
    }

    private static Formula minutely(ToLongFunction<MinuteSummary> figure) {
        return new Formula(
                Aggregation.MINUTELY,
                List.of(Measure.MEASURE_STARTS_PER_SECOND, Measure.MEASURE_CONCURRENCY),
                slice -> {
                    MinuteSummary minutes = slice.minutes();
                    long calls = slice.calls();
                    boolean unknown = minutes == null || calls <= 0 && minutes.peakConcurrency() == 0;
                    Long value = minutes == null || unknown ? null : Long.valueOf(figure.applyAsLong(minutes));
                    return Reading.of(value, calls, unknown ? null : Double.valueOf(1));
                });
    }

    /** The share of up minutes among those that could be told; coverage is the share that could. */
    private static Formula uptime() {
        List<Measure> measures = List.of(Measure.MEASURE_CALLS, Measure.MEASURE_HEARTBEATS);
        return new Formula(Aggregation.MINUTELY, measures, slice -> {
            MinuteSummary minutes = slice.minutes();
            if (minutes == null) {
                return Reading.of(null, 0, null);
            }
            long known = minutes.upMinutes() + minutes.downMinutes();
            long all = slice.range().endMinute() - slice.range().firstMinute();
            return Reading.of(share(minutes.upMinutes(), known), known, share(known, all));
        });
    }

    private static @Nullable Double complete(long calls) {
        return calls <= 0 ? null : Double.valueOf(1);
    }
}
