package dev.assay.cost.store;

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
import org.jboss.logging.Logger;

/**
 * Registers the catalogue that ships with this build, if it is not there yet, before the first call is priced.
 *
 * <p>The very first version holds from its date (and for all time before it). One that comes with an upgrade takes effect a
 * minute later at the earliest, so that calls already priced keep their price whatever order they came in.
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

    private static Uni<Void> install(SqlConnection tx, CatalogueHeader header, Buffer content) {
        // the state's row is locked first, so that two replicas that start together agree which version is the first
        return tx.query("select revision from price_state for update")
                .execute()
                .chain(() -> tx.query("select count(*) from price_version").execute())
                .map(rows -> rows.iterator().next().getLong(0) == 0)
                .chain(first -> tx.preparedQuery("""
                                insert into price_version (version, effective_from, currency, source, content)
                                values ($1, $2, $3, $4, $5) on conflict do nothing""")
                        .execute(Tuple.of(
                                header.version(),
                                effectiveFrom(header, first).atOffset(ZoneOffset.UTC),
                                header.currency(),
                                header.source(),
                                content)))
                .chain(inserted -> inserted.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : tx.query("update price_state set revision = revision + 1")
                                .execute()
                                .invoke(() -> LOG.infof("installed price catalogue %s", header.version()))
                                .replaceWithVoid());
    }

    private static Instant effectiveFrom(CatalogueHeader header, boolean first) {
        Instant ofList = Instant.parse(header.effectiveFrom());
        Instant earliest = Instant.now().plus(NOTICE);
        return first || ofList.isAfter(earliest) ? ofList : earliest;
    }
}
