package dev.assay.alert.store;

import dev.assay.alert.app.ProjectEvaluation.Change;
import dev.assay.alert.app.ProjectOutcome;
import dev.assay.alert.app.ProjectOutcome.AlertOutcome;
import dev.assay.alert.app.ProjectOutcome.RuleOutcome;
import dev.assay.alert.domain.evaluation.Observation;
import dev.assay.alert.domain.evaluation.Transition;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the outcome of an evaluation: states and their history here, incidents and what follows from them beside it. */
@ApplicationScoped
class OutcomeWriter {
    private static final String FORGET_RULES = """
            with gone as (select $1::text as tenant, $2::text[] as live, $3::text[] as fresh),
              states as (delete from alert_state a using gone g
                where a.tenant = g.tenant and (a.rule_id <> all(g.live) or a.rule_id = any(g.fresh))),
              cursors as (delete from rule_cursor c using gone g where c.tenant = g.tenant and c.rule_id <> all(g.live))
            delete from alert_history h using gone g
            where h.tenant = g.tenant and (h.rule_id <> all(g.live) or h.rule_id = any(g.fresh))""";

    private static final String FORGET_HISTORY = """
            delete from alert_history h using unnest($2::text[], $3::int[]) as k(rule_id, after)
            where h.tenant = $1 and h.rule_id = k.rule_id and h.at_minute > k.after""";

    private static final String HISTORY = """
            insert into alert_history (tenant, rule_id, labels_key, at_minute, phase, since_minute, active_since, fired_at,
              clear_since, ended_at)
            select $1, * from unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::int[], $7::int[], $8::int[],
              $9::int[], $10::int[])""";

    private static final String STATES = """
            insert into alert_state (tenant, rule_id, labels_key, labels, phase, since_minute, incident_id, value, threshold,
              samples, reason, evaluated_minute, measured_minute)
            select $1, rule_id, labels_key, labels::jsonb, phase, since_minute, incident_id, value, threshold, samples,
              reason, evaluated_minute, evaluated_minute
            from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::float8[], $9::float8[],
              $10::int8[], $11::text[], $12::int[]) as k(rule_id, labels_key, labels, phase, since_minute, incident_id,
              value, threshold, samples, reason, evaluated_minute)
            on conflict (tenant, rule_id, labels_key) do update
            set phase = excluded.phase, since_minute = excluded.since_minute, incident_id = excluded.incident_id,
              value = excluded.value, threshold = excluded.threshold, samples = excluded.samples,
              reason = excluded.reason, evaluated_minute = excluded.evaluated_minute,
              measured_minute = case when excluded.value is null and alert_state.measured_minute is not null
                then alert_state.measured_minute else excluded.evaluated_minute end""";

    private static final String CURSORS = """
            insert into rule_cursor (tenant, rule_id, definition, origin_minute, cursor_minute)
            select $1, * from unnest($2::text[], $3::text[], $4::int[], $5::int[])
            on conflict (tenant, rule_id) do update
            set definition = excluded.definition, origin_minute = excluded.origin_minute,
              cursor_minute = excluded.cursor_minute""";

    private static final String CONSUMED = """
            delete from window_change c using unnest($2::int[], $3::int8[]) as k(partition_id, version)
            where c.tenant = $1 and c.partition_id = k.partition_id and c.version = k.version""";

    private final IncidentWriter incidents;

    private record StateRow(String ruleId, AlertOutcome alert) {
        <T> @Nullable T measured(Function<Observation.Measured, T> part) {
            return alert.last() instanceof Observation.Measured measured ? part.apply(measured) : null;
        }

        @Nullable
        String reason() {
            return alert.last() instanceof Observation.Missing missing ? missing.reason() : null;
        }
    }

    private record HistoryRow(String ruleId, String labelsKey, Transition transition) {}

    OutcomeWriter(IncidentWriter incidents) {
        this.incidents = incidents;
    }

