package dev.assay.quality.store;

import dev.assay.platform.kpi.Dimension;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.tenancy.TenantReads;
import dev.assay.platform.window.TimeRange;
import dev.assay.platform.window.WindowState;
import dev.assay.quality.app.CallsOfFeedback;
import dev.assay.quality.app.Journeys.Found;
import dev.assay.quality.domain.users.Satisfaction;
import dev.assay.quality.domain.users.TaskResult;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Joins feedback and outcomes with the series of the calls that they are about. */
@ApplicationScoped
class CallsOfFeedbackReads implements CallsOfFeedback {
    /** A dimension of what was said itself, else of its calls if they agree in it. */
    private static final String RESOLVED = columns("coalesce(nullif(o.%1$s, ''), c.%1$s, '') as %1$s");

    /** One value, or none when the calls differ. */
    private static final String AGREED = columns("case when min(d.%1$s) = max(d.%1$s) then min(d.%1$s) end as %1$s");

    /** %1$s the filter, %2$s the columns to group by, each behind a comma. */
    private static final String RATINGS = """
            with s as (
              select f.minute, f.stars, f.nps, RESOLVED
              from feedback f join series o on o.tenant = f.tenant and o.series_id = f.series_id
              left join lateral (
                select AGREED
                from (
                  select r.series_id from call_score r
                  where r.tenant = f.tenant and r.event_hash = f.call_hash and not r.withdrawn
                  union all
                  select r.series_id from call_text t
                  join call_score r on r.tenant = t.tenant and r.event_hash = t.event_hash and not r.withdrawn
                  where f.call_hash is null and t.tenant = f.tenant and t.trace_hash = f.trace_hash) r
                join series d on d.tenant = $1 and d.series_id = r.series_id) c on true
              where f.tenant = $1 and f.minute >= $5 and f.minute < $6 and (f.stars is not null or f.nps is not null))
            select k.ord, s.stars, s.nps, count(*) as n%2$s
            from unnest($2::int[], $3::int[], $4::int[]) as k(ord, low, high)
            join s on s.minute >= k.low and s.minute < k.high
            where true%1$s group by k.ord, s.stars, s.nps%2$s""".replace("RESOLVED", RESOLVED).replace("AGREED", AGREED);

    /** Successes of about the same time are put together: within a 64th of a doubling, as in the histograms. */
    private static final String TASKS = """
            with s as (
              select t.minute, t.success, t.duration_us,
                ceil(64 * log(2, greatest(t.duration_us, 1)::numeric))::int as about, RESOLVED
              from task_outcome t join series o on o.tenant = t.tenant and o.series_id = t.series_id
              left join lateral (
                select AGREED
                from call_fact f join series d on d.tenant = f.tenant and d.series_id = f.series_id
                where f.tenant = t.tenant and f.user_hash = t.user_hash and (o.app = '' or d.app = o.app)
                  and f.event_time_us >= t.minute * 60000000::bigint - t.duration_us
                  and f.event_time_us < (t.minute + 1) * 60000000::bigint) c on true
              where t.tenant = $1 and t.minute >= $5 and t.minute < $6)
            select k.ord, s.success, max(s.duration_us) as duration_us, count(*) as n%2$s
            from unnest($2::int[], $3::int[], $4::int[]) as k(ord, low, high)
            join s on s.minute >= k.low and s.minute < k.high
            where true%1$s group by k.ord, s.success, s.about%2$s""".replace("RESOLVED", RESOLVED).replace("AGREED", AGREED);

    private final TenantReads reads;

    CallsOfFeedbackReads(TenantReads reads) {
        this.reads = reads;
    }

    private record Part(Map<String, String> by, TimeRange range) {}

    private interface Reading {
        void addTo(WindowState window, Row row);
    }

    @Override
    public Uni<Found<WindowState>> read(String tenant, KpiQuery query) {
        if (query.range().duration().compareTo(MOST_RANGE) > 0) {
            return Uni.createFrom().item(new Found<>());
        }
        List<TimeRange> ranges = new ArrayList<>(query.steps().ranges());
        ranges.add(query.range());
        ranges.add(query.range().previous());
        Map<Part, WindowState> windows = new HashMap<>();
        return reads.with(
                tenant,
                connection -> read(connection, RATINGS, tenant, query, ranges, windows, CallsOfFeedbackReads::rating)
                        .chain(() ->
                                read(connection, TASKS, tenant, query, ranges, windows, CallsOfFeedbackReads::task))
                        .map(done -> {
                            Found<WindowState> found = new Found<>();
                            windows.forEach((part, window) -> found.put(part.by(), part.range(), window));
                            return found;
                        }));
    }

    private static Uni<Void> read(
            SqlConnection connection,
            String sql,
            String tenant,
            KpiQuery query,
            List<TimeRange> ranges,
            Map<Part, WindowState> into,
            Reading reading) {
        Tuple values = spans(tenant, ranges);
        String filled = sql.formatted(SeriesFilter.sql(query, values), SeriesFilter.groupColumns(query));
        return connection
                .preparedQuery(filled)
                .execute(values)
                .invoke(rows -> {
                    for (Row row : rows) {
                        List<String> by = new ArrayList<>();
                        query.groupBy().forEach(dimension -> by.add(row.getString(dimension.wireName())));
                        Part part = new Part(query.named(by), ranges.get(row.getInteger("ord")));
                        reading.addTo(into.computeIfAbsent(part, at -> new WindowState()), row);
                    }
                })
                .replaceWithVoid();
    }

    private static void rating(WindowState window, Row row) {
        new Satisfaction(whole(row.getShort("stars")), whole(row.getShort("nps"))).addTo(window, row.getLong("n"));
    }

    private static void task(WindowState window, Row row) {
        new TaskResult(row.getBoolean("success"), row.getLong("duration_us")).addTo(window, row.getLong("n"));
    }

    private static @Nullable Integer whole(@Nullable Short value) {
        return value == null ? null : Integer.valueOf(value);
    }

    private static Tuple spans(String tenant, List<TimeRange> ranges) {
        Integer[] ords = new Integer[ranges.size()];
        Integer[] lows = new Integer[ranges.size()];
        Integer[] highs = new Integer[ranges.size()];
        for (int i = 0; i < ords.length; i++) {
            ords[i] = i;
            lows[i] = Math.toIntExact(ranges.get(i).firstMinute());
            highs[i] = Math.toIntExact(ranges.get(i).endMinute());
        }
        return Tuple.of(tenant)
                .addArrayOfInteger(ords)
                .addArrayOfInteger(lows)
                .addArrayOfInteger(highs)
                .addInteger(
                        Arrays.stream(lows).mapToInt(Integer::intValue).min().orElse(0))
                .addInteger(
                        Arrays.stream(highs).mapToInt(Integer::intValue).max().orElse(0));
    }

    /** Of each dimension, behind commas. */
    private static String columns(String of) {
        return Arrays.stream(Dimension.values())
                .map(dimension -> of.formatted(dimension.wireName()))
                .collect(Collectors.joining(", "));
    }
}
