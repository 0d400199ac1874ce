package dev.assay.cost.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.cost.app.PriceOverrides;
import dev.assay.cost.domain.pricing.Decimals;
import dev.assay.cost.domain.pricing.PriceOverride;
import dev.assay.cost.domain.pricing.PriceRow;
import dev.assay.cost.domain.pricing.RateCard;
import dev.assay.platform.tenancy.TenantReads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The projects' own prices in PostgreSQL. */
@ApplicationScoped
class PriceOverrideStore implements PriceOverrides {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String COLUMNS =
            "tenant, override_id, provider, model, effective_from, currency, rates::text as rates";

    private final Pool pool;
    private final TenantReads reads;

    PriceOverrideStore(Pool pool, TenantReads reads) {
        this.pool = pool;
        this.reads = reads;
    }

    @Override
    public Uni<Outcome> add(PriceOverride override, Instant earliest, String createdBy) {
        // raising the revision waits for the batches under way, which hold it shared, and makes later ones load the
        // price
        return pool.withTransaction(tx -> tx.query("update price_state set revision = revision + 1")
                .execute()
                .chain(() -> override.effectiveFrom().isBefore(earliest)
                        ? hasBeenPriced(tx, override)
                        : Uni.createFrom().item(false))
                .chain(tooLate -> tooLate
                        ? Uni.createFrom().item(Outcome.TOO_LATE)
                        : insert(tx, override, createdBy).replaceWith(Outcome.ADDED)));
    }

    private static Uni<Boolean> hasBeenPriced(SqlConnection tx, PriceOverride override) {
        return tx.preparedQuery("""
                        select exists (select from priced_model
                          where tenant = $1 and model = $2 and ($3 = '' or provider = $3))""")
                .execute(Tuple.of(override.tenant(), override.model(), override.provider()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    static Uni<Void> insert(SqlConnection tx, PriceOverride override, String createdBy) {
        return tx.preparedQuery("""
                        insert into price_override
                          (tenant, override_id, provider, model, effective_from, currency, rates, created_by)
                        values ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8)""")
                .execute(Tuple.tuple()
                        .addString(override.tenant())
                        .addUUID(UUID.fromString(override.id()))
                        .addString(override.provider())
                        .addString(override.model())
                        .addOffsetDateTime(override.effectiveFrom().atOffset(ZoneOffset.UTC))
                        .addString(override.currency())
                        .addString(write(override.card().row().rates()))
                        .addString(createdBy))
                .replaceWithVoid();
    }

    @Override
    public Uni<List<PriceOverride>> list(String tenant) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery("select " + COLUMNS
                                + " from price_override where tenant = $1 order by effective_from desc, seq desc")
                        .execute(Tuple.of(tenant))
                        .map(PriceOverrideStore::overrides));
    }

    /** All projects' prices in the order in which they were added. */
    static Uni<List<PriceOverride>> readAll(SqlConnection tx) {
        return tx.preparedQuery("select " + COLUMNS + " from price_override order by seq")
                .execute()
                .map(PriceOverrideStore::overrides);
    }

    private static List<PriceOverride> overrides(RowSet<Row> rows) {
        List<PriceOverride> overrides = new ArrayList<>();
        for (Row row : rows) {
            PriceRow prices =
                    PriceRow.of(row.getString("model"), row.getString("provider"), read(row.getString("rates")));
            overrides.add(new PriceOverride(
                    row.getUUID("override_id").toString(),
                    row.getString("tenant"),
                    row.getString("provider"),
                    row.getString("model"),
                    row.getOffsetDateTime("effective_from").toInstant(),
                    row.getString("currency"),
                    RateCard.of(prices)));
        }
        return overrides;
    }

    static String write(Map<String, BigDecimal> rates) {
        ObjectNode json = JSON.createObjectNode();
        new TreeMap<>(rates).forEach((name, rate) -> json.put(name, Decimals.text(rate)));
        return json.toString();
    }

    static Map<String, BigDecimal> read(String json) {
        try {
            Map<String, BigDecimal> rates = new HashMap<>();
            JSON.readTree(json)
                    .properties()
                    .forEach(e ->
                            rates.put(e.getKey(), new BigDecimal(e.getValue().asText())));
            return rates;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a stored price is no JSON", e);
        }
    }
}
