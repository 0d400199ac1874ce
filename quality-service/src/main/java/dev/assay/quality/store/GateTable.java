package dev.assay.quality.store;

import dev.assay.platform.tenancy.TenantReads;
import dev.assay.quality.app.Gates;
import dev.assay.quality.domain.gate.Scorer;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Datasets, gates and their runs. */
@ApplicationScoped
class GateTable implements Gates {
    private final Pool pool;
    private final TenantReads reads;

    GateTable(Pool pool, TenantReads reads) {
        this.pool = pool;
        this.reads = reads;
    }

    @Override
    public Uni<Dataset> addDataset(String tenant, String name, List<Case> cases) {
        Integer[] positions = new Integer[cases.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i;
        }
        Tuple values = Tuple.of(tenant, name)
                .addArrayOfInteger(positions)
                .addArrayOfString(cases.stream().map(Case::id).toArray(String[]::new))
                .addArrayOfString(cases.stream().map(Case::input).toArray(String[]::new))
                .addArrayOfString(cases.stream().map(Case::expected).toArray(String[]::new));
        return pool.withTransaction(tx -> tx.preparedQuery("select pg_advisory_xact_lock(hashtextextended($1, 0))")
                .execute(Tuple.of("dataset/" + tenant + "/" + name))
                .chain(() -> tx.preparedQuery("""
                                with next as (select coalesce(max(version), 0) + 1 as version from dataset_case
                                              where tenant = $1 and name = $2)
                                insert into dataset_case (tenant, name, version, position, case_id, input, expected)
                                select $1, $2, next.version, k.*
                                from next, unnest($3::int[], $4::text[], $5::text[], $6::text[]) as k
                                returning version""").execute(values))
                .map(rows -> new Dataset(name, rows.iterator().next().getInteger(0), cases.size())));
    }

    @Override
    public Uni<List<Dataset>> datasets(String tenant) {
        return list(
                tenant,
                """
                select name, version, count(*) as cases from dataset_case d
                where tenant = $1 and version = (
                  select max(version) from dataset_case m where m.tenant = d.tenant and m.name = d.name)
                group by name, version order by name limit 1000""",
                Tuple.of(tenant),
                row -> new Dataset(row.getString("name"), row.getInteger("version"), row.getLong("cases")));
    }

    @Override
    public Uni<List<Case>> cases(String tenant, String name, int version) {
        return list(
                tenant,
                "select case_id, input, expected from dataset_case where tenant = $1 and name = $2 and version = $3"
                        + " order by position",
                Tuple.of(tenant, name, version),
                row -> new Case(row.getString(0), row.getString(1), row.getString(2)));
    }

    @Override
    public Uni<Integer> latest(String tenant, String name) {
        return list(
                        tenant,
                        "select coalesce(max(version), 0) from dataset_case where tenant = $1 and name = $2",
                        Tuple.of(tenant, name),
                        row -> row.getInteger(0))
                .map(rows -> rows.get(0));
    }

    @Override
    public Uni<Void> addGate(String tenant, Gate it, Instant now) {
        return pool.preparedQuery("""
                        insert into gate (tenant, gate_id, name, dataset, dataset_version, scorer, pass_score,
                          min_pass_rate, max_drop, created_us)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""")
                .execute(Tuple.of(tenant, it.id(), it.name(), it.dataset(), it.datasetVersion())
                        .addString(it.scorer().wireName())
                        .addDouble(it.passScore())
                        .addDouble(it.minPassRate())
                        .addDouble(it.maxDrop())
                        .addLong(micros(now)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<Gate>> gate(String tenant, UUID id) {
        return list(
                        tenant,
                        "select * from gate where tenant = $1 and gate_id = $2",
                        Tuple.of(tenant, id),
                        GateTable::gate)
                .map(found -> found.stream().findFirst());
    }

    @Override
    public Uni<List<Gate>> gates(String tenant) {
        return list(
                tenant,
                "select * from gate where tenant = $1 order by name, created_us desc, gate_id limit 1000",
                Tuple.of(tenant),
                GateTable::gate);
    }

    @Override
    public Uni<Void> addRun(String tenant, Run run, List<Result> results, boolean baseline, Instant now) {
        Integer[] positions = new Integer[results.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i;
        }
        Tuple values = Tuple.of(tenant, run.id())
                .addArrayOfInteger(positions)
                .addArrayOfString(results.stream().map(Result::caseId).toArray(String[]::new))
                .addArrayOfString(results.stream().map(Result::output).toArray(String[]::new))
                .addArrayOfDouble(results.stream().map(Result::score).toArray(Double[]::new))
                .addArrayOfBoolean(results.stream().map(Result::passed).toArray(Boolean[]::new))
                .addArrayOfString(results.stream().map(Result::failure).toArray(String[]::new));
        return pool.withTransaction(tx -> tx.preparedQuery("""
                        insert into gate_run (tenant, run_id, gate_id, label, baseline, created_us)
                        values ($1, $2, $3, $4, $5, $6)""")
                .execute(Tuple.of(tenant, run.id(), run.gate(), run.label(), run.baseline(), micros(now)))
                .chain(() -> tx.preparedQuery("""
                                insert into gate_result (tenant, run_id, position, case_id, output, score, passed,
                                  failure)
                                select $1, $2, k.*
                                from unnest($3::int[], $4::text[], $5::text[], $6::float8[], $7::boolean[],
                                  $8::text[]) as k""").execute(values))
                .chain(() -> baseline
                        ? tx.preparedQuery("update gate set baseline_run = $3 where tenant = $1 and gate_id = $2")
                                .execute(Tuple.of(tenant, run.gate(), run.id()))
                                .replaceWithVoid()
                        : Uni.createFrom().voidItem()));
    }

    @Override
    public Uni<Optional<Run>> run(String tenant, UUID id) {
        return list(
                        tenant,
                        "select * from gate_run where tenant = $1 and run_id = $2",
                        Tuple.of(tenant, id),
                        row -> new Run(
                                row.getUUID("run_id"),
                                row.getUUID("gate_id"),
                                row.getString("label"),
                                row.getUUID("baseline")))
                .map(found -> found.stream().findFirst());
    }

    @Override
    public Uni<List<Result>> results(String tenant, UUID run) {
        return list(
                tenant,
                "select * from gate_result where tenant = $1 and run_id = $2 order by position",
                Tuple.of(tenant, run),
                row -> new Result(
                        row.getString("case_id"),
                        row.getString("output"),
                        row.getDouble("score"),
                        row.getBoolean("passed"),
                        row.getString("failure")));
    }

    private <T> Uni<List<T>> list(String tenant, String sql, Tuple values, Function<Row, T> of) {
        return reads.with(
                tenant,
                connection -> connection.preparedQuery(sql).execute(values).map(rows -> {
                    List<T> found = new ArrayList<>();
                    rows.forEach(row -> found.add(of.apply(row)));
                    return found;
                }));
    }

    private static Gate gate(Row row) {
        return new Gate(
                row.getUUID("gate_id"),
                row.getString("name"),
                row.getString("dataset"),
                row.getInteger("dataset_version"),
                Scorer.of(row.getString("scorer")).orElseThrow(),
                row.getDouble("pass_score"),
                row.getDouble("min_pass_rate"),
                row.getDouble("max_drop"),
                row.getUUID("baseline_run"));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
