package dev.assay.quality.store;

import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.tenancy.TenantReads;
import dev.assay.platform.window.TimeRange;
import dev.assay.quality.app.JudgedSums;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Adds up judged scores by range and group. */
@ApplicationScoped
class JudgedSumsTable implements JudgedSums {
    private static final String SUM = """
            select k.ord, j.criterion, count(*) as n, sum(j.weight) as weight,
              coalesce(sum(j.weight) filter (where j.score >= 4), 0) as good_weight, sum(j.weight * j.weight) as squares,
              sum(j.weight * j.score) as weighted_scores, sum(j.weight * j.score * j.score) as weighted_squares%1$s
            from unnest($2::int[], $3::int[], $4::int[]) as k(ord, low, high)
            join judge_score j on j.tenant = $1 and j.epoch = $5 and j.minute >= k.low and j.minute < k.high
            join judge_task t on t.tenant = j.tenant and t.event_hash = j.event_hash and t.epoch = j.epoch and t.state = 1
            join series s on s.tenant = j.tenant and s.series_id = j.series_id
            where true%2$s
            group by k.ord, j.criterion%1$s""";

    private final TenantReads reads;

    JudgedSumsTable(TenantReads reads) {
        this.reads = reads;
    }

    @Override
    public Uni<Found> sum(String tenant, String epoch, KpiQuery query) {
        List<TimeRange> ranges = new ArrayList<>(query.steps().ranges());
        ranges.add(query.range());
        ranges.add(query.range().previous());
        Integer[] ords = new Integer[ranges.size()];
        Integer[] lows = new Integer[ranges.size()];
        Integer[] highs = new Integer[ranges.size()];
        for (int i = 0; i < ords.length; i++) {
            ords[i] = i;
            lows[i] = Math.toIntExact(ranges.get(i).firstMinute());
            highs[i] = Math.toIntExact(ranges.get(i).endMinute());
        }
        Tuple values = Tuple.of(tenant)
                .addArrayOfInteger(ords)
                .addArrayOfInteger(lows)
                .addArrayOfInteger(highs)
                .addString(epoch);
        String sql = SUM.formatted(SeriesFilter.groupColumns(query), SeriesFilter.sql(query, values));
        return reads.with(
                tenant,
                connection -> connection.preparedQuery(sql).execute(values).map(rows -> {
                    Found found = new Found();
                    for (Row row : rows) {
                        List<String> by = new ArrayList<>();
                        query.groupBy().forEach(dimension -> by.add(row.getString(dimension.wireName())));
                        found.put(
                                query.named(by),
                                ranges.get(row.getInteger("ord")),
                                row.getString("criterion"),
                                new Sums(
                                        row.getLong("n"),
                                        row.getDouble("weight"),
                                        row.getDouble("good_weight"),
                                        row.getDouble("squares"),
                                        row.getDouble("weighted_scores"),
                                        row.getDouble("weighted_squares")));
                    }
                    return found;
                }));
    }
}
