package dev.assay.cost.store;

import dev.assay.cost.app.PriceBooks;
import dev.assay.cost.app.RepriceJobs;
import dev.assay.cost.domain.pricing.PriceBook;
import dev.assay.cost.domain.pricing.PriceOverride;
import dev.assay.cost.domain.pricing.PriceRow;
import dev.assay.cost.domain.pricing.RateCard;
import dev.assay.cost.domain.pricing.Repricing;
import dev.assay.platform.tenancy.TenantReads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Repricing jobs in PostgreSQL. A change is one transaction. It holds the prices alone, which batches hold shared: none runs
 * beside it, and each later one knows the new prices.
 */
@ApplicationScoped
class RepriceJobStore implements RepriceJobs {
    private static final String COLUMNS = """
            tenant, job_id, provider, model, effective_from, currency, rates::text as rates, state, created_time,
            created_by, applied_time, applied_by, undone_time, undone_by, calls, unpriced_before,
            cost_before::text as cost_before, cost_after::text as cost_after""";

    private final Pool pool;
    private final TenantReads reads;
    private final PriceBooks prices;
    private final RepriceLedger ledger;

    RepriceJobStore(Pool pool, TenantReads reads, PriceBooks prices, RepriceLedger ledger) {
        this.pool = pool;
        this.reads = reads;
        this.prices = prices;
        this.ledger = ledger;
    }

    @Override
    public Uni<Optional<Job>> preview(PriceOverride override, String by) {
        UUID id = UUID.fromString(override.id());
        return prices.now()
                .chain(book -> reads.with(
                                override.tenant(),
                                connection -> RepriceLedger.callsSince(connection, override, MOST_CALLS + 1)
                                        .chain(calls -> calls > MOST_CALLS
                                                ? Uni.createFrom().item(Optional.<Repricing>empty())
                                                : ledger.preview(connection, override, book.with(override))
                                                        .map(Optional::of)))
                        .chain(result -> result.isEmpty()
                                ? Uni.createFrom().item(Optional.empty())
                                : pool.withTransaction(tx -> insert(tx, override, result.get(), by))
                                        .chain(() -> find(override.tenant(), id))));
    }

