package dev.assay.alert.store;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** A receiver; its secret is sealed by {@link ReceiverSecrets}. */
@Entity
@Table(name = "receiver")
@IdClass(ReceiverEntity.Key.class)
class ReceiverEntity extends PanacheEntityBase {
    @Id
    String tenant;

    @Id
    String receiverId;

    String name;

    String type;

    String url;

    byte[] secret;

    Instant createdTime;

    String fallback;

    boolean selfAlerts;

    String grouping;

    @SuppressWarnings("NullAway.Init") // set by Hibernate
    ReceiverEntity() {}

    ReceiverEntity(
            String tenant,
            String receiverId,
            String name,
            String type,
            String url,
            byte[] secret,
            Instant createdTime,
            String fallback,
            boolean selfAlerts,
            String grouping) {
        this.tenant = tenant;
        this.receiverId = receiverId;
        this.name = name;
        this.type = type;
        this.url = url;
        this.secret = secret;
        this.createdTime = createdTime;
        this.fallback = fallback;
        this.selfAlerts = selfAlerts;
        this.grouping = grouping;
    }

    /** The entity's key. */
    record Key(String tenant, String receiverId) {}
}
