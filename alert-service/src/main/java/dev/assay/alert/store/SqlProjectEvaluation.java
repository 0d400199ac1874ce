package dev.assay.alert.store;

import dev.assay.alert.app.ProjectEvaluation;
import dev.assay.alert.app.ProjectOutcome;
import dev.assay.alert.app.ProjectRules;
import dev.assay.alert.domain.evaluation.AlertState;
import dev.assay.alert.domain.evaluation.GroupHistory.Grain;
import dev.assay.alert.domain.evaluation.HistoryNeeds;
import dev.assay.alert.domain.evaluation.Labels;
import dev.assay.alert.domain.incident.Incident;
import dev.assay.platform.window.WindowState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One evaluation: the lease's transaction for what it decides, a snapshot of its own for the windows. */
final class SqlProjectEvaluation implements ProjectEvaluation {
    private static final int PORTION = 2_000;

    private static final String MINUTES = """
            select w.minute, w.series_id, w.state from kpi_window w join kpi_source s on s.source_id = w.source_id
            where w.tenant = $1 and s.service = $2 and w.minute >= $3""";

    private static final String ROLLUPS = """
            select start_minute, series_id, state from kpi_rollup
            where tenant = $1 and service = $2 and start_minute >= $3 and grain = $4""";

    private static final String STATES = """
            select distinct on (h.rule_id, h.labels_key) h.rule_id, h.labels_key, a.labels::text as labels, h.phase,
              h.since_minute, h.active_since, h.fired_at, h.clear_since, h.ended_at
            from unnest($2::text[], $3::int[]) as k(rule_id, after)
            join alert_history h on h.tenant = $1 and h.rule_id = k.rule_id and h.at_minute <= k.after
            join alert_state a on a.tenant = h.tenant and a.rule_id = h.rule_id and a.labels_key = h.labels_key
            order by h.rule_id, h.labels_key, h.at_minute desc""";

    private static final String INCIDENTS = """
            select i.*, i.labels::text as labels_text from unnest($2::text[], $3::int[]) as k(rule_id, after)
            join incident i on i.tenant = $1 and i.rule_id = k.rule_id
            where i.ended_at is null or i.ended_at >= k.after order by i.fired_at""";

    private static final String ORPHANS = """
            select i.*, i.labels::text as labels_text from incident i
            where i.tenant = $1 and i.ended_at is null and i.rule_id <> all($2::text[])""";

    private final String tenant;
    private final SqlConnection tx;
    private final Pool pool;
    private final SqlSeries series;
    private final OutcomeWriter writer;

    private record Part(String service, Grain grain, long from) {}

    private record AlertKey(String ruleId, Labels labels) {}

    SqlProjectEvaluation(String tenant, SqlConnection tx, Pool pool, SqlSeries series, OutcomeWriter writer) {
        this.tenant = tenant;
        this.tx = tx;
        this.pool = pool;
        this.series = series;
        this.writer = writer;
    }

    @Override
    public Uni<Known> known() {
        return Uni.combine()
                .all()
                .unis(
                        list(
                                "select rule_id, name, definition from rule where tenant = $1",
                                row -> new ProjectRules.Stored(row.getString(0), row.getString(1), row.getString(2))),
                        list(
                                "select rule_id, definition, origin_minute, cursor_minute from rule_cursor where tenant = $1",
                                row -> Map.entry(
                                        row.getString(0),
                                        new Cursor(row.getString(1), row.getInteger(2), row.getInteger(3)))),
                        list(
                                "select receiver_id, name from receiver where tenant = $1 order by name",
                                row -> new Receiver(row.getString(0), row.getString(1))),
                        list(
                                "select partition_id, version, from_minute from window_change where tenant = $1",
                                row -> new Change(row.getInteger(0), row.getLong(1), row.getInteger(2))),
                        list(
                                "select rule_id, labels::text, incident_id from alert_state where tenant = $1",
                                row -> new Alert(
                                        row.getString(0), LabelsText.read(row.getString(1)), row.getString(2))))
                .usingConcurrencyOf(1)
                .asTuple()
                .map(read -> {
                    Map<String, Cursor> cursors = new HashMap<>();
                    read.getItem2().forEach(entry -> cursors.put(entry.getKey(), entry.getValue()));
                    return new Known(
                            ProjectRules.of(read.getItem1()),
                            cursors,
                            read.getItem3(),
                            read.getItem4(),
                            read.getItem5());
                });
    }

