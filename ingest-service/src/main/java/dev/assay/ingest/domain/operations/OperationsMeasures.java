package dev.assay.ingest.domain.operations;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.kpi.v1.ErrorClass;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.contracts.llm.v1.UsageState;
import dev.assay.platform.window.Concurrency;
import dev.assay.platform.window.Minutes;
import dev.assay.platform.window.WindowState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one call adds to the operational windows, or takes back from them: the same call always comes to the same amounts.
 *
 * <p>A call that its client cancelled is counted apart and has no latency; its tokens and its start count.
 */
public final class OperationsMeasures {
    /** Every measure that calls contribute to. */
    public static final Set<Measure> ALL = Set.of(
            Measure.MEASURE_CALLS,
            Measure.MEASURE_CANCELLED,
            Measure.MEASURE_LATENCY,
            Measure.MEASURE_TTFT,
            Measure.MEASURE_TPOT,
            Measure.MEASURE_STARTS_PER_SECOND,
            Measure.MEASURE_CONCURRENCY,
            Measure.MEASURE_INPUT_TOKENS,
            Measure.MEASURE_OUTPUT_TOKENS,
            Measure.MEASURE_CACHE_READ_TOKENS,
            Measure.MEASURE_CACHE_WRITE_TOKENS,
            Measure.MEASURE_REASONING_TOKENS,
            Measure.MEASURE_USAGE_MISSING,
            Measure.MEASURE_ERROR_CLASS);

    private static final String CANCELLED = "cancelled";

    /** Where contributions go. */
    @FunctionalInterface
    public interface Windows {
        /** The window of one series and minute, to be added to. */
        WindowState at(String tenant, Dimensions dimensions, long epochMinute);
    }

    /** Adds ({@code sign} 1) or takes back ({@code sign} -1) a call under the dimensions that it carries. */
    public static void contribute(Call call, int sign, Windows windows) {
        String tenant = call.getEnvelope().getTenant();
        long start = call.hasStartTimeUs()
                ? call.getStartTimeUs()
                : call.getEnvelope().getEventTimeUs();
        WindowState window = windows.at(tenant, call.getDimensions(), Minutes.ofMicros(start));
        outcome(call, sign, window);
        tokens(call, sign, window);
        if (call.hasTtftUs()) {
            window.observeMicros(Measure.MEASURE_TTFT, call.getTtftUs(), sign);
        }
        if (call.hasTpotUs()) {
            window.observeMicros(Measure.MEASURE_TPOT, call.getTpotUs(), sign);
        }
        Concurrency.contributeStart(start, sign, window);
        Concurrency.contribute(
                start, endOf(call, start), sign, minute -> windows.at(tenant, call.getDimensions(), minute));
    }

    private static void outcome(Call call, int sign, WindowState window) {
        boolean failed = call.getStatus() == Status.STATUS_ERROR;
        if (failed && call.getErrorClass().equals(CANCELLED)) {
            window.add(Measure.MEASURE_CANCELLED, sign, 0);
            return;
        }
        window.add(Measure.MEASURE_CALLS, sign, failed ? 0 : sign);
        if (failed) {
            window.addBucket(
                    Measure.MEASURE_ERROR_CLASS,
                    errorClass(call.getErrorClass()).getNumber(),
                    sign);
        }
        if (call.hasDurationUs()) {
            window.observeMicros(Measure.MEASURE_LATENCY, call.getDurationUs(), sign);
        }
        boolean reported = call.getUsageState() == UsageState.USAGE_STATE_REPORTED;
        window.add(Measure.MEASURE_USAGE_MISSING, sign, reported ? 0 : sign);
    }

    private static ErrorClass errorClass(String name) {
        return switch (name) {
            case "rate_limit" -> ErrorClass.ERROR_CLASS_RATE_LIMIT;
            case "timeout" -> ErrorClass.ERROR_CLASS_TIMEOUT;
            case "auth" -> ErrorClass.ERROR_CLASS_AUTH;
            case "invalid_request" -> ErrorClass.ERROR_CLASS_INVALID_REQUEST;
            case "server" -> ErrorClass.ERROR_CLASS_SERVER;
            case "content_filter" -> ErrorClass.ERROR_CLASS_CONTENT_FILTER;
            default -> ErrorClass.ERROR_CLASS_OTHER;
        };
    }

    private static void tokens(Call call, int sign, WindowState window) {
        if (call.hasInputTokens()) {
            tokens(Measure.MEASURE_INPUT_TOKENS, call.getInputTokens(), sign, window);
        }
        if (call.hasOutputTokens()) {
            tokens(Measure.MEASURE_OUTPUT_TOKENS, call.getOutputTokens(), sign, window);
        }
        if (call.hasCacheReadTokens()) {
            tokens(Measure.MEASURE_CACHE_READ_TOKENS, call.getCacheReadTokens(), sign, window);
        }
        if (call.hasCacheWriteTokens()) {
            tokens(Measure.MEASURE_CACHE_WRITE_TOKENS, call.getCacheWriteTokens(), sign, window);
        }
        if (call.hasReasoningTokens()) {
            tokens(Measure.MEASURE_REASONING_TOKENS, call.getReasoningTokens(), sign, window);
        }
    }

    private static void tokens(Measure measure, long tokens, int sign, WindowState window) {
        window.add(measure, sign, 0);
        window.addSum(measure, sign * tokens);
    }

    private static @Nullable Long endOf(Call call, long start) {
        if (call.hasEndTimeUs()) {
            return call.getEndTimeUs();
        }
        return call.hasDurationUs() ? start + call.getDurationUs() : null;
    }

    private OperationsMeasures() {}
}
