package dev.assay.quality.store;

import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.tenancy.TenantReads;
import dev.assay.platform.window.TimeRange;
import dev.assay.quality.app.FeedbackReads;
import dev.assay.quality.domain.users.Issue;
import dev.assay.quality.domain.users.QueryGroups.RatedQuery;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads feedback: the lowest rated first, and what it complains about. */
@ApplicationScoped
class FeedbackTableReads implements FeedbackReads {
    private static final String FROM = """
            from feedback f join series s on s.tenant = f.tenant and s.series_id = f.series_id
            left join lateral (
              select t.query from call_text t
              where t.tenant = f.tenant and (t.event_hash = f.call_hash or (f.call_hash is null and t.trace_hash = f.trace_hash))
              order by t.minute, t.event_hash limit 1) q on true
            where f.tenant = $1 and f.minute >= $2 and f.minute < $3""";

    private static final String ISSUES = """
            select b.bit, count(*) as reports,
              (array_agg(f.comment order by f.event_time_us desc, f.event_hash) filter (where f.comment <> ''))[1:3] as examples
            from feedback f join series s on s.tenant = f.tenant and s.series_id = f.series_id
            cross join generate_series(0, 30) as b(bit)
            where f.tenant = $1 and f.minute >= $2 and f.minute < $3 and (f.issues >> b.bit) & 1 = 1%s
            group by b.bit""";

    private static final String WITH_WORDS = """
            select count(*) from feedback f join series s on s.tenant = f.tenant and s.series_id = f.series_id
            where f.tenant = $1 and f.minute >= $2 and f.minute < $3 and (f.comment <> '' or f.category <> '')%s""";

    private final TenantReads reads;

    FeedbackTableReads(TenantReads reads) {
        this.reads = reads;
    }

    @Override
    public Uni<List<Item>> lowest(
            String tenant,
            KpiQuery query,
            int mostStars,
            @Nullable String callEventId,
            int limit,
            @Nullable Place after) {
        Tuple values = range(tenant, query.range()).addShort((short) mostStars);
        String filter = SeriesFilter.sql(query, values);
        if (callEventId != null) {
            filter += " and f.call_event_id = $" + values.addString(callEventId).size();
        }
        String place = "";
        if (after != null) {
            int first = values.size() + 1;
            values.addShort((short) after.stars()).addLong(-after.eventTimeUs()).addUUID(after.hash());
            place = " and (f.stars, -f.event_time_us, f.event_hash) > ($%d, $%d, $%d)"
                    .formatted(first, first + 1, first + 2);
        }
        values.addInteger(limit);
        String sql = "select f.*, s.app, s.environment, q.query " + FROM + " and f.stars <= $4" + filter + place
                + " order by f.stars, -f.event_time_us, f.event_hash limit $" + values.size();
        return reads.with(
                tenant,
                connection -> connection.preparedQuery(sql).execute(values).map(rows -> {
                    List<Item> items = new ArrayList<>();
                    rows.forEach(row -> items.add(item(row)));
                    return items;
                }));
    }

    @Override
    public Uni<List<RatedQuery>> lowRatedQueries(String tenant, KpiQuery query, int mostStars, int limit) {
        return lowest(tenant, query, mostStars, null, limit, null)
                .map(items -> items.stream()
                        .filter(item -> item.query() != null)
                        .map(item -> new RatedQuery(String.valueOf(item.query()), item.stars()))
                        .toList());
    }

    @Override
    public Uni<Complaints> complaints(String tenant, KpiQuery query, TimeRange range) {
        Tuple values = range(tenant, range);
        String filter = SeriesFilter.sql(query, values);
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery(WITH_WORDS.formatted(filter))
                        .execute(values)
                        .chain(total -> connection
                                .preparedQuery(ISSUES.formatted(filter))
                                .execute(values)
                                .map(rows ->
                                        new Complaints(total.iterator().next().getLong(0), reports(rows)))));
    }

    private static Tuple range(String tenant, TimeRange range) {
        return Tuple.of(tenant, Math.toIntExact(range.firstMinute()), Math.toIntExact(range.endMinute()));
    }

    private static Map<Issue, Reports> reports(RowSet<Row> rows) {
        Map<Issue, Reports> reports = new EnumMap<>(Issue.class);
        for (Row row : rows) {
            int bit = row.getInteger("bit");
            if (bit < Issue.values().length) {
                String[] examples = row.getArrayOfStrings("examples");
                reports.put(
                        Issue.values()[bit],
                        new Reports(row.getLong("reports"), examples == null ? List.of() : List.of(examples)));
            }
        }
        return reports;
    }

    private static Item item(Row row) {
        return new Item(
                row.getUUID("event_hash"),
                row.getString("event_id"),
                row.getLong("event_time_us"),
                row.getString("app"),
                row.getString("environment"),
                row.getShort("stars"),
                row.getBoolean("thumb_up"),
                row.getString("comment"),
                row.getString("category"),
                Issue.ofBits(row.getInteger("issues")),
                row.getString("call_event_id"),
                row.getString("query"));
    }
}
