package dev.assay.quality.app;

import dev.assay.quality.app.JudgeQueue.Task;
import dev.assay.quality.domain.judge.DailyCap;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps count of what judges are asked, so that no day exceeds its cap. */
public interface JudgeSpend {
    /** A question that may be asked, with the tokens that it was estimated at. */
    record Reserved(String tenant, int day, long tokens) {}

    /**
     * What a day has come to.
     *
     * @param calls questions asked
     * @param tokens as the endpoint told them, estimated where it did not
     * @param skipped responses that were not judged because the cap was reached; they have no score
     * @param reachedAt null as long as everything fitted
     */
    record Day(
            long calls, long tokens, long skipped, @Nullable Instant reachedAt) {
        public static final Day EMPTY = new Day(0, 0, 0, null);
    }

    /**
     * Reserves one question; empty when it does not fit. From the first that does not, whoever asked, none does on that day
     * or until the cap changes, however short: which responses are judged must not depend on their length.
     */
    Uni<Optional<Reserved>> reserve(String tenant, DailyCap cap, long tokens, Instant now);

    /** Puts what a question took in the place of its estimate. */
    Uni<Void> settle(Reserved it, long tokens);

    /** Gives back a question that reached no model. */
    Uni<Void> release(Reserved it);

    /**
     * Ends this task and all that are due without a score, and counts them. Those that a re-score job brought wait for the
     * next day instead: they were not to be judged on this one.
     */
    Uni<Void> skip(Task task, Instant now);

    Uni<Day> day(String tenant, Instant now);
}
