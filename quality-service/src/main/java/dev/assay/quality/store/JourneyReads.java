package dev.assay.quality.store;

import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.tenancy.TenantReads;
import dev.assay.platform.window.TimeRange;
import dev.assay.quality.app.Journeys;
import dev.assay.quality.domain.users.IsoWeek;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads sessions from the facts of calls, and retention from the hours in which users were seen. */
@ApplicationScoped
class JourneyReads implements Journeys {
    /** Calls of a trace that began so long before the range still belong to its query. */
    private static final int MARGIN_MINUTES = 10;

    private static final String SESSIONS = """
            with call as (
              select f.session_hash, f.series_id, f.event_time_us, f.minute, f.query_words,
                row_number() over (partition by f.session_hash, coalesce(f.trace_hash, f.event_hash)
                  order by f.event_time_us, f.event_hash) as nth
              from call_fact f
              where f.tenant = $1 and f.session_hash is not null and f.minute >= $5 and f.minute < $6),
            query as (
              select session_hash, series_id, minute, query_words is not null as told,
                coalesce(lead(event_time_us) over next - event_time_us <= 300000000
                  and assay_likeness(query_words, lead(query_words) over next) >= 0.5, false) as rephrased
              from call where nth = 1
              window next as (partition by session_hash order by event_time_us)),
            session as (
              select k.ord, q.session_hash, count(*) as queries, count(*) filter (where q.told) as told,
                count(*) filter (where q.rephrased) as rephrased%1$s
              from unnest($2::int[], $3::int[], $4::int[]) as k(ord, low, high)
              join query q on q.minute >= k.low and q.minute < k.high
              join series s on s.tenant = $1 and s.series_id = q.series_id
              where true%2$s
              group by k.ord, q.session_hash%1$s)
            select ord, sum(queries)::bigint as queries, sum(told)::bigint as told, sum(rephrased)::bigint as rephrased,
              count(*) as sessions, sum(queries * queries)::bigint as squares%3$s
            from session group by ord%3$s""";

    private static final String RETAINED = """
            with seen as (
              select (u.hour + 72) / 168 as week, u.user_hash%1$s
              from user_hour u join series s on s.tenant = u.tenant and s.series_id = u.series_id
              where u.tenant = $1 and u.hour >= $5 and u.hour < $6%2$s
              group by (u.hour + 72) / 168, u.user_hash%1$s having sum(u.events) > 0)
            select k.ord, count(*) as users, count(b.user_hash) as back%3$s
            from unnest($2::int[], $3::int[], $4::int[]) as k(ord, low, high)
            join seen a on a.week >= k.low and a.week < k.high
            left join seen b on b.week = a.week + 1 and b.user_hash = a.user_hash%4$s
            group by k.ord%3$s""";

    private static final String COHORTS = """
            with seen as (
              select (hour + 72) / 168 as week, user_hash from user_hour where tenant = $1 and hour < $3
              group by (hour + 72) / 168, user_hash having sum(events) > 0),
            first as (select user_hash, min(week) as week from seen group by user_hash having min(week) >= $2)
            select f.week, s.week - f.week as after, count(*) as users
            from first f join seen s on s.user_hash = f.user_hash group by f.week, s.week - f.week""";

    private final TenantReads reads;

    JourneyReads(TenantReads reads) {
        this.reads = reads;
    }

    private record Span(TimeRange range, int low, int high) {}

    @Override
    public Uni<Found<Sessions>> sessions(String tenant, KpiQuery query) {
        if (query.range().duration().compareTo(MOST_SESSION_RANGE) > 0) {
            return Uni.createFrom().item(new Found<>());
        }
        List<Span> spans = new ArrayList<>();
        for (TimeRange range : ranges(query)) {
            spans.add(new Span(range, Math.toIntExact(range.firstMinute()), Math.toIntExact(range.endMinute())));
        }
        Tuple values = spans(tenant, spans)
                .addInteger(spans.stream().mapToInt(Span::low).min().orElse(0) - MARGIN_MINUTES)
                .addInteger(spans.stream().mapToInt(Span::high).max().orElse(0) + MARGIN_MINUTES);
        String groups = SeriesFilter.groupColumns(query);
        String sql = SESSIONS.formatted(groups, SeriesFilter.sql(query, values), groups.replace("s.", ""));
        return read(
                tenant,
                query,
                spans,
                sql,
                values,
                row -> new Sessions(
                        row.getLong("queries"),
                        row.getLong("told"),
                        row.getLong("rephrased"),
                        row.getLong("sessions"),
                        row.getLong("squares")));
    }

