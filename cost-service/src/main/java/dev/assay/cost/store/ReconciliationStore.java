package dev.assay.cost.store;

import dev.assay.cost.app.Reconciliations;
import dev.assay.cost.domain.reconcile.BilledLine;
import dev.assay.cost.domain.reconcile.Reconciliation;
import dev.assay.platform.tenancy.TenantReads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Imported bills in PostgreSQL. */
@ApplicationScoped
class ReconciliationStore implements Reconciliations {
    private final Pool pool;
    private final TenantReads reads;
    private final Vertx vertx;

    /** Undoes an import that has more groups than it may. */
    private static final class TooWide extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    ReconciliationStore(Pool pool, TenantReads reads, Vertx vertx) {
        this.pool = pool;
        this.reads = reads;
        this.vertx = vertx;
    }

    @Override
    public Uni<Outcome> add(Imported imported, List<BilledLine> lines) {
        return pool.withTransaction(tx -> known(tx, imported).chain(known -> {
                    if (known) {
                        return Uni.createFrom().item(Outcome.KNOWN);
                    }
                    return count(tx, imported.tenant())
                            .chain(count ->
                                    count >= MOST ? Uni.createFrom().item(Outcome.FULL) : insert(tx, imported, lines));
                }))
                .onFailure(TooWide.class)
                .recoverWithItem(Outcome.TOO_WIDE);
    }

    private static Uni<Boolean> known(SqlConnection tx, Imported imported) {
        return tx.preparedQuery("select 1 from reconciliation where tenant = $1 and reconciliation_id = $2")
                .execute(Tuple.of(imported.tenant(), imported.id()))
                .map(rows -> rows.size() > 0);
    }

    private static Uni<Long> count(SqlConnection tx, String tenant) {
        return tx.preparedQuery("select count(*) from reconciliation where tenant = $1")
                .execute(Tuple.of(tenant))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private Uni<Outcome> insert(SqlConnection tx, Imported imported, List<BilledLine> lines) {
        return tx.preparedQuery("""
                        insert into reconciliation (tenant, reconciliation_id, format, currency, first_day, last_day, created_by)
                        values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing""")
                .execute(Tuple.tuple()
                        .addString(imported.tenant())
                        .addUUID(imported.id())
                        .addString(imported.format())
                        .addString(imported.currency())
                        .addLocalDate(imported.firstDay())
                        .addLocalDate(imported.lastDay())
                        .addString(imported.createdBy()))
                // another request with the same bill may have come first
                .chain(inserted -> inserted.rowCount() == 0
                        ? Uni.createFrom().item(Outcome.KNOWN)
                        : vertx.executeBlocking(() -> BilledLineRows.insertion(imported, lines))
                                .chain(rows -> BilledLineRows.insert(tx, rows))
                                .chain(() -> LedgerGroups.keep(tx, imported, providers(lines)))
                                .map(kept -> {
                                    if (kept + groups(lines) > MOST_GROUPS) {
                                        throw new TooWide();
                                    }
                                    return Outcome.ADDED;
                                }));
    }

    private static long groups(List<BilledLine> lines) {
        return lines.stream()
                .map(line -> Arrays.asList(line.day(), line.provider(), line.model()))
                .distinct()
                .count();
    }

    @Override
    public Uni<Optional<Compared>> find(String tenant, UUID id) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery("select " + ReconciliationRows.COLUMNS
                                + " from reconciliation where tenant = $1 and reconciliation_id = $2")
                        .execute(Tuple.of(tenant, id))
                        .map(ReconciliationRows::all)
                        .chain(found -> found.isEmpty()
                                ? Uni.createFrom().item(Optional.<Compared>empty())
                                : compare(connection, found.get(0)).map(Optional::of)));
    }

    private Uni<Compared> compare(SqlConnection connection, Imported imported) {
        return BilledLineRows.read(connection, imported)
                .chain(lines -> LedgerGroups.kept(connection, imported)
                        .chain(atImport -> LedgerGroups.now(connection, imported, providers(lines))
                                .chain(now -> vertx.executeBlocking(
                                        () -> new Compared(imported, Reconciliation.of(lines, atImport, now))))));
    }

    @Override
    public Uni<List<Imported>> list(String tenant) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery(
                                "select " + ReconciliationRows.COLUMNS
                                        + " from reconciliation where tenant = $1 order by created_time desc, reconciliation_id")
                        .execute(Tuple.of(tenant))
                        .map(ReconciliationRows::all));
    }

    @Override
    public Uni<Boolean> remove(String tenant, UUID id) {
        Tuple key = Tuple.of(tenant, id);
        return pool.withTransaction(tx -> tx.preparedQuery(
                        "delete from reconciliation where tenant = $1 and reconciliation_id = $2")
                .execute(key)
                .chain(removed -> tx.preparedQuery(
                                "delete from reconciliation_line where tenant = $1 and reconciliation_id = $2")
                        .execute(key)
                        .chain(() -> tx.preparedQuery(
                                        "delete from reconciliation_computed where tenant = $1 and reconciliation_id = $2")
                                .execute(key))
                        .replaceWith(removed.rowCount() > 0)));
    }

    private static String[] providers(List<BilledLine> lines) {
        return lines.stream().map(BilledLine::provider).distinct().toArray(String[]::new);
    }
}
