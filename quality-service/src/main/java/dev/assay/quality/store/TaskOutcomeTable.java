package dev.assay.quality.store;

import dev.assay.platform.window.SeriesId;
import dev.assay.quality.app.Outcome;
import dev.assay.quality.app.TaskOutcomes;
import dev.assay.quality.app.TenantKey;
import dev.assay.quality.app.Version;
import dev.assay.quality.domain.users.TaskResult;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of {@code task_outcome}: one per task id, its latest version. */
@ApplicationScoped
class TaskOutcomeTable implements TaskOutcomes {
    private static final String COLUMNS =
            "tenant, task_hash, task_id, received_us, digest, minute, series_id, user_hash, success, duration_us";

    private static final String UNNESTED = """
            unnest($1::text[], $2::uuid[], $3::text[], $4::bigint[], $5::bytea[], $6::int[], $7::bigint[], $8::uuid[],
              $9::boolean[], $10::bigint[])""";

    private static final String INSERT = """
            insert into task_outcome (%1$s) select * from %2$s
            on conflict do nothing returning tenant, task_hash""".formatted(COLUMNS, UNNESTED);

    private static final String UPDATE = """
            update task_outcome t set received_us = k.received_us, digest = k.digest, minute = k.minute,
              series_id = k.series_id, user_hash = k.user_hash, success = k.success, duration_us = k.duration_us
            from %2$s as k(%1$s)
            where t.tenant = k.tenant and t.task_hash = k.task_hash""".formatted(COLUMNS, UNNESTED);

    private static final String LOCK = """
            select t.tenant, t.task_hash, t.received_us, t.digest, t.minute, t.user_hash, t.success, t.duration_us,
              s.environment, s.app, s.endpoint, s.provider, s.model, s.variant, s.prompt_version
            from unnest($1::text[], $2::uuid[]) as k(tenant, task_hash)
            join task_outcome t on t.tenant = k.tenant and t.task_hash = k.task_hash
            left join series s on s.tenant = t.tenant and s.series_id = t.series_id
            order by t.tenant, t.task_hash for update of t""";

    @Override
    public Uni<Set<TenantKey>> insert(SqlConnection tx, List<Outcome> outcomes) {
        return tx.preparedQuery(INSERT).execute(columns(outcomes)).map(rows -> {
            Set<TenantKey> inserted = new HashSet<>();
            rows.forEach(row -> inserted.add(key(row)));
            return inserted;
        });
    }

    @Override
    public Uni<Map<TenantKey, Stored>> lock(SqlConnection tx, List<TenantKey> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        Tuple values = new Columns<>(keys)
                .text(TenantKey::tenant)
                .uuid(TenantKey::hash)
                .tuple();
        return tx.preparedQuery(LOCK).execute(values).map(rows -> {
            Map<TenantKey, Stored> stored = new HashMap<>();
            for (Row row : rows) {
                stored.put(key(row), stored(row));
            }
            return stored;
        });
    }

    @Override
    public Uni<Void> update(SqlConnection tx, List<Outcome> outcomes) {
        return outcomes.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(UPDATE).execute(columns(outcomes)).replaceWithVoid();
    }

    private static Tuple columns(List<Outcome> outcomes) {
        return new Columns<>(outcomes)
                .text(it -> it.key().tenant())
                .uuid(it -> it.key().hash())
                .text(Outcome::taskId)
                .bigint(it -> it.version().receivedUs())
                .bytea(it -> it.version().digest())
                .integer(it -> Math.toIntExact(it.minute()))
                .bigint(it -> SeriesId.of(it.key().tenant(), it.dimensions()))
                .uuid(Outcome::user)
                .bool(it -> it.result().success())
                .bigint(it -> it.result().durationUs())
                .tuple();
    }

    private static TenantKey key(Row row) {
        return new TenantKey(row.getString("tenant"), row.getUUID("task_hash"));
    }

    private static Stored stored(Row row) {
        return new Stored(
                new Version(row.getLong("received_us"), row.getBuffer("digest").getBytes()),
                row.getInteger("minute"),
                SeriesDimensions.of(row),
                row.getUUID("user_hash"),
                new TaskResult(row.getBoolean("success"), row.getLong("duration_us")));
    }
}
