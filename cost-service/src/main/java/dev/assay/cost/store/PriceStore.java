package dev.assay.cost.store;

import dev.assay.cost.app.PriceBooks;
import dev.assay.cost.catalogue.CatalogueFile;
import dev.assay.cost.domain.pricing.PriceBook;
import dev.assay.cost.domain.pricing.PriceCatalogue;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Prices from the database, held in memory as of the last revision that was seen. Versions never change, so only new ones
 * are read; overrides are few and read anew.
 */
@ApplicationScoped
class PriceStore implements PriceBooks {
    private final Map<String, PriceCatalogue> versions = new ConcurrentHashMap<>();
    private volatile Loaded loaded = new Loaded(-1, null);

    private final Pool pool;
    private final Vertx vertx;

    private record Loaded(long revision, @Nullable PriceBook book) {}

    PriceStore(Pool pool, Vertx vertx) {
        this.pool = pool;
        this.vertx = vertx;
    }

    @Override
    public Uni<PriceBook> now() {
        return pool.withTransaction(this::current);
    }

    @Override
    public Uni<PriceBook> current(SqlConnection tx) {
        // held shared until the batch commits, so that a price cannot be added under it
        return tx.preparedQuery("select revision from price_state for share")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(revision -> {
                    Loaded known = loaded;
                    PriceBook book = known.book();
                    return book != null && known.revision() == revision
                            ? Uni.createFrom().item(book)
                            : load(tx, revision);
                });
    }

    private Uni<PriceBook> load(SqlConnection tx, long revision) {
        return readVersions(tx)
                .invoke(PriceStore::requireOne)
                .chain(catalogues -> PriceOverrideStore.readAll(tx).map(overrides -> {
                    PriceBook book = new PriceBook(catalogues, overrides);
                    // a transaction that rolls back leaves no harm: what it read of others had been committed
                    loaded = new Loaded(revision, book);
                    return book;
                }));
    }

    /** Without prices nothing can be said about any call: the batch waits, and no record is at fault. */
    private static void requireOne(List<PriceCatalogue> catalogues) {
        if (catalogues.isEmpty()) {
            throw new IllegalStateException("no price catalogue is installed yet");
        }
    }

    private Uni<List<PriceCatalogue>> readVersions(SqlConnection tx) {
        return tx.preparedQuery("select version, effective_from from price_version")
                .execute()
                .chain(rows -> {
                    List<String> missing = new ArrayList<>();
                    rows.forEach(row -> {
                        if (!versions.containsKey(row.getString(0))) {
                            missing.add(row.getString(0));
                        }
                    });
                    return missing.isEmpty() ? Uni.createFrom().voidItem() : readContents(tx, missing);
                })
                .map(done -> List.copyOf(versions.values()));
    }

    private Uni<Void> readContents(SqlConnection tx, List<String> missing) {
        return tx.preparedQuery("select effective_from, content from price_version where version = any($1)")
                .execute(Tuple.tuple().addArrayOfString(missing.toArray(String[]::new)))
                // a worker reads them: a list has thousands of rows
                .chain(rows -> vertx.executeBlocking(() -> {
                    for (Row row : rows) {
                        OffsetDateTime from = row.getOffsetDateTime(0);
                        PriceCatalogue catalogue = CatalogueFile.read(
                                CatalogueContent.unzipped(row.getBuffer(1).getBytes()));
                        versions.put(catalogue.version(), catalogue.effectiveFrom(from.toInstant()));
                    }
                    return rows.size();
                }))
                .replaceWithVoid();
    }
}
