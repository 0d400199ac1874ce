package dev.assay.quality.store;

import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.tenancy.TenantReads;
import dev.assay.platform.window.TimeRange;
import dev.assay.quality.app.ActiveUsers;
import dev.assay.quality.app.ActiveUsers.Counts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the distinct users of calls, feedback and outcomes in a range, exactly: whole hours from {@code user_hour}, the
 * minutes at its edges from the rows themselves.
 */
@ApplicationScoped
class ActiveUserCount implements ActiveUsers {
    private static final int HOUR = 60;

    private static final String COUNT = """
            with seen as (
              select k.ord, u.series_id, u.user_hash
              from unnest($2::int[], $3::int[], $4::int[]) as k(ord, low, high)
              join user_hour u on u.tenant = $1 and u.hour >= k.low and u.hour < k.high
              group by k.ord, u.hour, u.series_id, u.user_hash having sum(u.events) > 0
              union all
              select k.ord, c.series_id, c.user_hash
              from unnest($5::int[], $6::int[], $7::int[]) as k(ord, low, high)
              join call_score c on c.tenant = $1 and c.minute >= k.low and c.minute < k.high
              where c.user_hash is not null and not c.withdrawn
              union all
              select k.ord, f.series_id, f.user_hash
              from unnest($5::int[], $6::int[], $7::int[]) as k(ord, low, high)
              join feedback f on f.tenant = $1 and f.minute >= k.low and f.minute < k.high
              where f.user_hash is not null
              union all
              select k.ord, t.series_id, t.user_hash
              from unnest($5::int[], $6::int[], $7::int[]) as k(ord, low, high)
              join task_outcome t on t.tenant = $1 and t.minute >= k.low and t.minute < k.high
              where t.user_hash is not null)
            select seen.ord, count(distinct seen.user_hash) as users%1$s
            from seen join series s on s.tenant = $1 and s.series_id = seen.series_id
            where true%2$s
            group by seen.ord%1$s""";

    private final TenantReads reads;

    ActiveUserCount(TenantReads reads) {
        this.reads = reads;
    }

    @Override
    public Uni<Counts> count(String tenant, KpiQuery query) {
        List<TimeRange> ranges = new ArrayList<>(query.steps().ranges());
        ranges.add(query.range());
        ranges.add(query.range().previous());
        Tuple values = Tuple.of(tenant);
        addSpans(ranges, values);
        String sql = COUNT.formatted(SeriesFilter.groupColumns(query), SeriesFilter.sql(query, values));
        return reads.with(
                tenant,
                connection -> connection.preparedQuery(sql).execute(values).map(rows -> {
                    Counts counts = new Counts();
                    for (Row row : rows) {
                        List<String> by = new ArrayList<>();
                        query.groupBy().forEach(dimension -> by.add(row.getString(dimension.wireName())));
                        counts.put(query.named(by), ranges.get(row.getInteger("ord")), row.getLong("users"));
                    }
                    return counts;
                }));
    }

    /** The whole hours of each range as hours, what is left at its edges as minutes. */
    private static void addSpans(List<TimeRange> ranges, Tuple values) {
        record Span(int ord, long low, long high) {}
        List<Span> hours = new ArrayList<>();
        List<Span> minutes = new ArrayList<>();
        for (int ord = 0; ord < ranges.size(); ord++) {
            long from = ranges.get(ord).firstMinute();
            long to = ranges.get(ord).endMinute();
            long firstHour = Math.floorDiv(from + HOUR - 1, HOUR);
            long endHour = Math.floorDiv(to, HOUR);
            if (firstHour < endHour) {
                hours.add(new Span(ord, firstHour, endHour));
                minutes.add(new Span(ord, from, firstHour * HOUR));
                minutes.add(new Span(ord, endHour * HOUR, to));
            } else {
                minutes.add(new Span(ord, from, to));
            }
        }
        for (List<Span> spans : List.of(hours, minutes)) {
            List<Span> kept =
                    spans.stream().filter(span -> span.low() < span.high()).toList();
            values.addArrayOfInteger(kept.stream().map(Span::ord).toArray(Integer[]::new))
                    .addArrayOfInteger(kept.stream()
                            .map(span -> Math.toIntExact(span.low()))
                            .toArray(Integer[]::new))
                    .addArrayOfInteger(kept.stream()
                            .map(span -> Math.toIntExact(span.high()))
                            .toArray(Integer[]::new));
        }
    }
}
