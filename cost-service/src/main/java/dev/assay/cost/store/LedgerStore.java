package dev.assay.cost.store;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.cost.app.Bill;
import dev.assay.cost.app.CallKey;
import dev.assay.cost.app.CallLedger;
import dev.assay.cost.app.CallRevision;
import dev.assay.cost.app.HeldEntry;
import dev.assay.cost.app.LedgerEntry;
import dev.assay.cost.app.LedgerEntry.Details;
import dev.assay.cost.domain.pricing.PricingOutcome.Priced;
import dev.assay.cost.domain.pricing.PricingOutcome.Unpriced;
import dev.assay.cost.domain.spend.Contribution;
import dev.assay.platform.window.SeriesId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The ledger in PostgreSQL; a batch is a handful of statements, however many calls it has. */
@ApplicationScoped
class LedgerStore implements CallLedger {
    private static final String OPEN_DAYS =
            "select count(*) filter (where open_day(day)) from unnest($1::int[]) as k(day)";

    private static final String HOLD = """
            select l.tenant, l.ledger_day, l.id, l.generation, l.position, l.withdrawn, l.start_us, l.user_hash,
              l.tokens, l.list_cost::text as list_cost, l.reported_cost::text as reported_cost,
              s.environment, s.app, s.endpoint, s.provider, s.model, s.variant, s.prompt_version
            from unnest($1::text[], $2::int[], $3::uuid[]) as k(tenant, ledger_day, id)
            join ledger l on l.tenant = k.tenant and l.ledger_day = k.ledger_day and l.id = k.id
            left join series s on s.tenant = l.tenant and s.series_id = l.series_id
            order by l.tenant, l.ledger_day, l.id for update of l""";

    private static final String COLUMNS = """
            tenant, ledger_day, id, event_id, generation, position, withdrawn, start_us, series_id, user_id, user_hash,
            task_id, tokens, currency, list_cost, unpriced_reason, unpriced_detail, price_version, price_key,
            price_match, price_assumed, charges, reported_cost, billing""";

    private static final String VALUES = """
            select tenant, ledger_day, id, event_id, generation, position, withdrawn, start_us, series_id, user_id,
              user_hash, task_id, tokens, currency, list_cost::numeric, unpriced_reason, unpriced_detail, price_version,
              price_key, price_match, price_assumed, charges::jsonb, reported_cost::numeric, billing
            from unnest($1::text[], $2::int[], $3::uuid[], $4::text[], $5::bigint[], $6::bigint[], $7::boolean[],
              $8::bigint[], $9::bigint[], $10::text[], $11::bigint[], $12::text[], $13::bigint[], $14::text[],
              $15::text[], $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::boolean[], $22::text[],
              $23::text[], $24::bytea[])
              as k(%s)""".formatted(COLUMNS);

    private static final String INSERT = "insert into ledger (%s) %s on conflict do nothing".formatted(COLUMNS, VALUES);

    private static final String UPDATE = """
            update ledger l set (%1$s) = (%2$s) from (%3$s) as v
            where l.tenant = v.tenant and l.ledger_day = v.ledger_day and l.id = v.id""".formatted(
                    COLUMNS.replaceFirst("tenant, ledger_day, id, ", ""),
                    COLUMNS.replaceFirst("tenant, ledger_day, id, ", "").replaceAll("(\\w+)", "v.$1"),
                    VALUES);

    private static final String REMEMBER = """
            insert into priced_model (tenant, provider, model)
            select * from unnest($1::text[], $2::text[], $3::text[]) on conflict do nothing""";

    @Override
    public Uni<Map<CallKey, HeldEntry>> hold(SqlConnection tx, SortedSet<CallKey> keys) {
        Integer[] days =
                keys.stream().map(CallKey::ledgerDay).distinct().sorted().toArray(Integer[]::new);
        Tuple wanted = new Columns<>(List.copyOf(keys))
                .text(CallKey::tenant)
                .integer(CallKey::ledgerDay)
                .uuid(CallKey::id)
                .tuple();
        return tx.preparedQuery(OPEN_DAYS)
                .execute(Tuple.tuple().addArrayOfInteger(days))
                .chain(() -> tx.preparedQuery(HOLD).execute(wanted))
                .map(rows -> {
                    Map<CallKey, HeldEntry> held = new HashMap<>();
                    rows.forEach(row -> held.put(key(row), held(row)));
                    return held;
                });
    }

    @Override
    public Uni<Void> write(SqlConnection tx, SortedMap<CallKey, LedgerEntry> entries, Map<CallKey, HeldEntry> held) {
        List<LedgerEntry> fresh = new ArrayList<>();
        List<LedgerEntry> revised = new ArrayList<>();
        entries.forEach((key, entry) -> (held.containsKey(key) ? revised : fresh).add(entry));
        return insert(tx, fresh).chain(() -> update(tx, revised));
    }

