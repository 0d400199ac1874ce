package dev.assay.cost.store;

import dev.assay.cost.app.Budgets;
import dev.assay.cost.domain.budget.Budget;
import dev.assay.platform.tenancy.TenantReads;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Budgets in PostgreSQL. */
@ApplicationScoped
class BudgetStore implements Budgets {
    /** The source of what the ledger held when a budget was made; no partition has it. */
    private static final short FROM_LEDGER = -1;

    private final Pool pool;
    private final TenantReads reads;

    BudgetStore(Pool pool, TenantReads reads) {
        this.pool = pool;
        this.reads = reads;
    }

    @Override
    public Uni<Boolean> add(Budget budget, Instant now, String createdBy, int most) {
        // raising the revision waits for the batches under way, which hold it shared: what they wrote is summed here,
        // and
        // what comes later knows the budget
        return pool.withTransaction(tx -> raiseRevision(tx)
                .chain(() -> tx.preparedQuery("select count(*) from budget where tenant = $1")
                        .execute(Tuple.of(budget.tenant())))
                .chain(rows -> rows.iterator().next().getLong(0) >= most
                        ? Uni.createFrom().item(false)
                        : insert(tx, budget, createdBy)
                                .chain(() -> sumLedger(tx, budget, now))
                                .replaceWith(true)));
    }

    private static Uni<Void> raiseRevision(SqlConnection tx) {
        return tx.query("update budget_state set revision = revision + 1")
                .execute()
                .replaceWithVoid();
    }

    private static Uni<Void> insert(SqlConnection tx, Budget budget, String createdBy) {
        return tx.preparedQuery("""
                        insert into budget (tenant, budget_id, name, limit_amount, currency, period, timezone, hard, filter,
                          user_id, user_hash, thresholds, first_period, created_by)
                        values ($1, $2, $3, $4::text::numeric, $5, $6, $7, $8, $9::text::jsonb, $10, $11, $12, $13, $14)""")
                .execute(Tuple.tuple()
                        .addString(budget.tenant())
                        .addUUID(budget.id())
                        .addString(budget.name())
                        .addString(budget.limit().toPlainString())
                        .addString(budget.currency())
                        .addString(budget.period().label())
                        .addString(budget.zone().getId())
                        .addBoolean(budget.hard())
                        .addString(BudgetRows.writeFilter(budget.filter()))
                        .addString(budget.filter().userId())
                        .addLong(budget.filter().userHash())
                        .addArrayOfString(budget.thresholds().stream()
                                .map(BigDecimal::toPlainString)
                                .toArray(String[]::new))
                        .addLocalDate(budget.firstPeriod())
                        .addString(createdBy))
                .replaceWithVoid();
    }

    /** The current period, and the next: calls may lie a day ahead. */
    private static Uni<Void> sumLedger(SqlConnection tx, Budget budget, Instant now) {
        LocalDate current = budget.periodOf(now);
        LocalDate next = budget.period().next(current);
        return sumLedger(tx, budget, current).chain(() -> sumLedger(tx, budget, next));
    }

    private static Uni<Void> sumLedger(SqlConnection tx, Budget budget, LocalDate period) {
        Tuple values = Tuple.tuple()
                .addString(budget.tenant())
                .addUUID(budget.id())
                .addLocalDate(period)
                .addShort(FROM_LEDGER)
                .addLong(BudgetFiguresQuery.micros(budget.startOf(period)))
                .addLong(BudgetFiguresQuery.micros(budget.endOf(period)));
        String sql = """
            insert into budget_spend (tenant, budget_id, period_start, source, amount, unpriced_calls)
            select $1, $2, $3, $4, coalesce(sum(l.list_cost), 0), count(*) filter (where l.list_cost is null)
            from ledger l left join series s on s.tenant = l.tenant and s.series_id = l.series_id
            where l.tenant = $1 and l.start_us >= $5 and l.start_us < $6 and not l.withdrawn%s""".formatted(BudgetRows.condition(budget.filter(), values));
        return tx.preparedQuery(sql).execute(values).replaceWithVoid();
    }

    @Override
    public Uni<Optional<Standing>> find(String tenant, UUID id, Instant now) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery(
                                "select " + BudgetRows.COLUMNS + " from budget where tenant = $1 and budget_id = $2")
                        .execute(Tuple.of(tenant, id))
                        .chain(rows -> rows.size() == 0
                                ? Uni.createFrom().item(Optional.empty())
                                : standing(
                                                connection,
                                                BudgetRows.budget(
                                                        rows.iterator().next()),
                                                now)
                                        .map(Optional::of)));
    }

    @Override
    public Uni<List<Standing>> list(String tenant, Instant now) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery("select " + BudgetRows.COLUMNS
                                + " from budget where tenant = $1 order by name, budget_id")
                        .execute(Tuple.of(tenant))
                        .map(BudgetRows::budgets)
                        .chain(budgets -> Multi.createFrom()
                                .iterable(budgets)
                                .onItem()
                                .transformToUniAndConcatenate(budget -> standing(connection, budget, now))
                                .collect()
                                .asList()));
    }

    private static Uni<Standing> standing(SqlConnection connection, Budget budget, Instant now) {
        return BudgetFiguresQuery.read(connection, budget, budget.periodOf(now), now)
                .map(figures -> new Standing(budget, figures));
    }

    @Override
    public Uni<Boolean> remove(String tenant, UUID id) {
        Tuple key = Tuple.of(tenant, id);
        return pool.withTransaction(tx -> raiseRevision(tx)
                .chain(() -> tx.preparedQuery("delete from budget where tenant = $1 and budget_id = $2")
                        .execute(key))
                .chain(removed -> tx.preparedQuery("delete from reservation where tenant = $1 and budget_id = $2")
                        .execute(key)
                        .chain(() -> tx.preparedQuery("delete from budget_spend where tenant = $1 and budget_id = $2")
                                .execute(key))
                        .replaceWith(removed.rowCount() > 0)));
    }
}
