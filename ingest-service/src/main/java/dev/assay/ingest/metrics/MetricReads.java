package dev.assay.ingest.metrics;

import dev.assay.ingest.domain.metrics.Histogram;
import dev.assay.platform.tenancy.TenantReads;
import dev.assay.platform.window.TimeRange;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what metrics grew by in a range.
 *
 * <p>Deltas are added. A cumulative stream grew, per start, by the difference between its last point in the range and the last
 * before it; where there is none before, by all since its start if that lies in the range, else from its first point there on:
 * what it had counted before is nobody's to place.
 */
@ApplicationScoped
class MetricReads {
    /** Kept points end, so a range that begins within their minute must not miss them: slots are compared by their time. */
    private static final String POINTS = """
            with grown as (
              select p.stream, 1 as sign, p.count, p.sum, p.bounds, p.buckets
              from metric_point p where p.tenant = $1 and p.delta and p.time_us >= $2 and p.time_us < $3
              union all
              select last.stream, 1, last.count, last.sum, last.bounds, last.buckets
              from (select distinct on (stream, start_us) * from metric_point
                where tenant = $1 and not delta and time_us >= $2 and time_us < $3
                order by stream, start_us, time_us desc) last
              union all
              select before.stream, -1, before.count, before.sum, before.bounds, before.buckets
              from (select stream, start_us, min(time_us) as first_us from metric_point
                where tenant = $1 and not delta and time_us >= $2 and time_us < $3 group by stream, start_us) seen
              cross join lateral (
                select p.* from metric_point p
                where p.tenant = $1 and p.stream = seen.stream and p.start_us = seen.start_us and not p.delta
                  and (p.time_us < $2 or (p.time_us = seen.first_us and seen.start_us < $2))
                order by p.time_us < $2 desc, p.time_us desc limit 1) before
            )
            select s.name, s.app, s.environment, s.provider, s.operation, s.model, s.token_type, s.error_type,
              g.sign, g.count, g.sum, g.bounds, g.buckets
            from grown g join metric_stream s on s.tenant = $1 and s.stream = g.stream
            where $4::text is null or s.name = $4""";

    private final TenantReads reads;

    MetricReads(TenantReads reads) {
        this.reads = reads;
    }

    /** What figures are split by, in the order of the columns. */
    record Group(List<String> labels) {}

    /** What one group grew by. */
    static final class Growth {
        private @Nullable Long count;
        private @Nullable Double sum;
        private final Map<List<Double>, Histogram> histograms = new HashMap<>();

        @Nullable
        Long count() {
            return count;
        }

        @Nullable
        Double sum() {
            return sum;
        }

        /** All buckets, or null when there are none or their bounds differ. */
        @Nullable
        Histogram histogram() {
            return histograms.size() == 1 ? histograms.values().iterator().next() : null;
        }

        private void add(Row row) {
            int sign = row.getInteger("sign");
            Long more = row.getLong("count");
            Double moreSum = row.getDouble("sum");
            if (more != null) {
                count = (count == null ? 0 : count) + sign * more;
            }
            if (moreSum != null) {
                sum = (sum == null ? 0 : sum) + sign * moreSum;
            }
            Double[] bounds = row.getArrayOfDoubles("bounds");
            Long[] buckets = row.getArrayOfLongs("buckets");
            if (bounds != null && buckets != null) {
                Histogram histogram = new Histogram(Arrays.asList(bounds), Arrays.asList(buckets));
                List<Long> zeros = new ArrayList<>(java.util.Collections.nCopies(buckets.length, 0L));
                histograms.merge(
                        histogram.bounds(),
                        new Histogram(histogram.bounds(), zeros).plus(histogram, sign),
                        (one, other) -> one.plus(other, 1));
            }
        }
    }

    /** What grew in a range, by group; {@code name} limits it to one metric. */
    Uni<Map<Group, Growth>> read(String tenant, TimeRange range, @Nullable String name) {
        Tuple values = Tuple.of(tenant, micros(range.from()), micros(range.to()), name);
        return reads.with(
                tenant,
                connection -> connection.preparedQuery(POINTS).execute(values).map(rows -> {
                    Map<Group, Growth> growth = new HashMap<>();
                    for (Row row : rows) {
                        growth.computeIfAbsent(group(row), key -> new Growth()).add(row);
                    }
                    return growth;
                }));
    }

    private static Group group(Row row) {
        List<String> labels = new ArrayList<>();
        for (int column = 0; column < 8; column++) {
            labels.add(row.getString(column));
        }
        return new Group(labels);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
