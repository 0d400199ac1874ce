package dev.assay.alert.app;

import dev.assay.alert.domain.grouping.Grouping;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What waits for receivers that group their notifications. */
public interface GroupStore {
    /** Up to 1,000 receivers for which something waits, or is to be repeated. */
    Uni<List<Target>> targets();

    /**
     * Reads what waits for a receiver and does what {@code decide} says, in one transaction, by one replica.
     *
     * @return how many notifications were made
     */
    Uni<Integer> dispatch(Target target, Function<Waiting, List<Outgoing>> decide);

    record Target(String tenant, String receiverId) {}

    /**
     * What waits.
     *
     * @param items up to 1,000, in the order in which they were decided
     * @param told what the receiver was last told, by group
     * @param open what was said of each incident that it was told of and that still fires, and that nobody looks after
     * @param busy the groups with a notification under way
     * @param sent how many notifications were made for it within the last {@link Grouping#RATE_PERIOD}
     */
    record Waiting(
            Grouping grouping,
            List<Item> items,
            Map<String, Told> told,
            Map<String, String> open,
            Set<String> busy,
            long sent) {}

    /** One notification; {@code since} is when it was due. */
    record Item(UUID deliveryId, String incidentId, String transition, String body, Instant since) {}

    /** What a receiver was last told of a group: when, and which incidents fired. */
    record Told(Instant at, Set<String> firing) {}

    /**
     * A notification to make.
     *
     * @param firing the groups that it tells of, each with the incidents that fire then
     * @param members those that it tells
     * @param digest what is sent for them; null: the only member as it is
     */
    record Outgoing(
            Map<String, Set<String>> firing,
            List<UUID> members,
            @Nullable Digest digest) {}

    /** Several told in one; {@code repeated}: what was told before, and nothing new. */
    record Digest(String id, boolean firing, boolean repeated, String body) {}
}
