package dev.assay.cost.store;

import dev.assay.cost.app.Reconciliations.Imported;
import dev.assay.cost.domain.pricing.ChargeClass;
import dev.assay.cost.domain.reconcile.BilledPart;
import dev.assay.cost.domain.reconcile.BilledTier;
import dev.assay.cost.domain.reconcile.Cell;
import dev.assay.cost.domain.reconcile.ComputedCost;
import dev.assay.cost.domain.reconcile.ComputedGroup;
import dev.assay.platform.kpi.KpiQuery.InvalidParameter;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ledger's side of a bill: its days and providers by day (UTC), provider and model. */
final class LedgerGroups {
    private static final long DAY_MICROS = 86_400_000_000L;

    /** Calls of the days and providers; times are after 1970, so that dividing them floors. */
    private static final String CALLS = """
            from ledger l join series s on s.tenant = l.tenant and s.series_id = l.series_id
            where l.tenant = $1 and l.start_us >= $2 and l.start_us < $3 and not l.withdrawn and s.provider = any($4)""";

    /** The most rows of a comparison: groups by tier and class. */
    private static final int MOST_ROWS = 200_000;

    private LedgerGroups() {}

    private record Key(LocalDate day, String provider, String model) {}

    /** Writes down what the ledger holds now; how many groups that is. */
    static Uni<Integer> keep(SqlConnection tx, Imported imported, String[] providers) {
        String sql = """
            insert into reconciliation_computed (tenant, reconciliation_id, day, provider, model, list_cost)
            select $1, $5::uuid, date '1970-01-01' + (l.start_us / %d)::integer, s.provider, s.model, sum(l.list_cost)
            %s and l.list_cost is not null group by 3, 4, 5""".formatted(DAY_MICROS, CALLS);
        return tx.preparedQuery(sql)
                .execute(calls(imported, providers).addUUID(imported.id()))
                .map(SqlResult::rowCount);
    }

    /** What {@link #keep} wrote. */
    static Uni<List<ComputedCost>> kept(SqlConnection connection, Imported imported) {
        return connection
                .preparedQuery("select day, provider, model, list_cost::text as list_cost from reconciliation_computed"
                        + " where tenant = $1 and reconciliation_id = $2")
                .execute(Tuple.of(imported.tenant(), imported.id()))
                .map(rows -> {
                    List<ComputedCost> costs = new ArrayList<>();
                    rows.forEach(row -> costs.add(new ComputedCost(
                            row.getLocalDate("day"),
                            row.getString("provider"),
                            row.getString("model"),
                            new BigDecimal(row.getString("list_cost")))));
                    return costs;
                });
    }

    /** What the ledger holds now; calls and amounts by one statement, and so of one moment. */
    static Uni<List<ComputedGroup>> now(SqlConnection connection, Imported imported, String[] providers) {
        String sql = """
            with calls as materialized (
              select date '1970-01-01' + (l.start_us / %d)::integer as day, s.provider, s.model, l.list_cost, l.tokens,
                l.charges
              %s)
            select day, provider, model, null::text as class, false as other_tier, '0' as amount, count(*) as calls,
              count(*) filter (where list_cost is null) as unpriced_calls,
              coalesce(sum(tokens) filter (where list_cost is not null), 0)::bigint as tokens,
              coalesce(sum(tokens) filter (where list_cost is null), 0)::bigint as unpriced_tokens
            from calls group by day, provider, model
            union all
            select c.day, c.provider, c.model, e->>'class', coalesce(e->>'rate' ~ '_(batches|flex|priority)$', false),
              sum((e->>'amount')::numeric)::text, 0, 0, 0, 0
            from calls c cross join lateral jsonb_array_elements(c.charges) e
            where c.list_cost is not null group by 1, 2, 3, 4, 5
            limit %d""".formatted(DAY_MICROS, CALLS, MOST_ROWS + 1);
        return connection.preparedQuery(sql).execute(calls(imported, providers)).map(rows -> {
            if (rows.size() > MOST_ROWS) {
                throw new InvalidParameter(
                        "id",
                        "is of a bill for which the ledger has too many models by now: delete it and import it in parts");
            }
            Map<Key, List<Row>> groups = new LinkedHashMap<>();
            rows.forEach(row ->
                    groups.computeIfAbsent(key(row), key -> new ArrayList<>()).add(row));
            return groups.entrySet().stream()
                    .map(entry -> group(entry.getKey(), entry.getValue()))
                    .toList();
        });
    }

    private static ComputedGroup group(Key key, List<Row> rows) {
        Map<Cell, BigDecimal> costs = new HashMap<>();
        rows.stream()
                .filter(row -> row.getString("class") != null)
                .forEach(row -> costs.merge(cell(row), new BigDecimal(row.getString("amount")), BigDecimal::add));
        return new ComputedGroup(
                key.day(),
                key.provider(),
                key.model(),
                sum(rows, "calls"),
                sum(rows, "unpriced_calls"),
                sum(rows, "tokens"),
                sum(rows, "unpriced_tokens"),
                costs);
    }

    private static Cell cell(Row row) {
        return new Cell(
                row.getBoolean("other_tier") ? BilledTier.OTHER : BilledTier.STANDARD,
                BilledPart.of(ChargeClass.ofLabel(row.getString("class"))));
    }

    private static long sum(List<Row> rows, String column) {
        return rows.stream().mapToLong(row -> row.getLong(column)).sum();
    }

    private static Key key(Row row) {
        return new Key(row.getLocalDate("day"), row.getString("provider"), row.getString("model"));
    }

    private static Tuple calls(Imported imported, String[] providers) {
        return Tuple.tuple()
                .addString(imported.tenant())
                .addLong(imported.firstDay().toEpochDay() * DAY_MICROS)
                .addLong((imported.lastDay().toEpochDay() + 1) * DAY_MICROS)
                .addArrayOfString(providers);
    }
}
