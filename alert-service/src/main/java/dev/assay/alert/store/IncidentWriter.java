package dev.assay.alert.store;

import static dev.assay.alert.store.OutcomeWriter.batch;

import dev.assay.alert.app.ProjectEvaluation.Receiver;
import dev.assay.alert.app.ProjectOutcome;
import dev.assay.alert.app.ProjectOutcome.IncidentOutcome;
import dev.assay.alert.app.ProjectOutcome.Notification;
import dev.assay.alert.app.ProjectOutcome.Paging;
import dev.assay.alert.domain.incident.Incident;
import dev.assay.alert.domain.incident.IncidentChange;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what an evaluation changed about incidents, with their timelines, notifications and events to send. */
@ApplicationScoped
class IncidentWriter {
    private static final String INCIDENTS = """
            insert into incident (tenant, incident_id, rule_id, rule_name, labels_key, labels, severity, active_since,
              fired_at, ended_at, paged, reopened, value, threshold)
            select $1, incident_id, rule_id, rule_name, labels_key, labels::jsonb, severity, active_since, fired_at,
              ended_at, paged, reopened, value, threshold
            from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::int[],
              $10::int[], $11::bool[], $12::int[], $13::float8[], $14::float8[]) as k(incident_id, rule_id, rule_name,
              labels_key, labels, severity, active_since, fired_at, ended_at, paged, reopened, value, threshold)
            on conflict (tenant, incident_id) do update
            set active_since = excluded.active_since, fired_at = excluded.fired_at, ended_at = excluded.ended_at,
              paged = excluded.paged, reopened = greatest(incident.reopened, excluded.reopened)""";

    private static final String TIMELINE = """
            insert into incident_event (tenant, incident_id, kind, reason, event_minute, paged, value, threshold)
            select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::int[], $6::bool[], $7::float8[], $8::float8[])
            """;

    private static final String TELL = """
            insert into delivery (tenant, incident_id, transition, receiver_id, receiver_name, body, next_attempt_time,
              escalation)
            select $1, incident_id, transition, receiver_id, receiver_name, body, now() + after_s * interval '1 second',
              after_s > 0
            from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::float8[])
              as k(incident_id, transition, receiver_id, receiver_name, body, after_s)
            order by after_s
            on conflict (tenant, incident_id, transition, receiver_id) do nothing""";

    /** With the labels under which it was told, by which some receivers find it: its rule may be gone or changed. */
    private static final String TELL_THE_END = """
            insert into delivery (tenant, incident_id, transition, receiver_id, receiver_name, body)
            select distinct d.tenant, d.incident_id, $3, d.receiver_id, d.receiver_name,
                  jsonb_set($4::text::jsonb, '{labels}', d.body::jsonb -> 'labels')::text
            from delivery d
            where d.tenant = $1 and d.incident_id = $2 and d.transition like 'firing%' and d.state <> 'cancelled'
            on conflict (tenant, incident_id, transition, receiver_id) do nothing""";

    private static final String PAGE = """
            insert into page (tenant, incident_id, transition, body, policy, position, due_time)
            values ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 second')
            on conflict (tenant, incident_id) do update
            set transition = excluded.transition, body = excluded.body, policy = excluded.policy,
              position = excluded.position, due_time = excluded.due_time""";

    private static final String STOP_PAGING = "delete from page where tenant = $1 and incident_id = $2";

    private static final String CANCEL_ESCALATION = """
            update delivery set state = 'cancelled', finished_time = now(), detail = 'not needed any more'
            where tenant = $1 and incident_id = $2 and state = 'queued' and escalation and attempts = 0""";

    private static final String EVENTS =
            "insert into event_outbox (tenant, rule, event) select $1, * from unnest($2::text[], $3::bytea[])";

    private record ToTell(Notification notification, Receiver receiver, Duration after) {}

    Uni<Void> write(SqlConnection tx, String tenant, ProjectOutcome outcome) {
        List<IncidentOutcome> changes = new ArrayList<>();
        outcome.rules().forEach(rule -> changes.addAll(rule.incidents()));
        changes.addAll(outcome.ended());
        Map<String, IncidentOutcome> last = new LinkedHashMap<>();
        changes.forEach(change -> last.put(change.change().after().id(), change));
        return batch(tx, INCIDENTS, List.copyOf(last.values()), rows -> incidentColumns(tenant, rows))
                .chain(() -> batch(tx, TIMELINE, changes, rows -> timelineColumns(tenant, rows)))
                .chain(() -> tell(tx, tenant, outcome.notifications()))
                .chain(() -> batch(
                        tx,
                        EVENTS,
                        outcome.events(),
                        rows -> Columns.of(tenant, rows)
                                .text(event -> event.getRule())
                                .bytes(event -> event.toByteArray())
                                .tuple()));
    }

