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
        return tx.preparedQuery("""
                        select import_id, version, effective_from, state, base_version, source, currency, created_time,
                          created_by, applied_time, applied_by
                        from price_import where import_id = $1""")
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(job(rows.iterator().next())));
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

    /** What an import changes in the version that it was compared with. */
    static Uni<Preview> preview(SqlConnection tx, Import job) {
        return tx.preparedQuery("select content from price_import where import_id = $1")
                .execute(Tuple.of(job.id()))
                .map(PriceImportRows::catalogue)
                .chain(wanted -> tx.preparedQuery("select content from price_version where version = $1")
                        .execute(Tuple.of(job.baseVersion()))
                        .map(PriceImportRows::catalogue)
                        .map(base -> new Preview(
                                job,
                                wanted.rows().size(),
                                CatalogueDiff.of(base.rows(), wanted.rows()),
                                unknownRates(wanted))));
    }

    private static PriceCatalogue catalogue(Iterable<Row> rows) {
        return CatalogueFile.read(
                CatalogueContent.unzipped(rows.iterator().next().getBuffer(0).getBytes()));
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
