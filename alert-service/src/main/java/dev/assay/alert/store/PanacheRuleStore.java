package dev.assay.alert.store;

import dev.assay.alert.app.ProjectRules;
import dev.assay.alert.app.RuleStore;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Rules as entities. */
@ApplicationScoped
class PanacheRuleStore implements RuleStore {
    private final Pool pool;

    PanacheRuleStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<List<ProjectRules.Stored>> all(String tenant) {
        return Panache.withSession(() -> RuleEntity.<RuleEntity>list("tenant", tenant))
                .map(entities -> entities.stream()
                        .map(rule -> new ProjectRules.Stored(rule.ruleId, rule.name, rule.definition))
                        .toList());
    }

    @Override
    public Uni<Void> put(String tenant, ProjectRules.Stored rule) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return Panache.withTransaction(() -> RuleEntity.<RuleEntity>findById(new RuleEntity.Key(tenant, rule.id()))
                        .chain(found -> {
                            if (found == null) {
                                return new RuleEntity(tenant, rule.id(), rule.name(), rule.definition(), now)
                                        .persist()
                                        .replaceWithVoid();
                            }
                            found.name = rule.name();
                            found.definition = rule.definition();
                            found.updatedTime = now;
                            return Uni.createFrom().voidItem();
                        }))
                .onFailure(UniqueNames::isTaken)
                .transform(failure -> UniqueNames.taken(rule.name()));
    }

    @Override
    public Uni<Boolean> delete(String tenant, String id) {
        return Panache.withTransaction(() -> RuleEntity.delete("tenant = ?1 and ruleId = ?2", tenant, id))
                .map(deleted -> deleted > 0);
    }

    @Override
    public Uni<List<String>> ofFile(String tenant, String file) {
        return pool.preparedQuery("select rule_id from rule_origin where tenant = $1 and file = $2")
                .execute(Tuple.of(tenant, file))
                .map(rows -> {
                    List<String> ids = new ArrayList<>();
                    rows.forEach(row -> ids.add(row.getString(0)));
                    return ids;
                });
    }

    @Override
    public Uni<Void> setOfFile(String tenant, String file, List<String> ruleIds) {
        return pool.withTransaction(tx -> tx.preparedQuery("delete from rule_origin where tenant = $1 and file = $2")
                .execute(Tuple.of(tenant, file))
                .chain(() -> tx.preparedQuery("""
                    insert into rule_origin (tenant, rule_id, file) select $1, unnest($3::text[]), $2
                    on conflict (tenant, rule_id) do update set file = excluded.file""")
                        .execute(Tuple.tuple()
                                .addString(tenant)
                                .addString(file)
                                .addArrayOfString(ruleIds.toArray(String[]::new))))
                .replaceWithVoid());
    }
}