    @Override
    public Uni<Void> windows(Map<String, HistoryNeeds> needs, WindowReader reader) {
        List<Part> parts = new ArrayList<>();
        needs.forEach((service, need) -> {
            for (Grain grain : Grain.values()) {
                if (need.from(grain) != HistoryNeeds.NOTHING) {
                    parts.add(new Part(service, grain, need.from(grain)));
                }
            }
        });
        if (parts.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return pool.withTransaction(snapshot -> snapshot.query(
                        "set transaction isolation level repeatable read, read only")
                .execute()
                .chain(() -> series.of(snapshot, tenant))
                .invoke(reader::series)
                .chain(() -> Multi.createFrom()
                        .iterable(parts)
                        .onItem()
                        .transformToUniAndConcatenate(part -> read(snapshot, part, reader))
                        .collect()
                        .asList()
                        .replaceWithVoid()));
    }

    /** In portions, so that a day of minutes is never in memory at once; off the event loop, since parsing takes time. */
    private Uni<Void> read(SqlConnection snapshot, Part part, WindowReader reader) {
        Tuple parameters = Tuple.of(tenant, part.service(), (int) part.from());
        if (part.grain() != Grain.MINUTE) {
            parameters.addShort((short) part.grain().minutes());
        }
        return snapshot.prepare(part.grain() == Grain.MINUTE ? MINUTES : ROLLUPS)
                .chain(statement ->
                        drain(statement.cursor(parameters), part, reader).eventually(statement::close));
    }

    private static Uni<Void> drain(io.vertx.mutiny.sqlclient.Cursor cursor, Part part, WindowReader reader) {
        return cursor.read(PORTION)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(rows -> rows.forEach(row -> reader.window(
                        part.service(),
                        part.grain(),
                        row.getInteger(0),
                        row.getLong(1),
                        WindowState.parse(row.getBuffer(2).getBytes()))))
                .chain(() -> cursor.hasMore() ? drain(cursor, part, reader) : cursor.close());
    }

    @Override
    public Uni<List<Start>> starts(Map<String, Long> afterByRule) {
        List<String> rules = List.copyOf(afterByRule.keySet());
        Tuple parameters = Tuple.tuple()
                .addString(tenant)
                .addArrayOfString(rules.toArray(String[]::new))
                .addArrayOfInteger(rules.stream()
                        .map(rule -> Math.toIntExact(afterByRule.getOrDefault(rule, 0L)))
                        .toArray(Integer[]::new));
        return tx.preparedQuery(STATES).execute(parameters).chain(states -> {
            Map<AlertKey, AlertState> stateOf = new LinkedHashMap<>();
            states.forEach(row -> stateOf.put(
                    new AlertKey(row.getString("rule_id"), LabelsText.read(row.getString("labels"))), state(row)));
            return tx.preparedQuery(INCIDENTS).execute(parameters).map(incidents -> {
                Map<AlertKey, List<Incident>> incidentsOf = new LinkedHashMap<>();
                incidents.forEach(row -> incidentsOf
                        .computeIfAbsent(
                                new AlertKey(row.getString("rule_id"), LabelsText.read(row.getString("labels_text"))),
                                first -> new ArrayList<>())
                        .add(IncidentRows.read(row)));
                return starts(stateOf, incidentsOf);
            });
        });
    }

    private static List<Start> starts(Map<AlertKey, AlertState> stateOf, Map<AlertKey, List<Incident>> incidentsOf) {
        Set<AlertKey> keys = new java.util.LinkedHashSet<>(stateOf.keySet());
        keys.addAll(incidentsOf.keySet());
        return keys.stream()
                .map(key -> new Start(
                        key.ruleId(), key.labels(), stateOf.get(key), incidentsOf.getOrDefault(key, List.of())))
                .toList();
    }

    @Override
    public Uni<List<Orphan>> orphans(Set<String> liveRules) {
        return tx.preparedQuery(ORPHANS)
                .execute(Tuple.tuple().addString(tenant).addArrayOfString(liveRules.toArray(String[]::new)))
                .map(rows -> {
                    List<Orphan> orphans = new ArrayList<>();
                    rows.forEach(row -> orphans.add(new Orphan(
                            row.getString("rule_id"),
                            row.getString("rule_name"),
                            row.getString("severity"),
                            LabelsText.read(row.getString("labels_text")),
                            IncidentRows.read(row))));
                    return orphans;
                });
    }

    @Override
    public Uni<Void> save(ProjectOutcome outcome) {
        return writer.write(tx, tenant, outcome);
    }

    private <T> Uni<List<T>> list(String sql, Function<Row, T> mapping) {
        return tx.preparedQuery(sql).execute(Tuple.of(tenant)).map(rows -> {
            List<T> items = new ArrayList<>();
            rows.forEach(row -> items.add(mapping.apply(row)));
            return items;
        });
    }

    private static AlertState state(Row row) {
        return new AlertState(
                PhaseText.read(row.getString("phase")),
                row.getInteger("since_minute"),
                minute(row, "active_since"),
                minute(row, "fired_at"),
                minute(row, "clear_since"),
                minute(row, "ended_at"));
    }

    static @Nullable Long minute(Row row, String column) {
        Integer minute = row.getInteger(column);
        return minute == null ? null : Long.valueOf(minute);
    }
}
