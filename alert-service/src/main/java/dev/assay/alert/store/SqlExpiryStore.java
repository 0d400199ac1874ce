package dev.assay.alert.store;

import dev.assay.alert.app.ExpiryStore;
import dev.assay.alert.app.ProjectRules;
import dev.assay.alert.domain.incident.Expiry;
import dev.assay.alert.domain.rule.Rule;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Expires incidents under the lease of their project's evaluation, which must not write them meanwhile. */
@ApplicationScoped
class SqlExpiryStore implements ExpiryStore {
    private static final String OPEN = """
            from incident i join alert_state a
              on a.tenant = i.tenant and a.rule_id = i.rule_id and a.labels_key = i.labels_key
            where i.ended_at is null and i.closed_time is null and a.phase = 'firing'
              and (a.value is null) = (i.expired_time is null)""";

    private static final String CANDIDATES = """
            select i.incident_id, i.rule_id, i.expired_time is not null, a.value is not null,
              coalesce(a.measured_minute, a.evaluated_minute), a.evaluated_minute\s""" + OPEN + " and i.tenant = $1";

    private static final String EXPIRE = """
            update incident set expired_time = now() where tenant = $1 and incident_id = $2""";

    private static final String TELL = """
            insert into delivery (tenant, incident_id, transition, receiver_id, receiver_name, body)
            select distinct on (d.receiver_id) d.tenant, d.incident_id,
              'resolved' || case when i.reopened = 0 then '' else '-' || i.reopened end, d.receiver_id, d.receiver_name,
              (d.body::jsonb || jsonb_build_object('state', 'resolved', 'ends_at', $3::text, 'expired', true,
                'summary', i.rule_name || ': nothing is known of it any more'))::text
            from delivery d join incident i on i.tenant = d.tenant and i.incident_id = d.incident_id
            where d.tenant = $1 and d.incident_id = $2 and d.transition like 'firing%' and d.state <> 'cancelled'
              and i.paged
            order by d.receiver_id, d.seq desc
            on conflict (tenant, incident_id, transition, receiver_id) do nothing""";

    /** As one that nobody was told of: the evaluation of the next minute tells it, if nothing keeps it quiet. */
    private static final String RETURN = """
            update incident set expired_time = null, paged = false, reopened = reopened + 1, acknowledged_time = null,
              acknowledged_by = null
            where tenant = $1 and incident_id = $2""";

    private static final String TIMELINE = """
            insert into incident_event (tenant, incident_id, kind, reason, event_minute, paged)
            values ($1, $2, $3, $4, $5, $6)""";

    private final Pool pool;

    SqlExpiryStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<List<String>> tenants() {
        return pool.query("select distinct i.tenant " + OPEN).execute().map(rows -> {
            List<String> tenants = new ArrayList<>();
            rows.forEach(row -> tenants.add(row.getString(0)));
            return tenants;
        });
    }

    @Override
    public Uni<Integer> apply(String tenant, BiFunction<List<Rule>, Candidate, Expiry.Step> decide) {
        return pool.withTransaction(tx -> tx.preparedQuery(
                        "select 1 from evaluation where tenant = $1 for update skip locked")
                .execute(Tuple.of(tenant))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(0)
                        : rules(tx, tenant)
                                .chain(rules -> candidates(tx, tenant)
                                        .chain(candidates -> Multi.createFrom()
                                                .iterable(candidates)
                                                .onItem()
                                                .transformToUniAndConcatenate(candidate ->
                                                        apply(tx, tenant, candidate, decide.apply(rules, candidate)))
                                                .collect()
                                                .asList()
                                                .map(changed -> (int) changed.stream()
                                                        .filter(one -> one)
                                                        .count())))));
    }

    private static Uni<List<Rule>> rules(SqlConnection tx, String tenant) {
        return tx.preparedQuery("select rule_id, name, definition from rule where tenant = $1")
                .execute(Tuple.of(tenant))
                .map(rows -> {
                    List<ProjectRules.Stored> stored = new ArrayList<>();
                    rows.forEach(row ->
                            stored.add(new ProjectRules.Stored(row.getString(0), row.getString(1), row.getString(2))));
                    return ProjectRules.of(stored);
                });
    }

    private static Uni<List<Candidate>> candidates(SqlConnection tx, String tenant) {
        return tx.preparedQuery(CANDIDATES).execute(Tuple.of(tenant)).map(rows -> {
            List<Candidate> candidates = new ArrayList<>();
            rows.forEach(row -> candidates.add(new Candidate(
                    row.getString(0),
                    row.getString(1),
                    row.getBoolean(2),
                    row.getBoolean(3),
                    row.getInteger(4),
                    row.getInteger(5))));
            return candidates;
        });
    }

    private static Uni<Boolean> apply(SqlConnection tx, String tenant, Candidate candidate, Expiry.Step step) {
        Tuple key = Tuple.of(tenant, candidate.incidentId());
        return switch (step) {
            case NONE -> Uni.createFrom().item(false);
            case EXPIRE ->
                tx.preparedQuery(EXPIRE)
                        .execute(key)
                        .chain(() -> IncidentWriter.cancelEscalation(tx, tenant, candidate.incidentId()))
                        .chain(() -> tx.preparedQuery(TELL)
                                .execute(Tuple.of(
                                        tenant,
                                        candidate.incidentId(),
                                        Instant.now()
                                                .truncatedTo(ChronoUnit.SECONDS)
                                                .toString())))
                        .chain(told -> note(tx, tenant, candidate, "expired", "no_data", told.rowCount() > 0))
                        .replaceWith(true);
            case RETURN ->
                tx.preparedQuery(RETURN)
                        .execute(key)
                        .chain(() -> note(tx, tenant, candidate, "returned", "measured", false))
                        .replaceWith(true);
        };
    }

    private static Uni<Void> note(
            SqlConnection tx, String tenant, Candidate candidate, String kind, String reason, boolean told) {
        return tx.preparedQuery(TIMELINE)
                .execute(Tuple.of(
                        tenant,
                        candidate.incidentId(),
                        kind,
                        reason,
                        Math.toIntExact(candidate.evaluatedMinute()),
                        told))
                .replaceWithVoid();
    }
}
