package dev.assay.cost.store;

import dev.assay.cost.app.PriceImports;
import dev.assay.cost.catalogue.ImportedPriceList;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Imported lists of prices in PostgreSQL. They are few and large; what they change is worked out when it is asked for, by a
 * worker.
 */
@ApplicationScoped
class PriceImportStore implements PriceImports {
    private static final Duration NOTICE = Duration.ofSeconds(60);

    private final Pool pool;
    private final Vertx vertx;

    PriceImportStore(Pool pool, Vertx vertx) {
        this.pool = pool;
        this.vertx = vertx;
    }

    @Override
    public Uni<Optional<Preview>> preview(Wanted wanted, String priceList) {
        Instant time = wanted.effectiveFrom() == null ? Instant.now().plus(NOTICE) : wanted.effectiveFrom();
        return vertx.executeBlocking(() -> content(wanted, time, priceList))
                .chain(content -> pool.withTransaction(tx -> makeRoom(tx)
                        .chain(room -> room
                                ? PriceImportRows.versionAt(tx, time)
                                        .chain(base -> insert(tx, wanted, base, content))
                                        .replaceWith(true)
                                : Uni.createFrom().item(false))))
                .chain(added -> added ? find(wanted.id()) : Uni.createFrom().item(Optional.empty()));
    }

    private static Buffer content(Wanted wanted, Instant time, String priceList) {
        try {
            return Buffer.buffer(CatalogueContent.zipped(
                    ImportedPriceList.catalogue(priceList, wanted.version(), time, wanted.source())));
        } catch (IllegalArgumentException e) {
            throw new InvalidPriceList(String.valueOf(e.getMessage()));
        }
    }

    /** False if every import that is kept was applied. */
    private static Uni<Boolean> makeRoom(SqlConnection tx) {
        return tx.preparedQuery("""
                        delete from price_import where import_id in (
                          select import_id from price_import where state = 'previewed' order by created_time
                          limit greatest(0, (select count(*) from price_import) - $1))""")
                .execute(Tuple.of(MOST - 1L))
                .chain(() -> count(tx, "price_import"))
                .map(kept -> kept < MOST);
    }

    private static Uni<Void> insert(SqlConnection tx, Wanted wanted, String base, Buffer content) {
        return tx.preparedQuery("""
                        insert into price_import (import_id, version, effective_from, state, base_version, source, currency,
                          created_by, content)
                        values ($1, $2, $3, 'previewed', $4, $5, 'USD', $6, $7)""")
                .execute(Tuple.tuple()
                        .addUUID(wanted.id())
                        .addString(wanted.version())
                        .addOffsetDateTime(
                                wanted.effectiveFrom() == null
                                        ? null
                                        : wanted.effectiveFrom().atOffset(ZoneOffset.UTC))
                        .addString(base)
                        .addString(wanted.source())
                        .addString(wanted.by())
                        .addValue(content))
                .replaceWithVoid();
    }

    @Override
    public Uni<List<Import>> list() {
        return pool.withTransaction(PriceImportRows::all);
    }

    @Override
    public Uni<Optional<Preview>> find(UUID id) {
        return pool.withTransaction(tx -> PriceImportRows.find(tx, id)
                        .chain(found -> found.isEmpty()
                                ? Uni.createFrom().item(Optional.<PriceImportRows.Compared>empty())
                                : PriceImportRows.compared(tx, found.get()).map(Optional::of)))
                .chain(found -> vertx.executeBlocking(() -> found.map(PriceImportRows.Compared::preview)));
    }

    @Override
    public Uni<Outcome> apply(UUID id, String by) {
        // the state's row is locked first, as by every other change of prices: batches under way end before it
        return pool.withTransaction(tx -> tx.query("select revision from price_state for update")
                .execute()
                .chain(() -> PriceImportRows.find(tx, id))
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(Outcome.NOT_THERE)
                        : found.get().state() == State.APPLIED
                                ? Uni.createFrom().item(Outcome.APPLIED)
                                : apply(tx, found.get(), by)));
    }

    private static Uni<Outcome> apply(SqlConnection tx, Import job, String by) {
        Instant earliest = Instant.now().plus(NOTICE);
        Instant from = job.effectiveFrom() == null ? earliest : job.effectiveFrom();
        if (from.isBefore(earliest)) {
            return Uni.createFrom().item(Outcome.TOO_LATE);
        }
        return refusal(tx, job, from)
                .chain(refusal -> refusal != null
                        ? Uni.createFrom().item(refusal)
                        : write(tx, job, from, by).replaceWith(Outcome.APPLIED));
    }

    /** Why it cannot be applied; null if it can. */
    private static Uni<@Nullable Outcome> refusal(SqlConnection tx, Import job, Instant from) {
        return tx.preparedQuery("select count(*) from price_version where version = $1 or effective_from = $2")
                .execute(Tuple.of(job.version(), from.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(taken -> count(tx, "price_version")
                        .chain(versions -> PriceImportRows.versionAt(tx, from).map(base -> {
                            if (taken > 0) {
                                return Outcome.TAKEN;
                            }
                            if (versions >= MOST) {
                                return Outcome.FULL;
                            }
                            return base.equals(job.baseVersion()) ? null : Outcome.STALE;
                        })));
    }

    private static Uni<Void> write(SqlConnection tx, Import job, Instant from, String by) {
        return tx.preparedQuery("""
                        insert into price_version (version, effective_from, currency, source, content)
                        select version, $2, currency, source, content from price_import where import_id = $1""")
                .execute(Tuple.of(job.id(), from.atOffset(ZoneOffset.UTC)))
                .chain(() -> tx.query("update price_state set revision = revision + 1")
                        .execute())
                .chain(() -> tx.preparedQuery("""
                                update price_import set state = 'applied', effective_from = $2, applied_by = $3,
                                  applied_time = clock_timestamp() where import_id = $1""").execute(Tuple.of(job.id(), from.atOffset(ZoneOffset.UTC), by)))
                .replaceWithVoid();
    }

    @Override
    public Uni<List<Version>> versions() {
        return pool.withTransaction(PriceImportRows::versions);
    }

    /** {@code table} is one of this class's own words. */
    private static Uni<Long> count(SqlConnection tx, String table) {
        return tx.query("select count(*) from " + table)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }
}
