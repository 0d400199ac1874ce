package dev.assay.cost.store;

import dev.assay.cost.app.CostBreakdown;
import dev.assay.cost.app.LedgerQuery;
import dev.assay.platform.kpi.Dimension;
import dev.assay.platform.kpi.KpiQuery.InvalidParameter;
import dev.assay.platform.tenancy.TenantReads;
import dev.assay.platform.window.Minutes;
import dev.assay.platform.window.TimeRange;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sums the ledger by group in one pass over the range and the one before. */
@ApplicationScoped
class CostBreakdownReader implements CostBreakdown {
    private final TenantReads reads;

    CostBreakdownReader(TenantReads reads) {
        this.reads = reads;
    }

    @Override
    public Uni<List<Group>> read(String tenant, LedgerQuery query, List<String> by) {
        TimeRange range = query.range();
        LedgerQuery both = new LedgerQuery(
                new TimeRange(range.previous().from(), range.to()),
                query.filters(),
                query.userId(),
                query.taskId(),
                query.priceKey(),
                query.priceVersion(),
                query.unpricedReason());
        Tuple values = Tuple.tuple();
        String conditions = LedgerConditions.of(tenant, both, values);
        values.addLong(Minutes.startMicros(range.firstMinute()));
        String now = "l.start_us >= $" + values.size();
        values.addInteger(MOST_GROUPS + 1);
        String columns = by.stream().map(name -> column(name) + ", ").collect(Collectors.joining());
        String places = by.isEmpty()
                ? ""
                : " group by " + by.stream().map(CostBreakdownReader::column).collect(Collectors.joining(", "));
        String sql = """
            select %1$s count(*) filter (where %2$s) as calls,
              count(*) filter (where %2$s and l.list_cost is null) as unpriced_calls,
              coalesce(sum(l.tokens) filter (where %2$s), 0)::bigint as tokens,
              coalesce(sum(l.list_cost) filter (where %2$s), 0)::text as list_cost,
              count(*) filter (where %2$s and l.list_cost is not null and l.reported_cost is not null) as reported_calls,
              coalesce(sum(l.reported_cost) filter (where %2$s and l.list_cost is not null), 0)::text as reported_cost,
              coalesce(sum(l.list_cost) filter (where %2$s and l.reported_cost is not null), 0)::text as compared_cost,
              coalesce(sum(l.list_cost) filter (where not %2$s), 0)::text as previous_cost
            from ledger l left join series s on s.tenant = l.tenant and s.series_id = l.series_id
            where %3$s%4$s limit $%5$d""".formatted(columns, now, conditions, places, values.size());
        return reads.with(
                tenant,
                connection -> connection.preparedQuery(sql).execute(values).map(rows -> {
                    if (rows.size() > MOST_GROUPS) {
                        throw new InvalidParameter(
                                "group_by",
                                "must give at most " + MOST_GROUPS + " groups; take a filter or a shorter range");
                    }
                    List<Group> groups = new ArrayList<>();
                    rows.forEach(row -> groups.add(group(by, row)));
                    return groups;
                }));
    }

    /** A column's name; nothing that came from outside gets this far without being one of these. */
    private static String column(String name) {
        if (Dimension.find(name).isPresent()) {
            return "s." + name;
        }
        if (LEDGER_COLUMNS.contains(name)) {
            return "l." + name;
        }
        throw new IllegalArgumentException("no column to split by: " + name);
    }

    private static Group group(List<String> by, Row row) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        by.forEach(name -> values.put(name, row.getString(name)));
        return new Group(
                values,
                row.getLong("calls"),
                row.getLong("unpriced_calls"),
                row.getLong("tokens"),
                new BigDecimal(row.getString("list_cost")),
                row.getLong("reported_calls"),
                new BigDecimal(row.getString("reported_cost")),
                new BigDecimal(row.getString("compared_cost")),
                new BigDecimal(row.getString("previous_cost")));
    }
}
