package dev.assay.alert.domain.grouping;

import dev.assay.alert.domain.grouping.Group.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which groups of a receiver make one notification now. Nothing is dropped: what a rate limit holds back waits, and
 * goes out in one digest as soon as one more notification is allowed.
 */
public final class Dispatch {
    private Dispatch() {}

    /** Groups that are told in one notification. */
    public record Batch(List<String> keys, Reason reason) {
        public Batch {
            keys = List.copyOf(keys);
        }
    }

    private record Due(Group group, Reason reason) {}

    /**
     * The notifications to make.
     *
     * @param sent how many went to the receiver within the last {@link Grouping#RATE_PERIOD}
     */
    public static List<Batch> plan(Grouping grouping, List<Group> groups, long sent, Instant now) {
        List<Due> due = new ArrayList<>();
        for (Group group : groups) {
            Optional<Reason> reason = group.due(grouping, now);
            reason.ifPresent(why -> due.add(new Due(group, why)));
        }
        Integer limit = grouping.rateLimit();
        long room = limit == null ? due.size() : Math.max(0, limit - sent);
        if (room == 0 || due.isEmpty()) {
            return List.of();
        }
        if (due.size() <= room) {
            return due.stream()
                    .map(one -> new Batch(List.of(one.group().key()), one.reason()))
                    .toList();
        }
        // a repetition is not worth room that news needs
        List<Due> news = due.stream()
                .filter(one -> one.reason() != Reason.REPEAT_INTERVAL_ELAPSED)
                .toList();
        List<Due> told = news.isEmpty() ? due : news;
        Reason first =
                told.stream().map(Due::reason).min(Comparator.naturalOrder()).orElseThrow();
        return List.of(new Batch(told.stream().map(one -> one.group().key()).toList(), first));
    }
}
