package dev.assay.quality.store;

import dev.assay.platform.tenancy.TenantReads;
import dev.assay.quality.app.Experiments;
import dev.assay.quality.domain.EventHash;
import dev.assay.quality.domain.experiment.Assignment;
import dev.assay.quality.domain.experiment.Metric;
import dev.assay.quality.domain.experiment.Variant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Experiments and their units. */
@ApplicationScoped
class ExperimentTable implements Experiments {
    private static final String INSERT = """
            insert into experiment (tenant, experiment_id, name, variants, weights, exclusive_group, first_slot, end_slot,
              tagged, app, metrics, primary_metric, effect_metrics, effects, started_us)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            on conflict do nothing""";

    private static final String ASSIGN = """
            insert into experiment_unit (tenant, experiment_id, unit_hash, variant, assigned_us)
            select $1, $2, k.unit_hash, k.variant, $5 from unnest($3::uuid[], $4::text[]) as k(unit_hash, variant)
            order by k.unit_hash
            on conflict do nothing""";

    private static final String ASSIGNED = """
            select unit_hash, variant from experiment_unit
            where tenant = $1 and experiment_id = $2 and unit_hash = any($3)""";

    private final Pool pool;
    private final TenantReads reads;
    private final ExperimentEvidence evidence;

    ExperimentTable(Pool pool, TenantReads reads, ExperimentEvidence evidence) {
        this.pool = pool;
        this.reads = reads;
        this.evidence = evidence;
    }

    @Override
    public Uni<Made> create(String tenant, Design design, Instant now) {
        return pool.withTransaction(tx -> {
            String group = design.group();
            if (group == null) {
                return insert(tx, tenant, design, 0, now);
            }
            return tx.preparedQuery("select pg_advisory_xact_lock(hashtextextended($1, 0))")
                    .execute(Tuple.of("experiment/" + tenant + "/" + group))
                    .chain(() -> tx.preparedQuery("""
                                    select first_slot, end_slot from experiment
                                    where tenant = $1 and exclusive_group = $2 and ended_us is null order by first_slot""").execute(Tuple.of(tenant, group)))
                    .chain(taken -> {
                        Gap gap = gap(taken, design.slots());
                        return gap.start() < 0
                                ? Uni.createFrom().<Made>item(new Made.GroupFull(gap.widest()))
                                : insert(tx, tenant, design, gap.start(), now);
                    });
        });
    }

    /** The first gap that is wide enough, -1 if there is none. */
    private record Gap(int start, int widest) {}

    private static Gap gap(RowSet<Row> taken, int slots) {
        int end = 0;
        int widest = 0;
        int start = -1;
        List<int[]> all = new ArrayList<>();
        taken.forEach(row -> all.add(new int[] {row.getInteger(0), row.getInteger(1)}));
        all.add(new int[] {Assignment.SLOTS, Assignment.SLOTS});
        for (int[] next : all) {
            int width = next[0] - end;
            widest = Math.max(widest, width);
            if (start < 0 && width >= slots) {
                start = end;
            }
            end = next[1];
        }
        return new Gap(start, widest);
    }

    private static Uni<Made> insert(SqlConnection tx, String tenant, Design it, int firstSlot, Instant now) {
        UUID id = UUID.randomUUID();
        List<Metric> withEffect = List.copyOf(it.effects().keySet());
        Instant started = now.truncatedTo(ChronoUnit.MICROS);
        Tuple values = Tuple.of(tenant, id, it.name())
                .addArrayOfString(it.variants().stream().map(Variant::name).toArray(String[]::new))
                .addArrayOfDouble(it.variants().stream().map(Variant::weight).toArray(Double[]::new))
                .addString(it.group())
                .addInteger(firstSlot)
                .addInteger(firstSlot + it.slots())
                .addBoolean(it.tagged())
                .addString(it.app())
                .addArrayOfString(it.metrics().stream().map(Metric::wireName).toArray(String[]::new))
                .addString(it.primary().wireName())
                .addArrayOfString(withEffect.stream().map(Metric::wireName).toArray(String[]::new))
                .addArrayOfDouble(withEffect.stream().map(it.effects()::get).toArray(Double[]::new))
                .addLong(micros(started));
        return tx.preparedQuery(INSERT)
                .execute(values)
                .map(rows -> rows.rowCount() == 0
                        ? new Made.NameTaken()
                        : new Made.Created(new Experiment(id, it, firstSlot, firstSlot + it.slots(), started, null)));
    }

