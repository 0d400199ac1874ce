package dev.assay.ingest.api;

import dev.assay.ingest.app.Rejected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch.
 *
 * @param accepted how many events were taken in; duplicates are found later
 * @param eventIds their ids, in the order in which they came
 * @param rejected the others, each with its index in the batch and the reason
 */
public record EventsAnswer(int accepted, List<String> eventIds, List<RejectedEvent> rejected) {

    /** One event that was not taken in; {@code field} is null when it is the event as a whole. */
    public record RejectedEvent(int index, @Nullable String field, String reason) {}

    static EventsAnswer of(List<String> eventIds, List<Rejected> rejected) {
        return new EventsAnswer(
                eventIds.size(),
                eventIds,
                rejected.stream()
                        .map(one -> new RejectedEvent(
                                one.index(), one.field().isEmpty() ? null : one.field(), one.reason()))
                        .toList());
    }

    /** 202 when all were accepted, 207 when some were, 422 when none was. */
    int status() {
        if (rejected.isEmpty()) {
            return 202;
        }
        return accepted > 0 ? 207 : 422;
    }
}
