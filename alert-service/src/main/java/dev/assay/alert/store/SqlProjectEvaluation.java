package dev.assay.alert.store;

import dev.assay.alert.app.ProjectEvaluation;
import dev.assay.alert.app.ProjectOutcome;
import dev.assay.alert.app.ProjectRules;
import dev.assay.alert.app.QuietText;
import dev.assay.alert.app.WindowHistory;
import dev.assay.alert.domain.evaluation.AlertState;
import dev.assay.alert.domain.evaluation.HistoryNeeds;
import dev.assay.alert.domain.evaluation.Labels;
import dev.assay.alert.domain.incident.Incident;
import io.smallrye.mutiny.Uni;
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

    private static final String SILENCES = """
            select silence_id, definition from silence where tenant = $1 and (ends_time is null or ends_time > now())""";

    private static final String RECENT = """
            select rule_id, labels_key, sum(1 + reopened)::bigint from incident
            where tenant = $1 and fired_at > extract(epoch from now()) / 60 - 60 group by rule_id, labels_key""";

    /** Incidents of alerting itself have no rule, and end otherwise. */
    private static final String ORPHANS = """
            select i.*, i.labels::text as labels_text from incident i
            where i.tenant = $1 and i.ended_at is null and i.rule_id <> all($2::text[])
              and i.incident_id not like 'self-%'""";

    private final String tenant;
    private final SqlConnection tx;
    private final WindowHistory windows;
    private final OutcomeWriter writer;

    private record AlertKey(String ruleId, Labels labels) {}

    SqlProjectEvaluation(String tenant, SqlConnection tx, WindowHistory windows, OutcomeWriter writer) {
        this.tenant = tenant;
        this.tx = tx;
        this.windows = windows;
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
                                "select rule_id, definition, origin_minute, cursor_minute from rule_cursor where"
                                        + " tenant = $1",
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
                                "select rule_id, labels::text, incident_id, phase from alert_state where tenant = $1",
                                row -> new Alert(
                                        row.getString(0),
                                        LabelsText.read(row.getString(1)),
                                        PhaseText.read(row.getString(3)),
                                        row.getString(2))),
                        list(SILENCES, row -> QuietText.silence(row.getString(0), row.getString(1))),
                        list(
                                "select inhibition_id, definition from inhibition where tenant = $1",
                                row -> QuietText.inhibition(row.getString(0), row.getString(1))),
                        list(RECENT, row -> new Recent(row.getString(0), row.getString(1), row.getLong(2))),
                        SqlPageStore.rota(tx, tenant))
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
                            read.getItem5(),
                            read.getItem6(),
                            read.getItem7(),
                            read.getItem8(),
                            read.getItem9());
                });
    }

    @Override
    public Uni<Void> windows(Map<String, HistoryNeeds> needs, WindowReader reader) {
        return windows.windows(tenant, needs, WindowHistory.NO_END, reader);
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