    @Override
    public Uni<Found<Retained>> retained(String tenant, KpiQuery query) {
        IsoWeek current = IsoWeek.of(query.now());
        List<Span> spans = new ArrayList<>();
        for (TimeRange range : ranges(query)) {
            int low = IsoWeek.from(range.from()).index();
            int high = Math.min(IsoWeek.from(range.to()).index(), current.index() - 1); // the next one is over
            if (low < high) {
                spans.add(new Span(range, low, high));
            }
        }
        if (spans.isEmpty()) {
            return Uni.createFrom().item(new Found<>());
        }
        IsoWeek first = new IsoWeek(spans.stream().mapToInt(Span::low).min().orElseThrow());
        IsoWeek end = new IsoWeek(spans.stream().mapToInt(Span::high).max().orElseThrow() + 1);
        Tuple values = spans(tenant, spans).addInteger(first.firstHour()).addInteger(end.firstHour());
        String groups = SeriesFilter.groupColumns(query);
        StringBuilder same = new StringBuilder();
        query.groupBy()
                .forEach(dimension -> same.append(" and b.")
                        .append(dimension.wireName())
                        .append(" = a.")
                        .append(dimension.wireName()));
        String sql = RETAINED.formatted(
                groups, SeriesFilter.sql(query, values), groups.replace("s.", "a."), same.toString());
        return read(tenant, query, spans, sql, values, row -> new Retained(row.getLong("users"), row.getLong("back")));
    }

    @Override
    public Uni<List<Cohort>> cohorts(String tenant, int weeks, Instant now) {
        IsoWeek current = IsoWeek.of(now);
        Tuple values = Tuple.of(tenant, current.index() - weeks, current.firstHour());
        return reads.with(
                tenant,
                connection -> connection.preparedQuery(COHORTS).execute(values).map(rows -> {
                    Map<Integer, Map<Integer, Long>> byWeek = new TreeMap<>();
                    rows.forEach(row -> byWeek.computeIfAbsent(row.getInteger("week"), week -> new TreeMap<>())
                            .put(row.getInteger("after"), row.getLong("users")));
                    List<Cohort> cohorts = new ArrayList<>();
                    byWeek.forEach((week, after) -> {
                        List<Long> back = new ArrayList<>();
                        for (int i = 1; week + i < current.index(); i++) {
                            back.add(after.getOrDefault(i, 0L));
                        }
                        cohorts.add(new Cohort(new IsoWeek(week), after.getOrDefault(0, 0L), back));
                    });
                    return cohorts;
                }));
    }

    private interface Reading<T> {
        T of(Row row);
    }

    private <T> Uni<Found<T>> read(
            String tenant, KpiQuery query, List<Span> spans, String sql, Tuple values, Reading<T> reading) {
        return reads.with(
                tenant,
                connection -> connection.preparedQuery(sql).execute(values).map(rows -> {
                    Found<T> found = new Found<>();
                    for (Row row : rows) {
                        List<String> by = new ArrayList<>();
                        query.groupBy().forEach(dimension -> by.add(row.getString(dimension.wireName())));
                        found.put(
                                query.named(by),
                                spans.get(row.getInteger("ord")).range(),
                                reading.of(row));
                    }
                    return found;
                }));
    }

    private static List<TimeRange> ranges(KpiQuery query) {
        List<TimeRange> ranges = new ArrayList<>(query.steps().ranges());
        ranges.add(query.range());
        ranges.add(query.range().previous());
        return ranges;
    }

    private static Tuple spans(String tenant, List<Span> spans) {
        Integer[] ords = new Integer[spans.size()];
        for (int i = 0; i < ords.length; i++) {
            ords[i] = i;
        }
        return Tuple.of(tenant)
                .addArrayOfInteger(ords)
                .addArrayOfInteger(spans.stream().map(Span::low).toArray(Integer[]::new))
                .addArrayOfInteger(spans.stream().map(Span::high).toArray(Integer[]::new));
    }
}
