package dev.assay.alert.store;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** A rule that a project has made or changed; {@code definition} is its JSON. */
@Entity
@Table(name = "rule")
@IdClass(RuleEntity.Key.class)
class RuleEntity extends PanacheEntityBase {
    @Id
    String tenant;

    @Id
    String ruleId;

    String name;

    String definition;

    @Version
    int version;

    Instant createdTime;

    Instant updatedTime;

    @SuppressWarnings("NullAway.Init") // set by Hibernate
    RuleEntity() {}

    RuleEntity(String tenant, String ruleId, String name, String definition, Instant now) {
        this.tenant = tenant;
        this.ruleId = ruleId;
        this.name = name;
        this.definition = definition;
        this.createdTime = now;
        this.updatedTime = now;
    }

    /** The entity's key. */
    record Key(String tenant, String ruleId) {}
}
