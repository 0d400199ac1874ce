package dev.assay.alert.store;

import dev.assay.alert.app.AlertReads;
import dev.assay.alert.app.ProjectRules;
import dev.assay.alert.domain.evaluation.SourceTick;
import dev.assay.alert.domain.watch.SelfAlert;
import dev.assay.platform.tenancy.TenantReads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads for people, under row-level security. */
@ApplicationScoped
class SqlAlertReads implements AlertReads {
    private final TenantReads reads;

    private record Attempted(UUID deliveryId, AttemptReport report) {}

    SqlAlertReads(TenantReads reads) {
        this.reads = reads;
    }

    @Override
    public Uni<Standing> standing(String tenant) {
        return reads.with(
                tenant,
                connection -> list(
                                connection,
                                "select rule_id, name, definition from rule where tenant = $1",
                                Tuple.of(tenant),
                                row -> new ProjectRules.Stored(row.getString(0), row.getString(1), row.getString(2)))
                        .chain(stored -> list(
                                        connection,
                                        "select a.*, a.labels::text as labels_text from alert_state a where tenant ="
                                                + " $1",
                                        Tuple.of(tenant),
                                        SqlAlertReads::alert)
                                .map(alerts -> new Standing(ProjectRules.of(stored), alerts))));
    }

    @Override
    public Uni<Optional<IncidentReport>> incident(String tenant, String id) {
        Tuple key = Tuple.of(tenant, id);
        return reads.with(
                tenant,
                connection -> list(connection, """
                    select i.*, i.labels::text as labels_text from incident i
                    where tenant = $1 and incident_id = $2""", key, row -> row)
                        .chain(rows -> rows.isEmpty()
                                ? Uni.createFrom().item(Optional.<IncidentReport>empty())
                                : timeline(connection, key)
                                        .chain(timeline -> deliveries(connection, key)
                                                .map(deliveries ->
                                                        Optional.of(report(rows.get(0), timeline, deliveries))))));
    }

    @Override
    public Uni<List<IncidentReport>> incidents(String tenant) {
        return reads.with(
                tenant,
                connection -> list(connection, """
                    select i.*, i.labels::text as labels_text from incident i where tenant = $1
                    order by fired_at desc, incident_id desc limit 1000""", Tuple.of(tenant), row -> report(row, List.of(), List.of())));
    }

    @Override
    public Uni<Status> status(String tenant) {
        return reads.with(
                tenant,
                connection -> list(
                                connection,
                                "select state, count(*) from delivery where tenant = $1 group by state",
                                Tuple.of(tenant),
                                row -> Map.entry(row.getString(0), row.getLong(1)))
                        .chain(counts -> list(
                                        connection,
                                        "select evaluated_time from evaluation where tenant = $1",
                                        Tuple.of(tenant),
                                        row -> Optional.ofNullable(row.getOffsetDateTime(0)))
                                .chain(times -> ticks(connection)
                                        .chain(ticks -> watched(connection, tenant)
                                                .map(watched -> {
                                                    Map<String, Long> deliveries = new TreeMap<>();
                                                    List.of("queued", "delivered", "failed")
                                                            .forEach(state -> deliveries.put(state, 0L));
                                                    counts.forEach(
                                                            count -> deliveries.put(count.getKey(), count.getValue()));
                                                    Instant evaluated = times.stream()
                                                            .flatMap(Optional::stream)
                                                            .map(OffsetDateTime::toInstant)
                                                            .findFirst()
                                                            .orElse(null);
                                                    return new Status(
                                                            deliveries,
                                                            evaluated,
                                                            ticks,
                                                            watched.alerts(),
                                                            watched.beats().stream()
                                                                    .findFirst()
                                                                    .orElse(null));
                                                })))));
    }

    private record Watched(List<SelfAlert> alerts, List<Beat> beats) {}

    private static Uni<Watched> watched(SqlConnection connection, String tenant) {
        return list(
                        connection,
                        "select * from self_alert where tenant = $1 order by kind, subject",
                        Tuple.of(tenant),
                        SqlWatchStore::selfAlert)
                .chain(alerts -> list(
                                connection,
                                "select beat_time, beat_sent, beat_detail from watch where beat_time is not null",
                                Tuple.tuple(),
                                row -> new Beat(
                                        row.getOffsetDateTime(0).toInstant(), row.getBoolean(1), row.getString(2)))
                        .map(beats -> new Watched(alerts, beats)));
    }

