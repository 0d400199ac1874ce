package dev.assay.cost.store;

import dev.assay.cost.app.UserCosts;
import dev.assay.platform.kpi.Dimension;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.Step;
import dev.assay.platform.tenancy.TenantReads;
import dev.assay.platform.window.Minutes;
import dev.assay.platform.window.TimeRange;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Counts users from their hourly rows, and from the ledger for the parts of an hour at the ends of a range: distinct over
 * sources and hours, so nobody counts twice, and exact for any range.
 */
@ApplicationScoped
class UserCostReader implements UserCosts {
    private final TenantReads reads;

    UserCostReader(TenantReads reads) {
        this.reads = reads;
    }

    @Override
    public Uni<Figures> read(String tenant, KpiQuery query) {
        List<TimeRange> steps = query.steps().ranges();
        boolean tellsSteps = !steps.isEmpty() && query.step() != Step.MINUTE && startOnHours(steps);
        Figures figures = new Figures(tellsSteps);
        TimeRange range = query.range();
        return reads.with(
                        tenant,
                        connection -> read(connection, tenant, query, List.of(range), figures)
                                .chain(() -> read(connection, tenant, query, List.of(range.previous()), figures))
                                .chain(() -> tellsSteps
                                        ? read(connection, tenant, query, steps, figures)
                                        : Uni.createFrom().voidItem()))
                .replaceWith(figures);
    }

    /** Reads adjoining ranges in one statement. */
    private static Uni<Void> read(
            SqlConnection connection, String tenant, KpiQuery query, List<TimeRange> ranges, Figures figures) {
        long from = ranges.get(0).firstMinute();
        long to = ranges.get(ranges.size() - 1).endMinute();
        long firstHour = Math.floorDiv(from + 59, 60L);
        long endHour = Math.max(firstHour, Math.floorDiv(to, 60L));
        boolean hasHours = endHour > firstHour;
        long headEnd = hasHours ? firstHour * 60 : to;
        long tailStart = hasHours ? endHour * 60 : to;
        Tuple values = Tuple.tuple()
                .addString(tenant)
                .addInteger((int) firstHour)
                .addInteger((int) endHour)
                .addLong(Minutes.startMicros(from))
                .addLong(Minutes.startMicros(headEnd))
                .addLong(Minutes.startMicros(tailStart))
                .addLong(Minutes.startMicros(to))
                .addArrayOfInteger(ranges.stream()
                        .map(range -> Math.toIntExact(range.firstMinute()))
                        .toArray(Integer[]::new));
        String sql = sql(query, values);
        return connection
                .preparedQuery(sql)
                .execute(values)
                .invoke(rows -> rows.forEach(row -> figures.put(
                        query.named(group(query, row)), ranges.get(row.getInteger("step") - 1), figure(row))))
                .replaceWithVoid();
    }

    private static String sql(KpiQuery query, Tuple values) {
        String by = query.groupBy().stream()
                .map(dimension -> ", s." + dimension.wireName())
                .collect(Collectors.joining());
        StringBuilder filters = new StringBuilder();
        query.filters().forEach((dimension, wanted) -> {
            values.addArrayOfString(wanted.toArray(String[]::new));
            filters.append(" and s.")
                    .append(dimension.wireName())
                    .append(" = any($")
                    .append(values.size())
                    .append(')');
        });
        return """
            select step%2$s, count(*) as users, sum(calls)::bigint as calls, sum(list_cost)::text as list_cost
            from (
              select u.step%1$s, u.user_hash, sum(u.calls) as calls, sum(u.list_cost) as list_cost
              from (
                select width_bucket(hour * 60, $8::int[]) as step, series_id, user_hash, calls, list_cost
                from user_hour where tenant = $1 and hour >= $2 and hour < $3
                union all
                select width_bucket((start_us / 60000000)::int, $8::int[]), series_id, user_hash, 1,
                  coalesce(list_cost, 0)
                from ledger where tenant = $1 and user_hash is not null and not withdrawn
                  and (start_us >= $4 and start_us < $5 or start_us >= $6 and start_us < $7)) u
              join series s on s.tenant = $1 and s.series_id = u.series_id%3$s
              group by u.step%1$s, u.user_hash having sum(u.calls) > 0) active
            group by step%2$s""".formatted(by, by.replace("s.", ""), filters);
    }

    private static List<String> group(KpiQuery query, Row row) {
        List<String> by = new ArrayList<>();
        for (Dimension dimension : query.groupBy()) {
            by.add(row.getString(dimension.wireName()));
        }
        return by;
    }

    private static Figure figure(Row row) {
        return new Figure(row.getLong("users"), row.getLong("calls"), new BigDecimal(row.getString("list_cost")));
    }

    private static boolean startOnHours(List<TimeRange> steps) {
        return steps.stream().skip(1).allMatch(step -> step.firstMinute() % 60 == 0);
    }
}
