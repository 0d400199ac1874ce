package dev.assay.quality.app;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Jobs that have the judge look at earlier responses: those that were judged in other epochs, and those that failed in the
 * present one. Only responses that a judge was once to see can be: the texts of others are not kept.
 */
public interface Rescores {
    /** Where a job stands; the order is that of the numbers in the table. */
    enum State {
        RUNNING,
        PAUSED,
        DONE,
        CANCELLED,
        /** Another epoch began: its scores would not belong to the present one. */
        SUPERSEDED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A job.
     *
     * @param epoch the one that responses get scores in
     * @param from whole minutes, inclusive
     * @param to whole minutes, exclusive
     * @param total responses in the range when it began
     * @param examined those it has looked at; at the end that is all, as many as there are then
     * @param queued those it has given to the judge
     */
    record Job(
            UUID id,
            String epoch,
            Instant from,
            Instant to,
            State state,
            long total,
            long examined,
            long queued,
            Instant createdAt) {}

    /** Begins a job; empty when the project has one that is not over. */
    Uni<Optional<Job>> start(String tenant, String epoch, Instant from, Instant to, Instant now);

    /** The latest jobs, the latest first. */
    Uni<List<Job>> jobs(String tenant);

    Uni<Optional<Job>> job(String tenant, UUID id);

    /** Moves a job on to a state if it is in one of others; empty when there is no such job or it is not. */
    Uni<Optional<Job>> move(String tenant, UUID id, List<State> from, State to);

    /**
     * Gives the judge the next responses of a running job of the project, if there is one that no other replica is at. Live
     * responses go before these, no more wait than the judge gets through soon, and a job rests while the day's cap is
     * reached or half used.
     */
    Uni<Void> feed(String tenant, Instant now);
}