    private static Uni<Void> insert(SqlConnection tx, PriceOverride override, Repricing result, String by) {
        return tx.preparedQuery("""
                        insert into reprice_job (tenant, job_id, provider, model, effective_from, currency, rates, state,
                          created_by, calls, unpriced_before, cost_before, cost_after)
                        values ($1, $2, $3, $4, $5, $6, $7::text::jsonb, 'previewed', $8, $9, $10, $11::text::numeric,
                          $12::text::numeric)""")
                .execute(Tuple.tuple()
                        .addString(override.tenant())
                        .addUUID(UUID.fromString(override.id()))
                        .addString(override.provider())
                        .addString(override.model())
                        .addOffsetDateTime(override.effectiveFrom().atOffset(ZoneOffset.UTC))
                        .addString(override.currency())
                        .addString(
                                PriceOverrideStore.write(override.card().row().rates()))
                        .addString(by)
                        .addLong(result.calls())
                        .addLong(result.unpricedBefore())
                        .addString(result.costBefore().toPlainString())
                        .addString(result.costAfter().toPlainString()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<Job>> apply(String tenant, UUID id, String by) {
        return change(tenant, id, State.PREVIEWED, State.APPLIED, by);
    }

    @Override
    public Uni<Optional<Job>> undo(String tenant, UUID id, String by) {
        return change(tenant, id, State.APPLIED, State.UNDONE, by);
    }

    private Uni<Optional<Job>> change(String tenant, UUID id, State from, State to, String by) {
        return pool.withTransaction(tx -> RepriceLedger.lockSource(tx)
                        .chain(source -> tx.query("select revision from price_state for update")
                                .execute()
                                .chain(() -> locked(tx, tenant, id))
                                .chain(job -> job.isEmpty() || job.get().state() != from
                                        ? Uni.createFrom().voidItem()
                                        : change(tx, job.get().override(), source, to, by))))
                .chain(() -> find(tenant, id));
    }

    private Uni<Void> change(
            SqlConnection tx, PriceOverride override, Optional<RepriceLedger.Source> source, State to, String by) {
        // the book is read before the revision rises: what is remembered under a revision must have been committed
        return prices.current(tx).chain(book -> {
            PriceBook other = to == State.APPLIED ? book.with(override) : book.without(override.id());
            return inForce(tx, override, to, by)
                    .chain(() -> source.isEmpty()
                            ? Uni.createFrom().item(Repricing.NONE)
                            : ledger.write(tx, override, other, source.get()))
                    .chain(result -> mark(tx, override, to, by, result));
        });
    }

    private static Uni<Void> inForce(SqlConnection tx, PriceOverride override, State to, String by) {
        return tx.query("update price_state set revision = revision + 1")
                .execute()
                .chain(() -> to == State.APPLIED
                        ? PriceOverrideStore.insert(tx, override, by)
                        : tx.preparedQuery("delete from price_override where tenant = $1 and override_id = $2")
                                .execute(Tuple.of(override.tenant(), UUID.fromString(override.id())))
                                .replaceWithVoid());
    }

    private static Uni<Void> mark(SqlConnection tx, PriceOverride override, State to, String by, Repricing result) {
        String done = to == State.APPLIED ? "applied" : "undone";
        return tx.preparedQuery(("""
                        update reprice_job set state = '%1$s', %1$s_time = clock_timestamp(), %1$s_by = $3, calls = $4,
                          unpriced_before = $5, cost_before = $6::text::numeric, cost_after = $7::text::numeric
                        where tenant = $1 and job_id = $2""").formatted(done))
                .execute(Tuple.tuple()
                        .addString(override.tenant())
                        .addUUID(UUID.fromString(override.id()))
                        .addString(by)
                        .addLong(result.calls())
                        .addLong(result.unpricedBefore())
                        .addString(result.costBefore().toPlainString())
                        .addString(result.costAfter().toPlainString()))
                .replaceWithVoid();
    }

    private static Uni<Optional<Job>> locked(SqlConnection tx, String tenant, UUID id) {
        return tx.preparedQuery("select " + COLUMNS + " from reprice_job where tenant = $1 and job_id = $2 for update")
                .execute(Tuple.of(tenant, id))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(job(rows.iterator().next())));
    }

    @Override
    public Uni<Optional<Job>> find(String tenant, UUID id) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery("select " + COLUMNS + " from reprice_job where tenant = $1 and job_id = $2")
                        .execute(Tuple.of(tenant, id))
                        .map(rows -> rows.size() == 0
                                ? Optional.empty()
                                : Optional.of(job(rows.iterator().next()))));
    }

    @Override
    public Uni<List<Job>> list(String tenant) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery("select " + COLUMNS
                                + " from reprice_job where tenant = $1 order by created_time desc, job_id limit 200")
                        .execute(Tuple.of(tenant))
                        .map(rows -> {
                            List<Job> jobs = new ArrayList<>();
                            rows.forEach(row -> jobs.add(job(row)));
                            return jobs;
                        }));
    }

    private static Job job(Row row) {
        PriceRow prices = PriceRow.of(
                row.getString("model"), row.getString("provider"), PriceOverrideStore.read(row.getString("rates")));
        PriceOverride override = new PriceOverride(
                row.getUUID("job_id").toString(),
                row.getString("tenant"),
                row.getString("provider"),
                row.getString("model"),
                row.getOffsetDateTime("effective_from").toInstant(),
                row.getString("currency"),
                RateCard.of(prices));
        return new Job(
                override,
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                new Repricing(
                        row.getLong("calls"),
                        row.getLong("unpriced_before"),
                        new BigDecimal(row.getString("cost_before")),
                        new BigDecimal(row.getString("cost_after"))),
                row.getOffsetDateTime("created_time").toInstant(),
                row.getString("created_by"),
                instant(row.getOffsetDateTime("applied_time")),
                row.getString("applied_by"),
                instant(row.getOffsetDateTime("undone_time")),
                row.getString("undone_by"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
