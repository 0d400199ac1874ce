package dev.assay.ingest.domain.ledger;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.CallOrBuilder;
import dev.assay.contracts.llm.v1.UsageState;
import org.jspecify.annotations.Nullable;

/** One record brought into the form that is merged, and a merged one completed with what follows from its own fields. */
final class RecordForm {
    /** What a duration may differ by from end - start, both rounded from nanoseconds. */
    private static final long MICROS_LOST = 1;

    /**
     * The record without what only the ledger sets, with usage stated unless it is missing (which is not a value), and
     * with duration, event time and time per token that agree with its other fields. A normal form stays as it is.
     */
    static Call normal(Call record) {
        Edit edit = new Edit(record);
        if (!record.getSupersededBy().isEmpty() || record.hasDimensions()) {
            edit.builder().clearSupersededBy().clearDimensions();
        }
        UsageState usage = statedUsage(record);
        if (usage != record.getUsageState()) {
            edit.builder().setUsageState(usage);
        }
        if (record.hasStartTimeUs() && record.getEnvelope().getEventTimeUs() != record.getStartTimeUs()) {
            edit.builder().getEnvelopeBuilder().setEventTimeUs(record.getStartTimeUs());
        }
        if (record.hasStartTimeUs() && record.hasEndTimeUs()) {
            agreeDuration(record, edit);
        }
        agreeFirstToken(edit);
        agreeTimePerToken(edit);
        return edit.done();
    }

    /** The call with its usage said to be missing where no record told it. */
    static Call complete(Call normal) {
        return normal.getUsageState() == UsageState.USAGE_STATE_UNSPECIFIED
                ? normal.toBuilder()
                        .setUsageState(UsageState.USAGE_STATE_MISSING)
                        .build()
                : normal;
    }

    /** The call with the time per token that follows from its other fields, where nobody told it. */
    static Call timePerToken(Call call) {
        Edit edit = new Edit(call);
        agreeTimePerToken(edit);
        return edit.done();
    }

    private static UsageState statedUsage(Call record) {
        UsageState usage = record.getUsageState();
        if (usage != UsageState.USAGE_STATE_MISSING && usage != UsageState.USAGE_STATE_UNSPECIFIED) {
            return usage;
        }
        return record.hasInputTokens() || record.hasOutputTokens()
                ? UsageState.USAGE_STATE_REPORTED
                : UsageState.USAGE_STATE_UNSPECIFIED;
    }

    /** A duration from the sender's nanoseconds stays; one of another record's times does not. */
    private static void agreeDuration(Call record, Edit edit) {
        long expected = record.getEndTimeUs() - record.getStartTimeUs();
        if (expected < 0) {
            if (record.hasDurationUs()) {
                edit.builder().clearDurationUs();
            }
        } else if (!record.hasDurationUs() || Math.abs(record.getDurationUs() - expected) > MICROS_LOST) {
            edit.builder().setDurationUs(expected);
        }
    }

    /** Where the sender told the moment of the first token, the start may stand in another record. */
    private static void agreeFirstToken(Edit edit) {
        CallOrBuilder call = edit.current();
        if (!call.hasFirstTokenTimeUs() || !call.hasStartTimeUs()) {
            return;
        }
        long expected = call.getFirstTokenTimeUs() - call.getStartTimeUs();
        boolean plausible = expected >= 0 && (!call.hasDurationUs() || expected <= call.getDurationUs() + MICROS_LOST);
        if (!plausible) {
            if (call.hasTtftUs()) {
                edit.builder().clearTtftUs();
            }
        } else if (!call.hasTtftUs() || call.getTtftUs() != expected) {
            edit.builder().setTtftUs(expected);
        }
    }

    private static void agreeTimePerToken(Edit edit) {
        CallOrBuilder call = edit.current();
        if (!call.hasTpotUs()
                && call.hasTtftUs()
                && call.hasDurationUs()
                && call.getDurationUs() >= call.getTtftUs()
                && call.getOutputTokens() > 1) {
            edit.builder().setTpotUs((call.getDurationUs() - call.getTtftUs()) / (call.getOutputTokens() - 1));
        }
    }

    /** A call that is copied only when there is something to change. */
    private static final class Edit {
        private final Call call;
        private Call.@Nullable Builder builder;

        Edit(Call call) {
            this.call = call;
        }

        CallOrBuilder current() {
            return builder == null ? call : builder;
        }

        Call.Builder builder() {
            if (builder == null) {
                builder = call.toBuilder();
            }
            return builder;
        }

        Call done() {
            return builder == null ? call : builder.build();
        }
    }

    private RecordForm() {}
}
