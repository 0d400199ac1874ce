package dev.assay.quality.store;

import dev.assay.platform.tenancy.SecretBox;
import dev.assay.platform.tenancy.TenancyConfig;
import dev.assay.platform.tenancy.TenantReads;
import dev.assay.quality.app.JudgeConfig;
import dev.assay.quality.app.Judges;
import dev.assay.quality.domain.judge.DailyCap;
import dev.assay.quality.domain.judge.Rubric;
import dev.assay.quality.domain.judge.Rubric.Criterion;
import dev.assay.quality.domain.judge.Sampling;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rubrics and the projects' judges. */
@ApplicationScoped
class JudgeTable implements Judges {
    private static final String JUDGES = """
        select j.*, r.definition from judge j
        join rubric r on r.tenant = j.tenant and r.name = j.rubric_name and r.version = j.rubric_version\
        """;

    private final Pool pool;
    private final TenantReads reads;
    /** Seals the keys of judges' endpoints, each bound to its project. */
    private final SecretBox keys;

    JudgeTable(Pool pool, TenantReads reads, TenancyConfig config) {
        this.pool = pool;
        this.reads = reads;
        this.keys = new SecretBox(config, "assay/quality/judge-key/v1");
    }

    @Override
    public Uni<Rubric> addRubric(String tenant, String name, List<Criterion> criteria, Instant now) {
        return pool.withTransaction(tx -> tx.preparedQuery("select pg_advisory_xact_lock(hashtextextended($1, 0))")
                        .execute(Tuple.of("rubric/" + tenant + "/" + name))
                        .chain(() -> tx.preparedQuery("""
                            insert into rubric (tenant, name, version, definition, created_us)
                            select $1, $2, coalesce(max(version), 0) + 1, $3, $4 from rubric where tenant = $1 and name = $2
                            returning version\
                            """)
                                .execute(Tuple.of(tenant, name, RubricJson.write(criteria), micros(now)))))
                .map(rows -> new Rubric(name, rows.iterator().next().getInteger(0), criteria));
    }

    @Override
    public Uni<List<Rubric>> rubrics(String tenant) {
        return reads.with(
                tenant,
                connection ->
                        connection.preparedQuery("""
                            select distinct on (name) * from rubric where tenant = $1 order by name, version desc limit 1000\
                            """).execute(Tuple.of(tenant)).map(JudgeTable::rubrics));
    }

    @Override
    public Uni<Optional<Rubric>> rubric(String tenant, String name, @Nullable Integer version) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery("""
                            select * from rubric where tenant = $1 and name = $2 and ($3::int is null or version = $3)
                            order by version desc limit 1\
                            """)
                        .execute(Tuple.of(tenant, name, version))
                        .map(rows -> rubrics(rows).stream().findFirst()));
    }

    private static List<Rubric> rubrics(RowSet<Row> rows) {
        List<Rubric> rubrics = new ArrayList<>();
        rows.forEach(row -> rubrics.add(
                RubricJson.read(row.getString("name"), row.getInteger("version"), row.getString("definition"))));
        return rubrics;
    }

    @Override
    public Uni<Void> set(JudgeConfig it, Instant now) {
        String key = it.key();
        Tuple values = Tuple.of(it.tenant(), it.url(), it.model())
                .addValue(key == null ? null : Buffer.buffer(keys.seal(it.tenant(), key)))
                .addString(it.rubric().name())
                .addInteger(it.rubric().version())
                .addDouble(it.sampling().rate())
                .addBoolean(it.sampling().allFlagged())
                .addBoolean(it.enabled())
                .addString(it.epoch())
                .addLong(micros(now))
                .addLong(it.cap().calls())
                .addLong(it.cap().tokens());
        return pool.withTransaction(tx -> tx.preparedQuery("""
            insert into judge (tenant, url, model, sealed_key, rubric_name, rubric_version, rate, all_flagged,
              enabled, epoch, updated_us, daily_calls, daily_tokens)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (tenant) do update set url = excluded.url, model = excluded.model,
              sealed_key = excluded.sealed_key, rubric_name = excluded.rubric_name,
              rubric_version = excluded.rubric_version, rate = excluded.rate,
              all_flagged = excluded.all_flagged, enabled = excluded.enabled, epoch = excluded.epoch,
              updated_us = excluded.updated_us, daily_calls = excluded.daily_calls,
              daily_tokens = excluded.daily_tokens\
            """)
                .execute(values)
                .chain(() -> tx.preparedQuery("""
                    update judge_task set state = 2, failure = 'superseded'
                    where tenant = $1 and state = 0 and epoch <> $2\
                    """).execute(Tuple.of(it.tenant(), it.epoch())))
                .chain(() -> tx.preparedQuery(RescoreTable.SUPERSEDE).execute(Tuple.of(it.tenant(), it.epoch())))
                // a cap that was raised is not reached any more; if it was not, the next question finds out
                .chain(() -> tx.preparedQuery("update judge_spend set reached_us = null where tenant = $1 and day = $2")
                        .execute(Tuple.of(it.tenant(), DailyCap.dayOf(now))))
                .chain(() -> tx.preparedQuery("""
                    update judge_task set due_us = 1
                    where tenant = $1 and epoch = $2 and state = 0 and rescored and attempts = 0\
                    """).execute(Tuple.of(it.tenant(), it.epoch())))
                .replaceWithVoid());
    }

    @Override
    public Uni<Optional<JudgeConfig>> find(String tenant) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery(JUDGES + " where j.tenant = $1")
                        .execute(Tuple.of(tenant))
                        .map(rows -> Optional.ofNullable(configs(rows).get(tenant))));
    }

    @Override
    public Uni<Map<String, JudgeConfig>> all() {
        return pool.preparedQuery(JUDGES).execute().map(this::configs);
    }

    private Map<String, JudgeConfig> configs(RowSet<Row> rows) {
        Map<String, JudgeConfig> configs = new HashMap<>();
        for (Row row : rows) {
            String tenant = row.getString("tenant");
            var sealed = row.getBuffer("sealed_key");
            configs.put(
                    tenant,
                    new JudgeConfig(
                            tenant,
                            row.getString("url"),
                            row.getString("model"),
                            sealed == null ? null : keys.open(tenant, sealed.getBytes()),
                            RubricJson.read(
                                    row.getString("rubric_name"),
                                    row.getInteger("rubric_version"),
                                    row.getString("definition")),
                            new Sampling(row.getDouble("rate"), row.getBoolean("all_flagged")),
                            row.getBoolean("enabled"),
                            new DailyCap(row.getLong("daily_calls"), row.getLong("daily_tokens"))));
        }
        return configs;
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
