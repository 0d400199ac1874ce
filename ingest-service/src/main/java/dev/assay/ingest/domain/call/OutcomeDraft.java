package dev.assay.ingest.domain.call;

import dev.assay.contracts.llm.v1.TaskOutcome;
import dev.assay.ingest.domain.call.Values.BadValue;
import org.jspecify.annotations.Nullable;

/** The outcome of a task as a client writes it, field by field. Unknown fields are left out. */
public final class OutcomeDraft {
    private static final int MAX_CHARS = 200;
    private static final int MAX_USER_CHARS = 512;

    private final TaskOutcome.Builder outcome = TaskOutcome.newBuilder();
    private boolean judged;
    private boolean started;
    private boolean ended;
    private @Nullable Refusal refusal;

    /** Takes one field; null is the same as its absence. */
    public void set(String name, @Nullable Object value) {
        if (value == null || refusal != null) {
            return;
        }
        try {
            put(name, value);
        } catch (BadValue bad) {
            refusal = new Refusal(name, bad.reason());
        }
    }

    private void put(String name, Object value) throws BadValue {
        switch (name) {
            case "task_id" -> outcome.setTaskId(Ids.event(value));
            case "app" -> outcome.setApp(Values.label(value, MAX_CHARS));
            case "environment" -> outcome.setEnvironment(Values.label(value, MAX_CHARS));
            case "user_id" -> outcome.setUserId(Values.label(value, MAX_USER_CHARS));
            case "success" -> {
                outcome.setSuccess(Values.flag(value));
                judged = true;
            }
            case "start_time" -> {
                outcome.setStartTimeUs(Values.time(value));
                started = true;
            }
            case "end_time" -> {
                outcome.setEndTimeUs(Values.time(value));
                ended = true;
            }
            default -> {
                // a field of a later version, or of nobody's
            }
        }
    }

    /** The refusal, or null when the outcome is good. */
    public @Nullable Refusal complete(AcceptedTimes times) {
        if (refusal != null) {
            return refusal;
        }
        if (outcome.getTaskId().isEmpty()) {
            return new Refusal("task_id", "is required");
        }
        if (!judged) {
            return new Refusal("success", "is required");
        }
        if (!started) {
            return new Refusal("start_time", "is required");
        }
        String fault = times.fault(outcome.getStartTimeUs());
        if (fault != null) {
            return new Refusal("start_time", fault);
        }
        if (!ended) {
            return null;
        }
        fault = times.fault(outcome.getEndTimeUs());
        if (fault != null) {
            return new Refusal("end_time", fault);
        }
        return outcome.getEndTimeUs() < outcome.getStartTimeUs()
                ? new Refusal("end_time", "must not be before start_time")
                : null;
    }

    public TaskOutcome.Builder outcome() {
        return outcome;
    }

    /** When the task was over, else when it began. */
    public long eventTimeUs() {
        return ended ? outcome.getEndTimeUs() : outcome.getStartTimeUs();
    }
}
