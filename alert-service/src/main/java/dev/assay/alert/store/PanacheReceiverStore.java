package dev.assay.alert.store;

import dev.assay.alert.app.Delivery;
import dev.assay.alert.app.GroupingText;
import dev.assay.alert.app.ReceiverStore;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Receivers as entities. */
@ApplicationScoped
class PanacheReceiverStore implements ReceiverStore {
    private final ReceiverSecrets secrets;

    PanacheReceiverStore(ReceiverSecrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public Uni<List<Receiver>> all(String tenant) {
        return Panache.withSession(() -> ReceiverEntity.<ReceiverEntity>list("tenant", Sort.by("name"), tenant))
                .map(entities -> entities.stream()
                        .map(receiver -> new Receiver(
                                receiver.receiverId,
                                receiver.name,
                                receiver.type,
                                receiver.url,
                                receiver.createdTime,
                                receiver.fallback,
                                receiver.selfAlerts,
                                GroupingText.kept(receiver.grouping)))
                        .toList());
    }

    @Override
    public Uni<Void> create(String tenant, Receiver receiver, String secret) {
        ReceiverEntity entity = new ReceiverEntity(
                tenant,
                receiver.id(),
                receiver.name(),
                receiver.type(),
                receiver.url(),
                secrets.seal(tenant, receiver.id(), secret),
                receiver.createdTime(),
                receiver.fallback(),
                receiver.selfAlerts(),
                GroupingText.text(receiver.grouping()));
        return Panache.withTransaction(entity::persist)
                .replaceWithVoid()
                .onFailure(UniqueNames::isTaken)
                .transform(failure -> UniqueNames.taken(receiver.name()));
    }

    @Override
    public Uni<Optional<Delivery.Destination>> destination(String tenant, String id) {
        return Panache.withSession(() -> ReceiverEntity.<ReceiverEntity>findById(new ReceiverEntity.Key(tenant, id)))
                .map(found -> Optional.ofNullable(found)
                        .map(receiver -> new Delivery.Destination(
                                id,
                                receiver.name,
                                receiver.type,
                                receiver.url,
                                secrets.open(tenant, id, receiver.secret))));
    }

    @Override
    public Uni<Boolean> delete(String tenant, String id) {
        return Panache.withTransaction(() -> ReceiverEntity.delete("tenant = ?1 and receiverId = ?2", tenant, id))
                .map(deleted -> deleted > 0);
    }
}
