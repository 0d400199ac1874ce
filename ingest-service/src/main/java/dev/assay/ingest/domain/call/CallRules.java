package dev.assay.ingest.domain.call;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.contracts.llm.v1.UsageState;
import dev.assay.ingest.domain.mapping.Anomalies;
import dev.assay.ingest.domain.mapping.ErrorClasses;
import dev.assay.ingest.domain.mapping.Operations;
import org.jspecify.annotations.Nullable;

/** What a call that a client wrote must fulfil as a whole; and what follows from what it says. */
final class CallRules {
    private static final long ROUNDING_US = 1_000;

    /** The first rule that is broken, or null; completes the call when none is. */
    static @Nullable Refusal check(CallDraft draft, AcceptedTimes times) {
        Call.Builder call = draft.call();
        Refusal refusal = checkTimes(call, times);
        if (refusal == null) {
            refusal = checkModel(call);
        }
        if (refusal == null) {
            refusal = checkTokens(call);
        }
        if (refusal == null) {
            complete(draft);
        }
        return refusal;
    }

    private static @Nullable Refusal checkTimes(Call.Builder call, AcceptedTimes times) {
        if (!call.hasStartTimeUs()) {
            return new Refusal("start_time", "is required");
        }
        String fault = times.fault(call.getStartTimeUs());
        if (fault != null) {
            return new Refusal("start_time", fault);
        }
        if (call.hasEndTimeUs()) {
            fault = times.fault(call.getEndTimeUs());
            if (fault != null) {
                return new Refusal("end_time", fault);
            }
            if (call.getEndTimeUs() < call.getStartTimeUs()) {
                return new Refusal("end_time", "must not be before start_time");
            }
            long duration = call.getEndTimeUs() - call.getStartTimeUs();
            if (call.hasDurationUs() && Math.abs(call.getDurationUs() - duration) > ROUNDING_US) {
                return new Refusal("duration_ms", "must be end_time - start_time, or absent");
            }
            call.setDurationUs(duration);
        } else if (call.hasDurationUs()) {
            call.setEndTimeUs(call.getStartTimeUs() + call.getDurationUs());
        }
        if (call.hasTtftUs() && call.hasDurationUs() && call.getTtftUs() > call.getDurationUs()) {
            if (call.getTtftUs() - call.getDurationUs() > ROUNDING_US) {
                return new Refusal("ttft_ms", "must be <= the duration");
            }
            call.setTtftUs(call.getDurationUs());
        }
        return null;
    }

    private static @Nullable Refusal checkModel(Call.Builder call) {
        if (call.getKind() == Kind.KIND_UNSPECIFIED) {
            call.setKind(Kind.KIND_LLM);
        }
        boolean needsModel = isModelCall(call.getKind());
        return needsModel
                        && call.getRequestModel().isBlank()
                        && call.getResponseModel().isBlank()
                ? new Refusal("request_model", "is required (or response_model)")
                : null;
    }

    private static @Nullable Refusal checkTokens(Call.Builder call) {
        if (call.hasInputTokens()) {
            long input = call.getInputTokens();
            if (call.getCacheReadTokens() + call.getCacheWriteTokens() > input) {
                String field = call.getCacheReadTokens() > 0 ? "cache_read_tokens" : "cache_write_tokens";
                return new Refusal(field, "are part of input_tokens: with cache_write_tokens they must be <= " + input);
            }
            if (call.getInputAudioTokens() > input) {
                return partOf("input_audio_tokens", "input_tokens", input);
            }
            if (call.getInputImageTokens() > input) {
                return partOf("input_image_tokens", "input_tokens", input);
            }
        }
        if (call.hasCacheWriteTokens() && call.getCacheWrite1HTokens() > call.getCacheWriteTokens()) {
            return partOf("cache_write_1h_tokens", "cache_write_tokens", call.getCacheWriteTokens());
        }
        if (call.hasOutputTokens()) {
            long output = call.getOutputTokens();
            if (call.getReasoningTokens() > output) {
                return partOf("reasoning_tokens", "output_tokens", output);
            }
            if (call.getOutputAudioTokens() > output) {
                return partOf("output_audio_tokens", "output_tokens", output);
            }
            if (call.getOutputImageTokens() > output) {
                return partOf("output_image_tokens", "output_tokens", output);
            }
        }
        return null;
    }

    private static Refusal partOf(String field, String total, long most) {
        return new Refusal(field, "are part of " + total + ": must be <= " + most);
    }

    private static void complete(CallDraft draft) {
        Call.Builder call = draft.call();
        call.setCountable(isModelCall(call.getKind()) && !draft.isSaidNotCountable());
        if (call.getOperation().isEmpty()) {
            call.setOperation(Operations.of(call.getKind()));
        }
        completeUsage(call);
        completeStatus(call);
        if (call.hasReportedCost() && call.getReportedCostCurrency().isEmpty()) {
            call.setReportedCostCurrency("USD");
        } else if (!call.hasReportedCost()) {
            call.clearReportedCostCurrency();
        }
    }

    private static void completeUsage(Call.Builder call) {
        boolean known = call.hasInputTokens() || call.hasOutputTokens();
        if (!known) {
            call.setUsageState(UsageState.USAGE_STATE_MISSING);
        } else if (call.getUsageState() != UsageState.USAGE_STATE_ESTIMATED) {
            call.setUsageState(UsageState.USAGE_STATE_REPORTED);
        }
        boolean subsetAlone = (!call.hasInputTokens() && call.getCacheReadTokens() + call.getCacheWriteTokens() > 0)
                || (!call.hasOutputTokens() && call.getReasoningTokens() > 0);
        if (subsetAlone) {
            call.addAnomalies(Anomalies.USAGE_INCOMPLETE);
        }
    }

    private static void completeStatus(Call.Builder call) {
        boolean sign = !call.getErrorType().isEmpty()
                || (call.hasHttpStatus() && call.getHttpStatus() >= 400)
                || call.getFinishReasonsList().contains("error");
        if (call.getStatus() == Status.STATUS_UNSPECIFIED) {
            call.setStatus(sign ? Status.STATUS_ERROR : Status.STATUS_OK);
        }
        if (call.getStatus() == Status.STATUS_ERROR) {
            call.setErrorClass(ErrorClasses.of(
                    call.hasHttpStatus() ? (Integer) call.getHttpStatus() : null,
                    call.getErrorType(),
                    call.getErrorMessage()));
        }
    }

    /** What a client sends by itself counts when a model did the work and can be paid for it. */
    private static boolean isModelCall(Kind kind) {
        return kind == Kind.KIND_LLM || kind == Kind.KIND_EMBEDDING || kind == Kind.KIND_RERANKER;
    }

    private CallRules() {}
}