    private static Uni<List<SourceTick>> ticks(SqlConnection connection) {
        return list(
                connection,
                "select partition_id, ticked_time, tick from source_tick",
                Tuple.tuple(),
                SqlEvaluationStore::tick);
    }

    private static Uni<List<TimelineEntry>> timeline(SqlConnection connection, Tuple key) {
        return list(
                connection,
                "select * from incident_event where tenant = $1 and incident_id = $2 order by seq",
                key,
                row -> new TimelineEntry(
                        row.getOffsetDateTime("recorded_time").toInstant(),
                        row.getString("kind"),
                        row.getString("reason"),
                        row.getInteger("event_minute"),
                        row.getBoolean("paged"),
                        row.getDouble("value"),
                        row.getDouble("threshold"),
                        row.getString("author"),
                        row.getString("note")));
    }

    private static Uni<List<DeliveryReport>> deliveries(SqlConnection connection, Tuple key) {
        return list(
                        connection,
                        """
                        select a.delivery_id, a.attempt, a.attempted_time, a.detail from delivery_attempt a
                        join delivery d on d.tenant = a.tenant and d.delivery_id = a.delivery_id
                        where d.tenant = $1 and d.incident_id = $2 order by a.attempt""",
                        key,
                        row -> new Attempted(
                                row.getUUID(0),
                                new AttemptReport(
                                        row.getInteger(1),
                                        row.getOffsetDateTime(2).toInstant(),
                                        row.getString(3))))
                .chain(attempts -> {
                    Map<UUID, List<AttemptReport>> logs = new HashMap<>();
                    attempts.forEach(attempt -> logs.computeIfAbsent(attempt.deliveryId(), id -> new ArrayList<>())
                            .add(attempt.report()));
                    return list(
                            connection,
                            "select * from delivery where tenant = $1 and incident_id = $2 order by seq",
                            key,
                            row -> delivery(row, logs.getOrDefault(row.getUUID("delivery_id"), List.of())));
                });
    }

    private static DeliveryReport delivery(Row row, List<AttemptReport> log) {
        boolean queued = row.getString("state").equals("queued");
        return new DeliveryReport(
                row.getString("receiver_name"),
                row.getString("transition"),
                row.getString("state"),
                row.getInteger("attempts"),
                row.getOffsetDateTime("created_time").toInstant(),
                queued ? time(row, "next_attempt_time") : null,
                time(row, "finished_time"),
                row.getString("detail"),
                log);
    }

    private static IncidentReport report(Row row, List<TimelineEntry> timeline, List<DeliveryReport> deliveries) {
        return new IncidentReport(
                row.getString("rule_id"),
                row.getString("rule_name"),
                row.getString("severity"),
                LabelsText.read(row.getString("labels_text")),
                IncidentRows.read(row),
                new Care(
                        row.getString("owner"),
                        time(row, "acknowledged_time"),
                        row.getString("acknowledged_by"),
                        time(row, "closed_time"),
                        row.getString("closed_by"),
                        time(row, "expired_time")),
                timeline,
                deliveries);
    }

    private static Alert alert(Row row) {
        return new Alert(
                row.getString("rule_id"),
                LabelsText.read(row.getString("labels_text")),
                PhaseText.read(row.getString("phase")),
                row.getInteger("since_minute"),
                row.getString("incident_id"),
                row.getDouble("value"),
                row.getDouble("threshold"),
                row.getLong("samples"),
                row.getString("reason"),
                row.getInteger("evaluated_minute"));
    }

    private static @Nullable Instant time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static <T> Uni<List<T>> list(
            SqlConnection connection, String sql, Tuple parameters, Function<Row, T> mapping) {
        return connection.preparedQuery(sql).execute(parameters).map(rows -> {
            List<T> items = new ArrayList<>();
            rows.forEach(row -> items.add(mapping.apply(row)));
            return items;
        });
    }
}