    @Override
    public Uni<List<Experiment>> all(String tenant) {
        return select(tenant, "", Tuple.of(tenant));
    }

    @Override
    public Uni<Optional<Experiment>> find(String tenant, UUID id) {
        return select(tenant, " and experiment_id = $2", Tuple.of(tenant, id))
                .map(found -> found.stream().findFirst());
    }

    private Uni<List<Experiment>> select(String tenant, String condition, Tuple values) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery("select * from experiment where tenant = $1" + condition
                                + " order by started_us desc, experiment_id limit 1000")
                        .execute(values)
                        .map(rows -> {
                            List<Experiment> found = new ArrayList<>();
                            rows.forEach(row -> found.add(experiment(row)));
                            return found;
                        }));
    }

    @Override
    public Uni<Void> end(String tenant, UUID id, Instant now) {
        return pool.preparedQuery("""
                        update experiment set ended_us = $3
                        where tenant = $1 and experiment_id = $2 and ended_us is null""")
                .execute(Tuple.of(tenant, id, micros(now)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Map<String, String>> assign(String tenant, UUID id, Map<String, String> wanted, Instant now) {
        if (wanted.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        List<String> units = List.copyOf(wanted.keySet());
        Tuple values = Tuple.of(tenant, id)
                .addArrayOfUUID(hashes(tenant, units))
                .addArrayOfString(units.stream().map(wanted::get).toArray(String[]::new))
                .addLong(micros(now));
        return pool.withTransaction(
                tx -> tx.preparedQuery(ASSIGN).execute(values).chain(() -> variants(tx, tenant, id, units)));
    }

    @Override
    public Uni<Map<String, String>> assigned(String tenant, UUID id, List<String> units) {
        return reads.with(tenant, connection -> variants(connection, tenant, id, units));
    }

    private static Uni<Map<String, String>> variants(
            SqlConnection connection, String tenant, UUID id, List<String> units) {
        return connection
                .preparedQuery(ASSIGNED)
                .execute(Tuple.of(tenant, id).addArrayOfUUID(hashes(tenant, units)))
                .map(rows -> {
                    Map<UUID, String> byHash = new HashMap<>();
                    rows.forEach(row -> byHash.put(row.getUUID(0), row.getString(1)));
                    Map<String, String> byUnit = new HashMap<>();
                    for (String unit : units) {
                        String variant = byHash.get(EventHash.of(tenant, unit));
                        if (variant != null) {
                            byUnit.put(unit, variant);
                        }
                    }
                    return byUnit;
                });
    }

    @Override
    public Uni<Evidence> evidence(String tenant, Experiment experiment, Instant now) {
        Instant end = experiment.ended();
        long endUs = micros(end == null ? now : end);
        return reads.with(tenant, connection -> evidence.gather(connection, tenant, experiment, endUs));
    }

    private static UUID[] hashes(String tenant, List<String> units) {
        return units.stream().map(unit -> EventHash.of(tenant, unit)).toArray(UUID[]::new);
    }

    private static Experiment experiment(Row row) {
        String[] names = row.getArrayOfStrings("variants");
        Double[] weights = row.getArrayOfDoubles("weights");
        List<Variant> variants = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            variants.add(new Variant(names[i], weights[i]));
        }
        String[] effectMetrics = row.getArrayOfStrings("effect_metrics");
        Double[] effects = row.getArrayOfDoubles("effects");
        Map<Metric, Double> byMetric = new EnumMap<>(Metric.class);
        for (int i = 0; i < effects.length; i++) {
            byMetric.put(Metric.of(effectMetrics[i]).orElseThrow(), effects[i]);
        }
        int first = row.getInteger("first_slot");
        int end = row.getInteger("end_slot");
        Design design = new Design(
                row.getString("name"),
                variants,
                row.getString("exclusive_group"),
                end - first,
                row.getBoolean("tagged"),
                row.getString("app"),
                List.of(row.getArrayOfStrings("metrics")).stream()
                        .map(name -> Metric.of(name).orElseThrow())
                        .toList(),
                Metric.of(row.getString("primary_metric")).orElseThrow(),
                byMetric);
        return new Experiment(
                row.getUUID("experiment_id"), design, first, end, instant(row.getLong("started_us")), orNull(row));
    }

    private static @Nullable Instant orNull(Row row) {
        Long ended = row.getLong("ended_us");
        return ended == null ? null : instant(ended);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
