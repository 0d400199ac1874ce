package dev.assay.alert.store;

import static dev.assay.alert.store.OutcomeWriter.batch;

import dev.assay.alert.app.WatchStore.Look;
import dev.assay.alert.app.WatchStore.Notice;
import dev.assay.alert.app.WatchStore.Signs;
import dev.assay.alert.domain.evaluation.Labels;
import dev.assay.alert.domain.watch.SelfAlert;
import dev.assay.platform.window.Minutes;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One look at alerting itself, in the transaction of its turn. */
final class SqlLook implements Look {
    /**
     * Receivers, still there, whose last notification did not arrive; what was said of alerting itself does not count.
     */
    private static final String FAILED = """
            select l.tenant, r.name, l.detail from (
              select distinct on (tenant, receiver_id) tenant, receiver_id, state, detail from delivery
              where state in ('delivered', 'failed') and finished_time > now() - interval '1 day'
                and incident_id not like 'self-%'
              order by tenant, receiver_id, finished_time desc) l
            join receiver r on r.tenant = l.tenant and r.receiver_id = l.receiver_id
            where l.state = 'failed'""";

    /**
     * An escalation waits from when it is due, and so does what has not been tried; the rest from its first try. What
     * is to be grouped may wait for an hour and a quarter: interval, wait and rate limit at their longest.
     */
    private static final String LATE = """
            select d.tenant, r.name, min(case
              when r.grouping <> '' and d.released_time is null and d.attempts = 0
                then d.next_attempt_time + interval '75 minutes'
              else coalesce(
                (select min(a.attempted_time) from delivery_attempt a
                 where a.tenant = d.tenant and a.delivery_id = d.delivery_id),
                greatest(d.next_attempt_time, d.released_time)) end)
            from delivery d join receiver r on r.tenant = d.tenant and r.receiver_id = d.receiver_id
            where d.state = 'queued' and d.next_attempt_time < now() + interval '15 minutes'
              and d.incident_id not like 'self-%'
            group by d.tenant, r.name""";

    private static final String STAND = """
            insert into self_alert (tenant, kind, subject, detail, since_time, firing)
            select $1, kind, subject, detail, to_timestamp(since_us / 1000000.0), firing
            from unnest($2::text[], $3::text[], $4::text[], $5::int8[], $6::bool[])
              as k(kind, subject, detail, since_us, firing)""";

    private static final String OPEN = """
            insert into incident (tenant, incident_id, rule_id, rule_name, labels_key, labels, severity, active_since,
              fired_at, paged, reopened)
            values ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8, $9, $10, 0)
            on conflict do nothing""";

    private static final String END = """
            update incident set ended_at = $3 where tenant = $1 and incident_id = $2 and ended_at is null""";

    private static final String TIMELINE = """
            insert into incident_event (tenant, incident_id, kind, reason, event_minute, paged, note)
            values ($1, $2, $3, $4, $5, $6, $7)""";

    private static final String TELL = """
            insert into delivery (tenant, incident_id, transition, receiver_id, receiver_name, body)
            select r.tenant, $2, 'firing', r.receiver_id, r.name, $3 from receiver r
            where r.tenant = $1 and r.self_alerts and r.name <> $4
            on conflict (tenant, incident_id, transition, receiver_id) do nothing""";

    private static final String TELL_THE_END = """
            insert into delivery (tenant, incident_id, transition, receiver_id, receiver_name, body)
            select d.tenant, d.incident_id, 'resolved', d.receiver_id, d.receiver_name, $3 from delivery d
            where d.tenant = $1 and d.incident_id = $2 and d.transition = 'firing'
            on conflict (tenant, incident_id, transition, receiver_id) do nothing""";

    private final SqlConnection tx;

    SqlLook(SqlConnection tx) {
        this.tx = tx;
    }

