package dev.assay.alert.store;

import dev.assay.alert.app.IncidentStore;
import dev.assay.platform.window.Minutes;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Acts on incidents, each with its timeline entry and its notifications in one transaction. */
@ApplicationScoped
class SqlIncidentStore implements IncidentStore {
    private static final String ACKNOWLEDGE = """
            update incident set acknowledged_time = coalesce(acknowledged_time, now()),
              acknowledged_by = coalesce(acknowledged_by, $3), owner = coalesce(owner, $3)
            where tenant = $1 and incident_id = $2""";

    private static final String CLOSE = """
            update incident set closed_time = coalesce(closed_time, now()), closed_by = coalesce(closed_by, $3)
            where tenant = $1 and incident_id = $2""";

    private static final String ASSIGN = "update incident set owner = $3 where tenant = $1 and incident_id = $2";

    /** Those whose own incident can be acknowledged; a webhook knows firing and resolved alone. */
    private static final String TELL_ACKNOWLEDGED = """
            insert into delivery (tenant, incident_id, transition, receiver_id, receiver_name, body)
            select distinct on (d.receiver_id) d.tenant, d.incident_id, 'acknowledged', d.receiver_id, d.receiver_name,
              (d.body::jsonb || jsonb_build_object('acknowledged_by', $3::text))::text
            from delivery d join receiver r on r.tenant = d.tenant and r.receiver_id = d.receiver_id
            where d.tenant = $1 and d.incident_id = $2 and d.transition like 'firing%' and d.state <> 'cancelled'
              and r.type in ('pagerduty', 'opsgenie') and d.receiver_id <> $4
            order by d.receiver_id, d.seq desc
            on conflict (tenant, incident_id, transition, receiver_id) do nothing""";

    private static final String TELL_CLOSED = """
            insert into delivery (tenant, incident_id, transition, receiver_id, receiver_name, body)
            select distinct on (d.receiver_id) d.tenant, d.incident_id,
              'resolved' || case when i.reopened = 0 then '' else '-' || i.reopened end, d.receiver_id, d.receiver_name,
              (d.body::jsonb || jsonb_build_object('state', 'resolved', 'ends_at', $3::text, 'resolved_by', $4::text))::text
            from delivery d join incident i on i.tenant = d.tenant and i.incident_id = d.incident_id
            where d.tenant = $1 and d.incident_id = $2 and d.transition like 'firing%' and d.state <> 'cancelled'
              and i.ended_at is null and d.receiver_id <> $5
            order by d.receiver_id, d.seq desc
            on conflict (tenant, incident_id, transition, receiver_id) do nothing""";

    private static final String TIMELINE = """
            insert into incident_event (tenant, incident_id, kind, reason, event_minute, paged, author, note)
            values ($1, $2, $3, '', $4, false, $5, $6)""";

    private final Pool pool;

    SqlIncidentStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Boolean> act(String tenant, String incident, Act act) {
        Instant now = Instant.now();
        return pool.withTransaction(tx -> tx.preparedQuery(
                        "select acknowledged_time, closed_time from incident where tenant = $1 and incident_id = $2"
                                + " for update")
                .execute(Tuple.of(tenant, incident))
                .chain(rows -> rows.size() == 0 || isDone(act, rows.iterator().next())
                        ? Uni.createFrom().item(rows.size() > 0)
                        : change(tx, tenant, incident, act, now)
                                .chain(() -> tx.preparedQuery(TIMELINE)
                                        .execute(Tuple.of(
                                                tenant,
                                                incident,
                                                act.kind().name().toLowerCase(Locale.ROOT),
                                                (int) Minutes.of(now),
                                                act.by(),
                                                act.note())))
                                .replaceWith(true)));
    }

    /** What another system tells is done once: it may only be the echo of what it was told. */
    private static boolean isDone(Act act, Row incident) {
        return !act.from().isEmpty()
                && incident.getValue(act.kind() == Kind.CLOSED ? "closed_time" : "acknowledged_time") != null;
    }

    private static Uni<Void> change(SqlConnection tx, String tenant, String incident, Act act, Instant now) {
        return switch (act.kind()) {
            case NOTED -> Uni.createFrom().voidItem();
            case ASSIGNED ->
                tx.preparedQuery(ASSIGN)
                        .execute(Tuple.of(tenant, incident, act.note()))
                        .replaceWithVoid();
            case ACKNOWLEDGED ->
                tx.preparedQuery(ACKNOWLEDGE)
                        .execute(Tuple.of(tenant, incident, act.by()))
                        .chain(() -> IncidentWriter.cancelEscalation(tx, tenant, incident))
                        .chain(() -> tx.preparedQuery(TELL_ACKNOWLEDGED)
                                .execute(Tuple.of(tenant, incident, act.by(), act.from())))
                        .replaceWithVoid();
            case CLOSED ->
                tx.preparedQuery(CLOSE)
                        .execute(Tuple.of(tenant, incident, act.by()))
                        .chain(() -> IncidentWriter.cancelEscalation(tx, tenant, incident))
                        .chain(() -> tx.preparedQuery(TELL_CLOSED)
                                .execute(Tuple.of(
                                        tenant,
                                        incident,
                                        now.truncatedTo(ChronoUnit.SECONDS).toString(),
                                        act.by(),
                                        act.from())))
                        .replaceWithVoid();
        };
    }
}
