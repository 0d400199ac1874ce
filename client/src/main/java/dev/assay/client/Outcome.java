package dev.assay.client;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a user's task succeeded; the fields are those of {@code POST /v1/outcomes}. */
public final class Outcome implements Event {
    private final JsonFields fields = new JsonFields();

    /**
     * The outcome of a task.
     *
     * @param taskId as the task's calls carry it
     * @param success whether the user got what they wanted
     * @param startTime when the task began
     * @param endTime when it was over
     */
    public Outcome(String taskId, boolean success, Instant startTime, Instant endTime) {
        this(taskId, success, startTime, endTime, null, null);
    }

    /** As {@link #Outcome(String, boolean, Instant, Instant)}, with the app and the user. */
    public Outcome(
            String taskId,
            boolean success,
            Instant startTime,
            Instant endTime,
            @Nullable String app,
            @Nullable String userId) {
        fields.set("task_id", Objects.requireNonNull(taskId, "taskId"));
        fields.set("success", success);
        fields.set("start_time", Objects.requireNonNull(startTime, "startTime"));
        fields.set("end_time", Objects.requireNonNull(endTime, "endTime"));
        fields.set("app", app);
        fields.set("user_id", userId);
    }

    @Override
    public String path() {
        return "/v1/outcomes";
    }

    @Override
    public byte[] toLine() {
        return fields.toLine();
    }
}