    Uni<Void> write(SqlConnection tx, String tenant, ProjectOutcome outcome) {
        return forget(tx, tenant, outcome)
                .chain(() -> batch(tx, HISTORY, history(outcome), rows -> historyColumns(tenant, rows)))
                .chain(() -> batch(tx, STATES, states(outcome), rows -> stateColumns(tenant, rows)))
                .chain(() -> batch(tx, CURSORS, outcome.rules(), rows -> cursorColumns(tenant, rows)))
                .chain(() -> incidents.write(tx, tenant, outcome))
                .chain(() -> batch(tx, CONSUMED, outcome.consumed(), rows -> changeColumns(tenant, rows)))
                .chain(() -> tx.preparedQuery(
                                "update evaluation set mark = $2, evaluated_time = now() where tenant = $1")
                        .execute(Tuple.of(tenant, outcome.mark())))
                .replaceWithVoid();
    }

    /** One statement for many rows; none for no rows. */
    static <T> Uni<Void> batch(SqlConnection tx, String sql, List<T> rows, Function<List<T>, Tuple> columns) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(sql).execute(columns.apply(rows)).replaceWithVoid();
    }

    private static Uni<Void> forget(SqlConnection tx, String tenant, ProjectOutcome outcome) {
        String[] fresh = outcome.rules().stream()
                .filter(RuleOutcome::fresh)
                .map(rule -> rule.rule().id())
                .toArray(String[]::new);
        return tx.preparedQuery(FORGET_RULES)
                .execute(Tuple.tuple()
                        .addString(tenant)
                        .addArrayOfString(outcome.liveRules().toArray(String[]::new))
                        .addArrayOfString(fresh))
                .chain(() -> batch(
                        tx,
                        FORGET_HISTORY,
                        outcome.rules(),
                        rows -> Columns.of(tenant, rows)
                                .text(rule -> rule.rule().id())
                                .minute(RuleOutcome::after)
                                .tuple()));
    }

    /** The last change of each minute: a calendar's end and what comes after it may share one. */
    private static List<HistoryRow> history(ProjectOutcome outcome) {
        List<HistoryRow> rows = new ArrayList<>();
        for (RuleOutcome rule : outcome.rules()) {
            for (AlertOutcome alert : rule.alerts()) {
                Map<Long, Transition> lastOfMinute = new LinkedHashMap<>();
                alert.transitions().forEach(transition -> lastOfMinute.put(transition.at(), transition));
                lastOfMinute
                        .values()
                        .forEach(transition -> rows.add(
                                new HistoryRow(rule.rule().id(), alert.labels().key(), transition)));
            }
        }
        return rows;
    }

    private static List<StateRow> states(ProjectOutcome outcome) {
        return outcome.rules().stream()
                .flatMap(rule -> rule.alerts().stream()
                        .map(alert -> new StateRow(rule.rule().id(), alert)))
                .toList();
    }

    private static Tuple historyColumns(String tenant, List<HistoryRow> rows) {
        return Columns.of(tenant, rows)
                .text(HistoryRow::ruleId)
                .text(HistoryRow::labelsKey)
                .minute(row -> row.transition().at())
                .text(row -> row.transition().state().phase().wireName())
                .minute(row -> row.transition().state().since())
                .minute(row -> row.transition().state().activeSince())
                .minute(row -> row.transition().state().firedAt())
                .minute(row -> row.transition().state().clearSince())
                .minute(row -> row.transition().state().endedAt())
                .tuple();
    }

    private static Tuple stateColumns(String tenant, List<StateRow> rows) {
        return Columns.of(tenant, rows)
                .text(StateRow::ruleId)
                .text(row -> row.alert().labels().key())
                .text(row -> LabelsText.write(row.alert().labels()))
                .text(row -> row.alert().state().phase().wireName())
                .minute(row -> row.alert().state().since())
                .text(row -> row.alert().incidentId())
                .number(row -> row.measured(Observation.Measured::value))
                .number(row -> row.measured(Observation.Measured::threshold))
                .whole(row -> row.measured(Observation.Measured::samples))
                .text(StateRow::reason)
                .minute(row -> row.alert().minute())
                .tuple();
    }

    private static Tuple cursorColumns(String tenant, List<RuleOutcome> rows) {
        return Columns.of(tenant, rows)
                .text(rule -> rule.rule().id())
                .text(rule -> rule.cursor().definition())
                .minute(rule -> rule.cursor().origin())
                .minute(rule -> rule.cursor().minute())
                .tuple();
    }

    private static Tuple changeColumns(String tenant, List<Change> rows) {
        return Columns.of(tenant, rows)
                .minute(change -> (long) change.partition())
                .whole(Change::version)
                .tuple();
    }
}
