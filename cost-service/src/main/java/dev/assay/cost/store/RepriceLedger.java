package dev.assay.cost.store;

import dev.assay.contracts.Topics;
import dev.assay.cost.app.BudgetSpend;
import dev.assay.cost.app.CallKey;
import dev.assay.cost.app.CallLedger;
import dev.assay.cost.app.HeldEntry;
import dev.assay.cost.app.LedgerEntry;
import dev.assay.cost.app.RepricedCall;
import dev.assay.cost.app.Sums;
import dev.assay.cost.app.UserActivity;
import dev.assay.cost.domain.pricing.PriceBook;
import dev.assay.cost.domain.pricing.PriceOverride;
import dev.assay.cost.domain.pricing.Repricing;
import dev.assay.platform.rollup.RollupStore;
import dev.assay.platform.sink.Sources;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Walks the ledger from a price's date on, page by page, and prices its calls by another book. */
@ApplicationScoped
class RepriceLedger {
    private static final int PAGE = 1000;

    private static final String READ = """
            select l.tenant, l.ledger_day, l.id, l.event_id, l.generation, l.position, l.withdrawn, l.start_us, l.user_hash,
              l.tokens, l.currency, l.list_cost::text as list_cost, l.reported_cost::text as reported_cost,
              l.price_version, l.billing,
              s.environment, s.app, s.endpoint, s.provider, s.model, s.variant, s.prompt_version
            from ledger l left join series s on s.tenant = l.tenant and s.series_id = l.series_id
            where l.tenant = $1 and l.start_us >= $2 and (l.start_us, l.id) > ($3, $4) and not l.withdrawn
            order by l.start_us, l.id limit $5""";

    private final CallLedger ledger;
    private final UserActivity users;
    private final BudgetSpend budgets;
    private final RollupStore rollups;

    RepriceLedger(CallLedger ledger, UserActivity users, BudgetSpend budgets, RollupStore rollups) {
        this.ledger = ledger;
        this.users = users;
        this.budgets = budgets;
        this.rollups = rollups;
    }

    /** The source that a job writes as: it holds its offset row, so that no batch of it is under way. */
    record Source(short id, long position) {}

    /** Takes the row of the first source of calls; empty when no call has ever come. Sinks take it first as well. */
    static Uni<Optional<Source>> lockSource(SqlConnection tx) {
        return tx.preparedQuery("""
                        select partition_id, next_offset from consumer_offset where topic_id = $1
                        order by partition_id limit 1 for update""").execute(Tuple.of(Topics.id(Topics.CALLS))).map(rows -> {
            if (rows.size() == 0) {
                return Optional.empty();
            }
            Row row = rows.iterator().next();
            return Optional.of(
                    new Source(Sources.id(Topics.CALLS, row.getInteger("partition_id")), row.getLong("next_offset")));
        });
    }

    /** How many calls there are since a price's date; counts no further than {@code most}. */
    static Uni<Long> callsSince(SqlConnection connection, PriceOverride override, int most) {
        return connection
                .preparedQuery("""
                        select count(*) from (select from ledger where tenant = $1 and start_us >= $2 and not withdrawn
                          limit $3) counted""")
                .execute(Tuple.of(override.tenant(), BudgetFiguresQuery.micros(override.effectiveFrom()), most))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** What the calls would come to under {@code book}; nothing is written. */
    Uni<Repricing> preview(SqlConnection connection, PriceOverride override, PriceBook book) {
        return walk(connection, override, book, Repricing.NONE, -1, new UUID(0, 0), null);
    }

    /** Writes what the calls come to under {@code book}, and all sums with them. */
    Uni<Repricing> write(SqlConnection tx, PriceOverride override, PriceBook book, Source source) {
        return budgets.current(tx).chain(capped -> {
            Sums sums = new Sums(capped);
            return walk(tx, override, book, Repricing.NONE, -1, new UUID(0, 0), sums)
                    .call(() -> users.fold(tx, source.id(), sums.activity()))
                    .call(() -> budgets.fold(tx, source.id(), sums.spend()))
                    .call(() -> rollups.revise(tx, source.id(), source.position(), sums.windows()));
        });
    }

    private Uni<Repricing> walk(
            SqlConnection connection,
            PriceOverride override,
            PriceBook book,
            Repricing soFar,
            long afterMicros,
            UUID afterId,
            @Nullable Sums sums) {
        Tuple page = Tuple.of(
                override.tenant(), BudgetFiguresQuery.micros(override.effectiveFrom()), afterMicros, afterId, PAGE);
        return connection.preparedQuery(READ).execute(page).chain(rows -> {
            if (rows.size() == 0) {
                return Uni.createFrom().item(soFar);
            }
            List<RepricedCall> changed = new ArrayList<>();
            long micros = afterMicros;
            UUID id = afterId;
            for (Row row : rows) {
                repriced(row, override, book).ifPresent(changed::add);
                micros = row.getLong("start_us");
                id = row.getUUID("id");
            }
            Repricing total = soFar;
            for (RepricedCall call : changed) {
                total = total.plus(call.costBefore(), call.costAfter());
            }
            Repricing now = total;
            long lastMicros = micros;
            UUID lastId = id;
            Uni<Void> written = sums == null ? Uni.createFrom().voidItem() : writePage(connection, changed, sums);
            return written.chain(() -> walk(connection, override, book, now, lastMicros, lastId, sums));
        });
    }

    private Uni<Void> writePage(SqlConnection tx, List<RepricedCall> changed, Sums sums) {
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        SortedMap<CallKey, LedgerEntry> entries = new TreeMap<>();
        Map<CallKey, HeldEntry> held = new HashMap<>();
        for (RepricedCall call : changed) {
            call.before().contribution().ifPresent(old -> sums.add(call.key(), old, -1));
            call.after().contribution().ifPresent(added -> sums.add(call.key(), added, 1));
            entries.put(call.key(), call.after());
            held.put(call.key(), call.before());
        }
        return ledger.write(tx, entries, held).chain(() -> ledger.rememberPriced(tx, priced(entries)));
    }

    private static List<LedgerEntry> priced(SortedMap<CallKey, LedgerEntry> entries) {
        return entries.values().stream()
                .filter(entry -> entry.contribution().orElseThrow().listCost() != null)
                .toList();
    }

    /** A call that the price is not for is left alone, whatever another book would make of it. */
    private static Optional<RepricedCall> repriced(Row row, PriceOverride override, PriceBook book) {
        byte[] billing = row.getBuffer("billing").getBytes();
        return RepricedCall.of(
                        book,
                        LedgerStore.key(row),
                        row.getString("event_id"),
                        LedgerStore.held(row),
                        billing,
                        row.getString("currency"),
                        row.getString("price_version"))
                .filter(call -> {
                    var told = Objects.requireNonNull(call.after().details()).billing();
                    return override.covers(told.getProvider(), told.getResponseModel(), told.getRequestModel());
                });
    }
}