    /** One statement a notification, in their order: an end goes to those who were told of the begin. */
    private static Uni<Void> tell(SqlConnection tx, String tenant, List<Notification> notifications) {
        return Multi.createFrom()
                .iterable(notifications)
                .onItem()
                .transformToUniAndConcatenate(notification -> tell(tx, tenant, notification))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private static Uni<Void> tell(SqlConnection tx, String tenant, Notification notification) {
        List<Receiver> receivers = notification.receivers();
        if (receivers == null) {
            return cancelEscalation(tx, tenant, notification.incidentId())
                    .chain(() -> tx.preparedQuery(TELL_THE_END)
                            .execute(Tuple.of(
                                    tenant, notification.incidentId(), notification.transition(), notification.body())))
                    .replaceWithVoid();
        }
        List<ToTell> rows = new ArrayList<>();
        receivers.forEach(receiver -> rows.add(new ToTell(notification, receiver, Duration.ZERO)));
        notification
                .later()
                .forEach(later -> later.receivers()
                        .forEach(receiver -> rows.add(new ToTell(notification, receiver, later.after()))));
        return batch(
                        tx,
                        TELL,
                        rows,
                        toTell -> Columns.of(tenant, toTell)
                                .text(row -> row.notification().incidentId())
                                .text(row -> row.notification().transition())
                                .text(row -> row.receiver().id())
                                .text(row -> row.receiver().name())
                                .text(row -> row.notification().body())
                                .number(row -> (double) row.after().toSeconds())
                                .tuple())
                .chain(() -> page(tx, tenant, notification));
    }

    /**
     * Escalations that are not under way when somebody acknowledges, or when it ends, are not needed any more. The page
     * goes first, in a statement of its own: it waits for a step that is being taken, and what that step has queued is
     * seen by the next statement only.
     */
    static Uni<Void> cancelEscalation(SqlConnection tx, String tenant, String incident) {
        return tx.preparedQuery(STOP_PAGING)
                .execute(Tuple.of(tenant, incident))
                .chain(() -> tx.preparedQuery(CANCEL_ESCALATION).execute(Tuple.of(tenant, incident)))
                .replaceWithVoid();
    }

    private static Uni<Void> page(SqlConnection tx, String tenant, Notification notification) {
        Paging paging = notification.paging();
        return paging == null
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(PAGE)
                        .execute(Tuple.tuple()
                                .addString(tenant)
                                .addString(notification.incidentId())
                                .addString(notification.transition())
                                .addString(notification.body())
                                .addString(paging.policy())
                                .addInteger(paging.position())
                                .addDouble((double) paging.after().toSeconds()))
                        .replaceWithVoid();
    }

    private static Tuple incidentColumns(String tenant, List<IncidentOutcome> rows) {
        return Columns.of(tenant, rows)
                .text(row -> incident(row).id())
                .text(IncidentOutcome::ruleId)
                .text(IncidentOutcome::ruleName)
                .text(row -> row.labels().key())
                .text(row -> LabelsText.write(row.labels()))
                .text(IncidentOutcome::severity)
                .minute(row -> incident(row).activeSince())
                .minute(row -> incident(row).firedAt())
                .minute(row -> incident(row).endedAt())
                .flag(row -> incident(row).paged())
                .minute(row -> (long) incident(row).reopened())
                .number(row -> incident(row).value())
                .number(row -> incident(row).threshold())
                .tuple();
    }

    private static Tuple timelineColumns(String tenant, List<IncidentOutcome> rows) {
        return Columns.of(tenant, rows)
                .text(row -> incident(row).id())
                .text(row -> row.change().kind().name().toLowerCase(Locale.ROOT))
                .text(row -> row.change().reason().name().toLowerCase(Locale.ROOT))
                .minute(row -> eventMinute(row.change()))
                .flag(row -> row.change().pages())
                .number(row -> incident(row).value())
                .number(row -> incident(row).threshold())
                .tuple();
    }

    private static Incident incident(IncidentOutcome row) {
        return row.change().after();
    }

    private static @Nullable Long eventMinute(IncidentChange change) {
        Long end = change.after().endedAt();
        return switch (change.kind()) {
            case OPENED, MOVED, REOPENED, TOLD -> change.after().firedAt();
            case RESOLVED, WITHDRAWN -> end == null ? change.after().firedAt() : end;
        };
    }
}
