package dev.assay.quality.app;

import dev.assay.quality.domain.judge.Judgement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The responses that wait for a judge: a table, so that a judge that is slow or away holds nothing else up. */
public interface JudgeQueue {
    /** A response to be judged; {@code contentHash} is that of its texts. */
    record Task(
            String tenant,
            UUID event,
            String eventId,
            String epoch,
            long minute,
            long seriesId,
            double weight,
            UUID contentHash,
            @Nullable String prompt,
            String response,
            @Nullable String context) {}

    /** A task that this replica has for the time of its lease; {@code attempt} counts from 1. */
    record Claimed(Task task, int attempt) {}

    /**
     * Puts tasks in, inside the sink's transaction. One that is there with the same texts stays as it is; with others it
     * is judged anew.
     */
    Uni<Void> put(SqlConnection transaction, List<Task> tasks);

    /** Forgets calls that no longer count, with their scores. */
    Uni<Void> forget(SqlConnection transaction, List<ScoredCall> withdrawn);

    /** Takes tasks that are due; nobody else gets them before {@code leaseEnd}. */
    Uni<List<Claimed>> claim(String tenant, String epoch, int most, Instant now, Instant leaseEnd);

    /** Copies the scores that the same texts have in the same epoch; whether there were any. */
    Uni<Boolean> scoreFromCache(Task task);

    Uni<Void> scored(Task task, Judgement judgement);

    /** Notes a failure; {@code again} is when it is tried again, null for never. */
    Uni<Void> failed(Task task, String reason, @Nullable Instant again);

    /**
     * How things stand with an epoch.
     *
     * @param waiting tasks not judged yet
     * @param oldestWaiting minute of the oldest of them; null when none waits
     * @param scored judged ones, cached ones among them
     * @param cached those that needed no question
     * @param failed by reason; these have no score
     */
    record Standing(
            long waiting, @Nullable Instant oldestWaiting, long scored, long cached, Map<String, Long> failed) {}

    Uni<Standing> standing(String tenant, String epoch);
}