    private static Uni<Void> insert(SqlConnection tx, List<LedgerEntry> fresh) {
        if (fresh.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(INSERT)
                .execute(values(fresh))
                .invoke(rows -> {
                    if (rows.rowCount() != fresh.size()) {
                        // the same call came through another partition since it was looked for: the next attempt sees
                        // it
                        throw new IllegalStateException((fresh.size() - rows.rowCount())
                                + " calls were written by another transaction at the same time");
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Void> update(SqlConnection tx, List<LedgerEntry> revised) {
        return revised.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(UPDATE).execute(values(revised)).replaceWithVoid();
    }

    @Override
    public Uni<Void> rememberPriced(SqlConnection tx, Collection<LedgerEntry> entries) {
        record Model(String tenant, String provider, String model) {}
        TreeSet<Model> models = new TreeSet<>(Comparator.comparing(Model::tenant)
                .thenComparing(Model::provider)
                .thenComparing(Model::model));
        for (LedgerEntry entry : entries) {
            Details details = entry.details();
            if (details != null) {
                Call call = details.billing();
                for (String model : List.of(call.getResponseModel(), call.getRequestModel())) {
                    if (!model.isEmpty()) {
                        models.add(new Model(entry.key().tenant(), call.getProvider(), model));
                    }
                }
            }
        }
        return models.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(REMEMBER)
                        .execute(new Columns<>(List.copyOf(models))
                                .text(Model::tenant)
                                .text(Model::provider)
                                .text(Model::model)
                                .tuple())
                        .replaceWithVoid();
    }

    private static Tuple values(List<LedgerEntry> entries) {
        return new Columns<>(entries)
                .text(entry -> entry.key().tenant())
                .integer(entry -> entry.key().ledgerDay())
                .uuid(entry -> entry.key().id())
                .text(LedgerEntry::eventId)
                .bigint(entry -> entry.revision().generation())
                .bigint(entry -> entry.revision().position())
                .bool(entry -> entry.details() == null)
                .bigint(entry ->
                        entry.contribution().map(Contribution::startMicros).orElse(0L))
                .bigint(entry -> entry.contribution()
                        .map(c -> SeriesId.of(entry.key().tenant(), c.dimensions()))
                        .orElse(0L))
                .text(ofCall(Call::getUserId))
                .bigint(entry ->
                        entry.contribution().map(Contribution::userHash).orElse(null))
                .text(ofCall(Call::getTaskId))
                .bigint(entry -> entry.contribution().map(Contribution::tokens).orElse(0L))
                .text(entry ->
                        entry.details() == null ? "" : entry.details().bill().currency())
                .text(entry -> entry.contribution()
                        .map(Contribution::listCost)
                        .map(BigDecimal::toPlainString)
                        .orElse(null))
                .text(ofUnpriced(unpriced -> unpriced.reason().label()))
                .text(ofUnpriced(Unpriced::detail))
                .text(ofBill(Bill::priceVersion))
                .text(ofBill(Bill::priceKey))
                .text(ofBill(bill -> bill.match() == null ? null : bill.match().label()))
                .bool(entry -> entry.details() != null && entry.details().bill().assumed())
                .text(ofBill(
                        bill -> bill.outcome() instanceof Priced priced ? ChargesJson.write(priced.charges()) : null))
                .text(entry -> entry.contribution()
                        .map(Contribution::reportedCost)
                        .map(BigDecimal::toPlainString)
                        .orElse(null))
                .bytes(entry -> entry.details() == null
                        ? new byte[0]
                        : entry.details().billing().toByteArray())
                .tuple();
    }

    private static Function<LedgerEntry, @Nullable String> ofCall(Function<Call, String> field) {
        return entry -> {
            Details details = entry.details();
            String value = details == null ? "" : field.apply(details.billing());
            return value.isEmpty() ? null : value;
        };
    }

    private static Function<LedgerEntry, @Nullable String> ofBill(Function<Bill, @Nullable String> field) {
        return entry -> {
            Details details = entry.details();
            return details == null ? null : field.apply(details.bill());
        };
    }

    private static Function<LedgerEntry, @Nullable String> ofUnpriced(Function<Unpriced, String> field) {
        return ofBill(bill -> bill.outcome() instanceof Unpriced unpriced ? field.apply(unpriced) : null);
    }

    static CallKey key(Row row) {
        return new CallKey(row.getString("tenant"), row.getInteger("ledger_day"), row.getUUID("id"));
    }

    static HeldEntry held(Row row) {
        CallRevision revision = new CallRevision(row.getLong("generation"), row.getLong("position"));
        if (row.getBoolean("withdrawn")) {
            return new HeldEntry(revision, Optional.empty());
        }
        return new HeldEntry(
                revision,
                Optional.of(new Contribution(
                        dimensions(row),
                        row.getLong("start_us"),
                        row.getLong("user_hash"),
                        row.getLong("tokens"),
                        decimal(row, "list_cost"),
                        decimal(row, "reported_cost"))));
    }

    static Dimensions dimensions(Row row) {
        return Dimensions.newBuilder()
                .setEnvironment(row.getString("environment"))
                .setApp(row.getString("app"))
                .setEndpoint(row.getString("endpoint"))
                .setProvider(row.getString("provider"))
                .setModel(row.getString("model"))
                .setVariant(row.getString("variant"))
                .setPromptVersion(row.getString("prompt_version"))
                .build();
    }

    private static @Nullable BigDecimal decimal(Row row, String column) {
        String text = row.getString(column);
        return text == null ? null : new BigDecimal(text);
    }
}
