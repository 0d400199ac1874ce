package dev.assay.cost.store;

import dev.assay.cost.app.PriceImports;
import dev.assay.cost.catalogue.CatalogueFile;
import dev.assay.cost.catalogue.CatalogueHeader;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Registers the catalogue that ships with this build, if it is not there yet, before the first call is priced.
 *
 * <p>The very first version holds from its date (and for all time before it). One that comes with an upgrade takes effect a
 * minute later at the earliest, so that calls already priced keep their price whatever order they came in. Once an operator has
 * applied a list, an upgrade changes no price any more: what it ships is kept as an import to look at and to apply.
 */
@ApplicationScoped
class ShippedCatalogue {
    private static final Logger LOG = Logger.getLogger(ShippedCatalogue.class);
    private static final String RESOURCE = "/prices/catalogue-2026-08-01.jsonl";
    private static final Duration NOTICE = Duration.ofSeconds(60);

    private final Pool pool;

    ShippedCatalogue(Pool pool) {
        this.pool = pool;
    }

    /** Runs before the consumers start, which observe the same event. */
    void install(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) throws IOException {
        String text;
        try (InputStream in = ShippedCatalogue.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("this build ships no price catalogue: " + RESOURCE);
            }
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        CatalogueHeader header = CatalogueFile.readHeader(text);
        Buffer content = Buffer.buffer(CatalogueContent.zipped(text));
        pool.withTransaction(tx -> install(tx, header, content)).await().atMost(Duration.ofSeconds(60));
    }

    static Uni<Void> install(SqlConnection tx, CatalogueHeader header, Buffer content) {
        // the state's row is locked first, so that two replicas that start together agree which version is the first
        return tx.query("select revision from price_state for update")
                .execute()
                .chain(() -> tx.preparedQuery("""
                                select (select count(*) from price_version) = 0 as first,
                                  exists (select from price_import where state = 'applied') as operated,
                                  exists (select from price_version where version = $1) as there""").execute(Tuple.of(header.version())))
                .map(rows -> rows.iterator().next())
                .chain(prices -> prices.getBoolean("there")
                        ? Uni.createFrom().voidItem()
                        : prices.getBoolean("operated")
                                ? offer(tx, header, content)
                                : add(tx, header, content, prices.getBoolean("first")));
    }

    private static Uni<Void> add(SqlConnection tx, CatalogueHeader header, Buffer content, boolean first) {
        return tx.preparedQuery("""
                        insert into price_version (version, effective_from, currency, source, content)
                        values ($1, $2, $3, $4, $5)""")
                .execute(Tuple.of(
                        header.version(),
                        effectiveFrom(header, first).atOffset(ZoneOffset.UTC),
                        header.currency(),
                        header.source(),
                        content))
                .chain(() -> tx.query("update price_state set revision = revision + 1")
                        .execute())
                .invoke(() -> LOG.infof("installed price catalogue %s", header.version()))
                .replaceWithVoid();
    }

    /** Keeps it as an import that is compared with the prices of now; its id is of both, so that a restart adds no other. */
    private static Uni<Void> offer(SqlConnection tx, CatalogueHeader header, Buffer content) {
        return PriceImportRows.versionAt(tx, Instant.now().plus(NOTICE)).chain(base -> {
            UUID id = UUID.nameUUIDFromBytes((header.version() + "\n" + base).getBytes(StandardCharsets.UTF_8));
            return tx.preparedQuery("""
                            insert into price_import (import_id, version, effective_from, state, base_version, source, currency,
                              created_by, content)
                            values ($1, $2, null, 'previewed', $3, $4, $5, $6, $7) on conflict do nothing""")
                    .execute(Tuple.tuple()
                            .addUUID(id)
                            .addString(header.version())
                            .addString(base)
                            .addString(header.source())
                            .addString(header.currency())
                            .addString(PriceImports.SHIPPED)
                            .addValue(content))
                    .invoke(() -> LOG.infof(
                            "price catalogue %s is not installed, for prices were imported: import %s shows what it changes",
                            header.version(), id))
                    .replaceWithVoid();
        });
    }

    private static Instant effectiveFrom(CatalogueHeader header, boolean first) {
        Instant ofList = Instant.parse(header.effectiveFrom());
        Instant earliest = Instant.now().plus(NOTICE);
        return first || ofList.isAfter(earliest) ? ofList : earliest;
    }
}
