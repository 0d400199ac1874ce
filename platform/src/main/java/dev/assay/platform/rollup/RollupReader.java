package dev.assay.platform.rollup;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.platform.kpi.Dimension;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.Step;
import dev.assay.platform.kpi.Windows.GroupWindows;
import dev.assay.platform.tenancy.TenantReads;
import dev.assay.platform.window.WindowState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a KPI query asks for: windows merged over series and sources, by group and step.
 *
 * <p>An hour that lies whole within one step is read from its row, unless it is marked dirty; all else from minutes.
 */
@ApplicationScoped
public class RollupReader {
    /** What a reader needs to know of the range. */
    public enum Detail {
        /** Sums and distributions. */
        SUMS,
        /** Also peaks and uptime, which only minutes tell; given up over {@link KpiQuery#MAX_PEAK_RANGE}. */
        MINUTES
    }

    private final TenantReads reads;

    RollupReader(TenantReads reads) {
        this.reads = reads;
    }

    /** The groups of a query, with the totals of the period before; without {@code group_by} exactly one. */
    public Uni<List<GroupWindows>> read(String tenant, KpiQuery query, Detail detail) {
        return reads.with(
                tenant,
                connection -> series(connection, tenant, query)
                        .chain(series -> groups(connection, tenant, query, detail, series)
                                .chain(now -> groups(connection, tenant, query.previous(), Detail.SUMS, series)
                                        .map(before -> joined(query, detail, now, before)))));
    }

    /** As {@link #read}, without the period before: its totals are empty. */
    public Uni<List<GroupWindows>> readRange(String tenant, KpiQuery query, Detail detail) {
        return reads.with(
                tenant,
                connection -> series(connection, tenant, query)
                        .chain(series -> groups(connection, tenant, query, detail, series))
                        .map(now -> joined(query, detail, now, Map.of())));
    }

    private static List<GroupWindows> joined(
            KpiQuery query, Detail detail, Map<List<String>, GroupFold> now, Map<List<String>, GroupFold> before) {
        boolean minutes = hasMinutes(query, detail);
        List<GroupWindows> groups = new ArrayList<>();
        query.requireAnswerable(Math.max(1, now.size()));
        if (now.isEmpty() && query.groupBy().isEmpty()) {
            now = Map.of(List.of(), new GroupFold(query));
        }
        now.forEach((by, fold) -> {
            GroupFold previous = before.get(by);
            groups.add(fold.windows(query.named(by), previous == null ? new WindowState() : previous.total(), minutes));
        });
        return groups;
    }

    private static boolean hasMinutes(KpiQuery query, Detail detail) {
        return detail == Detail.MINUTES && query.range().duration().compareTo(KpiQuery.MAX_PEAK_RANGE) <= 0;
    }

    private static Uni<Map<Long, List<String>>> series(SqlConnection connection, String tenant, KpiQuery query) {
        StringBuilder sql = new StringBuilder("select * from series where tenant = $1");
        Tuple values = Tuple.of(tenant);
        query.filters().forEach((dimension, wanted) -> {
            values.addArrayOfString(wanted.toArray(String[]::new));
            sql.append(" and ")
                    .append(dimension.wireName())
                    .append(" = any($")
                    .append(values.size())
                    .append(')');
        });
        return connection.preparedQuery(sql.toString()).execute(values).map(rows -> {
            Map<Long, List<String>> groups = new HashMap<>();
            for (Row row : rows) {
                Dimensions dimensions = WindowPublisher.dimensions(row);
                List<String> by = new ArrayList<>();
                for (Dimension dimension : query.groupBy()) {
                    by.add(dimension.of(dimensions));
                }
                groups.put(row.getLong("series_id"), by);
            }
            return groups;
        });
    }

    private static Uni<Map<List<String>, GroupFold>> groups(
            SqlConnection connection, String tenant, KpiQuery query, Detail detail, Map<Long, List<String>> series) {
        Map<List<String>, GroupFold> groups = new LinkedHashMap<>();
        if (series.isEmpty()) {
            return Uni.createFrom().item(groups);
        }
        Long @Nullable [] ids =
                query.filters().isEmpty() ? null : series.keySet().toArray(Long[]::new);
        return cleanHours(connection, tenant, query, hasMinutes(query, detail))
                .chain(spans -> readHours(connection, tenant, spans, ids)
                        .invoke(rows -> rows.forEach(row -> fold(groups, query, series, row, true)))
                        .chain(() -> readMinutes(connection, tenant, spans, ids)))
                .map(rows -> {
                    rows.forEach(row -> fold(groups, query, series, row, false));
                    return groups;
                });
    }

    private static void fold(
            Map<List<String>, GroupFold> groups,
            KpiQuery query,
            Map<Long, List<String>> series,
            Row row,
            boolean hour) {
        List<String> by = series.get(row.getLong(1));
        if (by != null) { // otherwise a series that came after the series were read
            groups.computeIfAbsent(by, key -> new GroupFold(query)).add(row, hour);
        }
    }

    private static Uni<Spans> cleanHours(SqlConnection connection, String tenant, KpiQuery query, boolean minutesOnly) {
        long from = query.range().firstMinute();
        long to = query.range().endMinute();
        if (minutesOnly || query.step() == Step.MINUTE) {
            return Uni.createFrom().item(Spans.minutesOnly(from, to));
        }
        return connection
                .preparedQuery("select distinct hour from hour_dirty where tenant = $1 and hour >= $2 and hour <= $3")
                .execute(Tuple.of(tenant, (int) Math.floorDiv(from, 60L), (int) Math.floorDiv(to, 60L)))
                .map(rows -> {
                    Set<Integer> dirty = new HashSet<>();
                    rows.forEach(row -> dirty.add(row.getInteger(0)));
                    return Spans.of(query, dirty);
                });
    }

    private static Uni<Iterable<Row>> readHours(
            SqlConnection connection, String tenant, Spans spans, Long @Nullable [] series) {
        if (spans.hours().isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return read(connection, "hour", "rollup_hour", tenant, spans.hours(), series);
    }

    private static Uni<Iterable<Row>> readMinutes(
            SqlConnection connection, String tenant, Spans spans, Long @Nullable [] series) {
        if (spans.minutes().isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return read(connection, "minute", "rollup_minute", tenant, spans.minutes(), series);
    }

    private static Uni<Iterable<Row>> read(
            SqlConnection connection,
            String column,
            String table,
            String tenant,
            List<Spans.Span> spans,
            Long @Nullable [] series) {
        String sql = """
                select r.%1$s, r.series_id, r.source, r.generation, r.position, r.state
                from unnest($2::int[], $3::int[]) as span(low, high)
                join %2$s r on r.tenant = $1 and r.%1$s >= span.low and r.%1$s < span.high
                where ($4::bigint[] is null or r.series_id = any($4::bigint[]))
                order by r.%1$s""".formatted(column, table);
        return connection
                .preparedQuery(sql)
                .execute(Tuple.tuple()
                        .addString(tenant)
                        .addArrayOfInteger(spans.stream().map(Spans.Span::low).toArray(Integer[]::new))
                        .addArrayOfInteger(spans.stream().map(Spans.Span::high).toArray(Integer[]::new))
                        .addArrayOfLong(series))
                .map(rows -> rows);
    }
}
