package dev.assay.alert.store;

import dev.assay.alert.app.QuietStore;
import dev.assay.alert.app.QuietText;
import dev.assay.alert.domain.quiet.Inhibition;
import dev.assay.alert.domain.quiet.Silence;
import dev.assay.platform.tenancy.TenantReads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Silences and inhibitions as rows that hold their JSON. */
@ApplicationScoped
class SqlQuietStore implements QuietStore {
    private final Pool pool;
    private final TenantReads reads;

    SqlQuietStore(Pool pool, TenantReads reads) {
        this.pool = pool;
        this.reads = reads;
    }

    @Override
    public Uni<List<Silence>> silences(String tenant) {
        return list(
                tenant,
                "select silence_id, definition from silence where tenant = $1 order by created_time desc, silence_id"
                        + " limit 1000",
                QuietText::silence);
    }

    @Override
    public Uni<Void> keep(String tenant, Silence silence) {
        Instant end = silence.endsAt();
        return pool.preparedQuery(
                        "insert into silence (tenant, silence_id, definition, ends_time) values ($1, $2, $3, $4)")
                .execute(Tuple.of(
                        tenant,
                        silence.id(),
                        QuietText.write(silence).toString(),
                        end == null ? null : end.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Boolean> deleteSilence(String tenant, String id) {
        return delete("delete from silence where tenant = $1 and silence_id = $2", tenant, id);
    }

    @Override
    public Uni<List<Inhibition>> inhibitions(String tenant) {
        return list(
                tenant,
                "select inhibition_id, definition from inhibition where tenant = $1 order by created_time desc,"
                        + " inhibition_id",
                QuietText::inhibition);
    }

    @Override
    public Uni<Void> keep(String tenant, Inhibition inhibition) {
        return pool.preparedQuery("insert into inhibition (tenant, inhibition_id, definition) values ($1, $2, $3)")
                .execute(Tuple.of(
                        tenant, inhibition.id(), QuietText.write(inhibition).toString()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Boolean> deleteInhibition(String tenant, String id) {
        return delete("delete from inhibition where tenant = $1 and inhibition_id = $2", tenant, id);
    }

    private Uni<Boolean> delete(String sql, String tenant, String id) {
        return pool.preparedQuery(sql).execute(Tuple.of(tenant, id)).map(rows -> rows.rowCount() > 0);
    }

    private <T> Uni<List<T>> list(String tenant, String sql, BiFunction<String, String, T> reading) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery(sql)
                        .execute(Tuple.of(tenant))
                        .map(rows -> {
                            List<T> all = new ArrayList<>();
                            rows.forEach(row -> all.add(reading.apply(row.getString(0), row.getString(1))));
                            return all;
                        }));
    }
}
