package dev.assay.cost.store;

import dev.assay.cost.app.PriceImports.Import;
import dev.assay.cost.app.PriceImports.Preview;
import dev.assay.cost.app.PriceImports.State;
import dev.assay.cost.app.PriceImports.Version;
import dev.assay.cost.catalogue.CatalogueFile;
import dev.assay.cost.domain.pricing.CatalogueDiff;
import dev.assay.cost.domain.pricing.PriceCatalogue;
import dev.assay.cost.domain.pricing.RateNames;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads of {@code price_import} and {@code price_version}. */
final class PriceImportRows {
    private static final String COLUMNS = """
            import_id, version, effective_from, state, base_version, source, currency, created_time, created_by, applied_time,
            applied_by""";

    private PriceImportRows() {}

    /** The version that holds at a time; the first one for all time before it. */
    static Uni<String> versionAt(SqlConnection tx, Instant at) {
        return tx.preparedQuery("""
                        select version from price_version
                        order by effective_from <= $1 desc,
                          case when effective_from <= $1 then effective_from end desc nulls last, effective_from
                        limit 1""")
                .execute(Tuple.of(at.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next().getString(0));
    }

    static Uni<Optional<Import>> find(SqlConnection tx, UUID id) {
        return tx.preparedQuery("select " + COLUMNS + " from price_import where import_id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(job(rows.iterator().next())));
    }

    static Uni<List<Import>> all(SqlConnection tx) {
        return tx.query("select " + COLUMNS + " from price_import order by created_time desc, import_id")
                .execute()
                .map(rows -> {
                    List<Import> all = new ArrayList<>();
                    rows.forEach(row -> all.add(job(row)));
                    return all;
                });
    }

    private static Import job(Row row) {
        return new Import(
                row.getUUID("import_id"),
                row.getString("version"),
                instant(row.getOffsetDateTime("effective_from")),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("base_version"),
                row.getString("source"),
                row.getString("currency"),
                row.getOffsetDateTime("created_time").toInstant(),
                row.getString("created_by"),
                instant(row.getOffsetDateTime("applied_time")),
                row.getString("applied_by"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /** An import's list and the one that it was compared with, as they are stored. */
    record Compared(Import job, Buffer wanted, Buffer base) {
        /** What the import changes; reading both lists takes a while. */
        Preview preview() {
            PriceCatalogue list = catalogue(wanted);
            return new Preview(
                    job, list.rows().size(), CatalogueDiff.of(catalogue(base).rows(), list.rows()), unknownRates(list));
        }

        private static PriceCatalogue catalogue(Buffer content) {
            return CatalogueFile.read(CatalogueContent.unzipped(content.getBytes()));
        }
    }

    static Uni<Compared> compared(SqlConnection tx, Import job) {
        return tx.preparedQuery("""
                        select i.content, v.content from price_import i join price_version v on v.version = i.base_version
                        where i.import_id = $1""").execute(Tuple.of(job.id())).map(rows -> {
            Row row = rows.iterator().next();
            return new Compared(job, row.getBuffer(0), row.getBuffer(1));
        });
    }

    private static List<String> unknownRates(PriceCatalogue catalogue) {
        return catalogue.rows().stream()
                .flatMap(row -> Stream.concat(
                        row.rates().keySet().stream(),
                        row.bands().stream().flatMap(band -> band.rates().keySet().stream())))
                .filter(name -> RateNames.handling(name) == RateNames.Handling.UNKNOWN)
                .distinct()
                .sorted()
                .toList();
    }

    static Uni<List<Version>> versions(SqlConnection tx) {
        return tx.query("""
                        select version, effective_from, currency, source, installed_time from price_version
                        order by effective_from desc, version""").execute().map(rows -> {
            List<Version> versions = new ArrayList<>();
            rows.forEach(row -> versions.add(new Version(
                    row.getString("version"),
                    row.getOffsetDateTime("effective_from").toInstant(),
                    row.getString("currency"),
                    row.getString("source"),
                    row.getOffsetDateTime("installed_time").toInstant())));
            return versions;
        });
    }
}
