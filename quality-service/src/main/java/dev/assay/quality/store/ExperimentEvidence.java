package dev.assay.quality.store;

import dev.assay.platform.stats.WelchT;
import dev.assay.quality.app.Experiments.Evidence;
import dev.assay.quality.app.Experiments.Experiment;
import dev.assay.quality.domain.experiment.Metric;
import dev.assay.quality.domain.experiment.Variant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What the units of an experiment did: each unit's mean per metric first, then mean and variance over units, so that a
 * unit counts once however much it did.
 */
@ApplicationScoped
class ExperimentEvidence {
    private static final String ASSIGNED = """
            select variant, unit_hash, assigned_us as since_us, 1 as seen_in
            from experiment_unit where tenant = $1 and experiment_id = $2 and assigned_us < $4""";

    private static final String TAGGED = """
            select min(s.variant) as variant, f.user_hash as unit_hash, min(f.event_time_us) as since_us,
              count(distinct s.variant) as seen_in
            from call_fact f join series s on s.tenant = f.tenant and s.series_id = f.series_id
            where f.tenant = $1 and f.user_hash is not null and f.event_time_us >= $3 and f.event_time_us < $4
              and s.variant = any($5) and ($6::text is null or s.app = $6)
            group by f.user_hash""";

    /** Two bits per finding, known and true, in the order of {@code CallContribution}: 5 is over-refusal, 9 is safe. */
    private static final String CALLS = """
            select u.variant, u.unit_hash, avg(c.failed::int) as error_rate,
              avg(ln((c.duration_us / 1000.0)::float8)) filter (where not c.failed and c.duration_us > 0) as latency_ms,
              avg((c.findings >> 19) & 1) filter (where (c.findings >> 18) & 1 = 1) as safe_response_ratio,
              avg((c.findings >> 11) & 1) filter (where (c.findings >> 10) & 1 = 1) as over_refusal_rate
            from unit u join call_fact c on c.tenant = $1 and c.user_hash = u.unit_hash
              and c.event_time_us >= u.since_us and c.event_time_us < $4
            group by u.variant, u.unit_hash""";

    private static final String ALL = """
            with candidate as (%s),
            unit as materialized (select variant, unit_hash, since_us from candidate where seen_in = 1),
            call as (%s),
            value as (
              select variant, 'error_rate' as metric, error_rate::float8 as v from call
              union all select variant, 'latency_ms', latency_ms::float8 from call
              union all select variant, 'safe_response_ratio', safe_response_ratio::float8 from call
              union all select variant, 'over_refusal_rate', over_refusal_rate::float8 from call
              union all
              select u.variant, 'csat_mean', avg(f.stars)::float8
              from unit u join feedback f on f.tenant = $1 and f.user_hash = u.unit_hash and f.stars is not null
                and f.event_time_us >= u.since_us and f.event_time_us < $4
              group by u.variant, u.unit_hash
              union all
              select u.variant, 'task_success_rate', avg(t.success::int)::float8
              from unit u join task_outcome t on t.tenant = $1 and t.user_hash = u.unit_hash
                and t.minute >= u.since_us / 60000000 and t.minute < $4 / 60000000 + 1
              group by u.variant, u.unit_hash)
            select variant, metric, count(v) as n, avg(v) as mean, coalesce(var_samp(v), 0) as variance
            from value where v is not null group by variant, metric
            union all
            select variant, 'units', count(*), 0, 0 from unit group by variant
            union all
            select '', 'crossed', count(*), 0, 0 from candidate where seen_in > 1""";

    Uni<Evidence> gather(SqlConnection connection, String tenant, Experiment experiment, long endUs) {
        boolean tagged = experiment.design().tagged();
        long startedUs = ChronoUnit.MICROS.between(Instant.EPOCH, experiment.started());
        UUID id = experiment.id();
        String[] names =
                experiment.design().variants().stream().map(Variant::name).toArray(String[]::new);
        Tuple values = Tuple.of(tenant, id, startedUs, endUs)
                .addArrayOfString(names)
                .addString(experiment.design().app());
        // every parameter is named in either form, as PostgreSQL wants to know the type of each
        String sql = "with given as (select $2::uuid, $3::bigint, $5::text[], $6::text) "
                + ALL.formatted(tagged ? TAGGED : ASSIGNED, CALLS).replaceFirst("^with", ",");
        return connection.preparedQuery(sql).execute(values).map(rows -> evidence(experiment, rows));
    }

    private static Evidence evidence(Experiment experiment, RowSet<Row> rows) {
        Map<String, Long> units = new LinkedHashMap<>();
        experiment.design().variants().forEach(variant -> units.put(variant.name(), 0L));
        Map<Metric, Map<String, WelchT.Sample>> samples = new EnumMap<>(Metric.class);
        long crossed = 0;
        for (Row row : rows) {
            String variant = row.getString("variant");
            String metric = row.getString("metric");
            long n = row.getLong("n");
            switch (metric) {
                case "units" -> units.computeIfPresent(variant, (name, none) -> n);
                case "crossed" -> crossed = n;
                default ->
                    samples.computeIfAbsent(Metric.of(metric).orElseThrow(), none -> new HashMap<>())
                            .put(variant, new WelchT.Sample(n, row.getDouble("mean"), row.getDouble("variance")));
            }
        }
        return new Evidence(units, crossed, samples);
    }
}