    @Override
    public Uni<Signs> signs() {
        Map<String, Optional<Instant>> evaluated = new HashMap<>();
        Map<String, Map<String, String>> failed = new HashMap<>();
        Map<String, Map<String, Instant>> late = new HashMap<>();
        Map<String, List<SelfAlert>> standing = new HashMap<>();
        return each(
                        "select tenant, evaluated_time from evaluation",
                        row -> evaluated.put(
                                row.getString(0),
                                Optional.ofNullable(row.getOffsetDateTime(1)).map(OffsetDateTime::toInstant)))
                .chain(() -> each(
                        FAILED,
                        row -> failed.computeIfAbsent(row.getString(0), tenant -> new HashMap<>())
                                .put(row.getString(1), String.valueOf(row.getString(2)))))
                .chain(() -> each(
                        LATE,
                        row -> late.computeIfAbsent(row.getString(0), tenant -> new HashMap<>())
                                .put(row.getString(1), row.getOffsetDateTime(2).toInstant())))
                .chain(() -> each(
                        "select * from self_alert order by tenant, kind, subject",
                        row -> standing.computeIfAbsent(row.getString("tenant"), tenant -> new ArrayList<>())
                                .add(SqlWatchStore.selfAlert(row))))
                .replaceWith(new Signs(evaluated, failed, late, standing));
    }

    @Override
    public Uni<Void> save(String tenant, List<SelfAlert> standing, List<Notice> notices) {
        return tx.preparedQuery("delete from self_alert where tenant = $1")
                .execute(Tuple.of(tenant))
                .chain(() -> batch(
                        tx,
                        STAND,
                        standing,
                        rows -> Columns.of(tenant, rows)
                                .text(row -> row.finding().kind().wireName())
                                .text(row -> row.finding().subject())
                                .text(row -> row.finding().detail())
                                .whole(row -> ChronoUnit.MICROS.between(Instant.EPOCH, row.since()))
                                .flag(SelfAlert::firing)
                                .tuple()))
                .chain(() -> Multi.createFrom()
                        .iterable(notices)
                        .onItem()
                        .transformToUniAndConcatenate(notice -> write(tenant, notice))
                        .collect()
                        .asList())
                .replaceWithVoid();
    }

    private Uni<Void> write(String tenant, Notice notice) {
        return (notice.firing() ? open(tenant, notice) : end(tenant, notice)).chain(() -> tell(tenant, notice));
    }

    private Uni<Void> open(String tenant, Notice notice) {
        SelfAlert alert = notice.alert();
        String subject = alert.finding().subject();
        Labels labels = subject.isEmpty() ? Labels.NONE : Labels.of(Map.of("subject", subject));
        return tx.preparedQuery(OPEN)
                .execute(Tuple.tuple()
                        .addString(tenant)
                        .addString(alert.id())
                        .addString(notice.ruleId())
                        .addString(notice.rule())
                        .addString(labels.key())
                        .addString(LabelsText.write(labels))
                        .addString(notice.severity())
                        .addInteger((int) Minutes.of(alert.since()))
                        .addInteger((int) Minutes.of(notice.at()))
                        .addBoolean(notice.body() != null))
                .chain(() -> note(tenant, notice, "opened", alert.finding().detail()));
    }

    private Uni<Void> end(String tenant, Notice notice) {
        return tx.preparedQuery(END)
                .execute(Tuple.of(tenant, notice.alert().id(), (int) Minutes.of(notice.at())))
                .chain(() -> note(tenant, notice, "resolved", ""));
    }

    private Uni<Void> note(String tenant, Notice notice, String kind, String detail) {
        return tx.preparedQuery(TIMELINE)
                .execute(Tuple.tuple()
                        .addString(tenant)
                        .addString(notice.alert().id())
                        .addString(kind)
                        .addString(notice.alert().finding().kind().wireName())
                        .addInteger((int) Minutes.of(notice.at()))
                        .addBoolean(notice.body() != null)
                        .addString(detail))
                .replaceWithVoid();
    }

    private Uni<Void> tell(String tenant, Notice notice) {
        String body = notice.body();
        if (body == null) {
            return Uni.createFrom().voidItem();
        }
        String id = notice.alert().id();
        return (notice.firing()
                        ? tx.preparedQuery(TELL).execute(Tuple.of(tenant, id, body, notice.except()))
                        : tx.preparedQuery(TELL_THE_END).execute(Tuple.of(tenant, id, body)))
                .replaceWithVoid();
    }

    private Uni<Void> each(String sql, Consumer<Row> row) {
        return tx.query(sql).execute().invoke(rows -> rows.forEach(row)).replaceWithVoid();
    }
}
