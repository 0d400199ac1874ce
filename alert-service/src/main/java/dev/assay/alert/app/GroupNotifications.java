package dev.assay.alert.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.alert.app.GroupStore.Digest;
import dev.assay.alert.app.GroupStore.Item;
import dev.assay.alert.app.GroupStore.Outgoing;
import dev.assay.alert.app.GroupStore.Target;
import dev.assay.alert.app.GroupStore.Told;
import dev.assay.alert.app.GroupStore.Waiting;
import dev.assay.alert.domain.grouping.Dispatch;
import dev.assay.alert.domain.grouping.Group;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Puts notifications together for the receivers that want that. What waits is in the outbox from the moment it was
 * decided, and is taken out of it in the transaction that puts in what tells of it: nothing is lost or told twice.
 */
@ApplicationScoped
public class GroupNotifications {
    private static final Logger LOG = Logger.getLogger(GroupNotifications.class);

    private final GroupStore store;

    GroupNotifications(GroupStore store) {
        this.store = store;
    }

    @Scheduled(every = "${assay.alert.deliver-every:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> groupDue() {
        return store.targets()
                .chain(targets -> Multi.createFrom()
                        .iterable(targets)
                        .onItem()
                        .transformToUniAndConcatenate(this::dispatch)
                        .collect()
                        .asList())
                .replaceWithVoid()
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("grouped notifications wait: %s", failure.toString());
                    return null;
                });
    }

    /** One receiver's trouble is not another's. */
    private Uni<Integer> dispatch(Target target) {
        return store.dispatch(target, waiting -> decide(target.tenant(), waiting, Instant.now()))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("notifications of %s wait: %s", target, failure.toString());
                    return 0;
                });
    }

    static List<Outgoing> decide(String tenant, Waiting waiting, Instant now) {
        Map<String, List<Item>> byKey = new LinkedHashMap<>();
        for (Item item : waiting.items()) {
            String key = waiting.grouping().key(DigestText.labels(DigestText.parsed(item.body())));
            byKey.computeIfAbsent(key, first -> new ArrayList<>()).add(item);
        }
        Set<String> keys = new TreeSet<>(waiting.told().keySet());
        keys.addAll(byKey.keySet());
        List<Group> groups = keys.stream()
                .map(key -> group(key, byKey.getOrDefault(key, List.of()), waiting))
                .toList();
        return Dispatch.plan(waiting.grouping(), groups, waiting.sent(), now).stream()
                .map(batch -> outgoing(tenant, batch, byKey, waiting))
                .toList();
    }

    private static Group group(String key, List<Item> items, Waiting waiting) {
        Told told = waiting.told().get(key);
        return new Group(
                key,
                items.stream().map(Item::since).min(Instant::compareTo).orElse(null),
                told == null ? null : told.at(),
                told != null && told.firing().stream().anyMatch(waiting.open()::containsKey),
                waiting.busy().contains(key));
    }

    private static Outgoing outgoing(
            String tenant, Dispatch.Batch batch, Map<String, List<Item>> byKey, Waiting waiting) {
        Map<String, Set<String>> firing = new LinkedHashMap<>();
        List<Item> members = new ArrayList<>();
        for (String key : batch.keys()) {
            List<Item> items = byKey.getOrDefault(key, List.of());
            members.addAll(items);
            firing.put(
                    key,
                    firingAfter(waiting.told().get(key), items, waiting.open().keySet()));
        }
        List<UUID> ids = members.stream().map(Item::deliveryId).toList();
        boolean repeated = batch.reason() == Group.Reason.REPEAT_INTERVAL_ELAPSED;
        if (members.size() == 1 && !repeated) {
            return new Outgoing(firing, ids, null);
        }
        List<JsonNode> said = new ArrayList<>();
        if (repeated) {
            firing.values()
                    .forEach(incidents -> incidents.stream()
                            .map(waiting.open()::get)
                            .filter(Objects::nonNull)
                            .forEach(body -> said.add(DigestText.parsed(body))));
        }
        members.forEach(member -> said.add(DigestText.parsed(member.body())));
        String id = "grp-" + UUID.randomUUID();
        String body = DigestText.of(tenant, id, said, repeated);
        return new Outgoing(firing, ids, new Digest(id, DigestText.fires(DigestText.parsed(body)), repeated, body));
    }

    /** Which incidents of a group fire once the receiver has been told of {@code items}. */
    private static Set<String> firingAfter(@Nullable Told told, List<Item> items, Set<String> open) {
        Set<String> firing = new LinkedHashSet<>();
        if (told != null) {
            told.firing().stream().filter(open::contains).forEach(firing::add);
        }
        for (Item item : items) {
            if (item.transition().startsWith("firing")) {
                firing.add(item.incidentId());
            } else {
                firing.remove(item.incidentId());
            }
        }
        return firing;
    }
}
