package dev.assay.cost.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cost.StackResource;
import dev.assay.cost.catalogue.CatalogueFile;
import dev.assay.cost.catalogue.CatalogueHeader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an upgrade that ships newer prices does; each case is undone, so that no other test sees it. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class UpgradedCatalogueIT {
    private static final CatalogueHeader NEWER = new CatalogueHeader(
            CatalogueFile.FORMAT, "2099-01-01", "2026-08-02T00:00:00Z", "USD", "a newer list", "MIT", 0);

    private static final String OPERATED = """
            insert into price_import (import_id, version, state, base_version, source, currency, created_by, applied_by,
              applied_time, content)
            values (gen_random_uuid(), 'ours', 'applied', '2026-08-01', 'us', 'USD', 'key', 'key', now(), '')""";

    @Inject
    Pool pool;

    /** Ends a transaction with what it saw, and undoes it. */
    private static final class Seen extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Row row;

        Seen(Row row) {
            this.row = row;
        }
    }

    @Test
    void takesEffectAMinuteLaterWherePricesWereNeverImported() {
        Row seen = after("delete from price_import", """
            select effective_from, (select count(*) from price_import) as offered,
              (select count(*) from price_version where version = '2099-01-01') as installed
            from price_version where version = '2099-01-01'""");
        assertThat(seen.getLong("installed")).isEqualTo(1);
        assertThat(seen.getLong("offered")).isZero();
        assertThat(seen.getOffsetDateTime("effective_from").toInstant())
                .isAfter(Instant.now().plusSeconds(30));
    }

    @Test
    void replacesNoImportedPricesButIsOfferedOnce() {
        Row seen = after(OPERATED, """
            select count(*) as offered, max(base_version) as base, max(created_by) as by, max(state) as state,
              (select count(*) from price_version where version = '2099-01-01') as installed
            from price_import where version = '2099-01-01'""");
        assertThat(seen.getLong("installed")).isZero();
        assertThat(seen.getLong("offered")).isEqualTo(1);
        assertThat(seen.getString("base")).isEqualTo("2026-08-01");
        assertThat(seen.getString("by")).isEqualTo("shipped");
        assertThat(seen.getString("state")).isEqualTo("previewed");
    }

    /** What a query tells after a statement and two starts of a service that ships the newer list. */
    private Row after(String statement, String query) {
        return pool.withTransaction(tx -> tx.query(statement)
                        .execute()
                        .chain(() -> start(tx))
                        .chain(() -> start(tx))
                        .chain(() -> tx.query(query).execute())
                        .<Row>chain(rows -> Uni.createFrom()
                                .failure(new Seen(rows.iterator().next()))))
                .onFailure(Seen.class)
                .recoverWithItem(seen -> ((Seen) seen).row)
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    private static Uni<Void> start(SqlConnection tx) {
        String text = CatalogueFile.write(NEWER, List.of());
        return ShippedCatalogue.install(tx, NEWER, Buffer.buffer(CatalogueContent.zipped(text)));
    }
}
