package dev.assay.alert.store;

import dev.assay.alert.app.AuditTrail;
import dev.assay.platform.tenancy.Caller;
import dev.assay.platform.tenancy.TenantReads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** The audit trail in PostgreSQL. */
@ApplicationScoped
class SqlAuditTrail implements AuditTrail {
    private final Pool pool;
    private final TenantReads reads;

    SqlAuditTrail(Pool pool, TenantReads reads) {
        this.pool = pool;
        this.reads = reads;
    }

    @Override
    public Uni<Void> note(Caller who, String action, String object) {
        return pool.preparedQuery("insert into audit_entry (tenant, actor, action, object) values ($1, $2, $3, $4)")
                .execute(Tuple.of(who.tenant(), who.keyId(), action, object))
                .replaceWithVoid();
    }

    @Override
    public Uni<List<Entry>> entries(String tenant) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery("""
                            select recorded_time, actor, action, object from audit_entry
                            where tenant = $1 order by seq desc limit 1000""")
                        .execute(Tuple.of(tenant))
                        .map(rows -> {
                            List<Entry> entries = new ArrayList<>();
                            rows.forEach(row -> entries.add(new Entry(
                                    row.getOffsetDateTime(0).toInstant(),
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3))));
                            return entries;
                        }));
    }
}
