package dev.assay.cost.store;

import dev.assay.cost.app.BudgetSpend;
import dev.assay.cost.domain.budget.BudgetBook;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** The spend of budgets by source, in the sink's transaction; the budgets are held in memory as of the last revision seen. */
@ApplicationScoped
class BudgetSpendStore implements BudgetSpend {
    private static final String FOLD = """
            insert into budget_spend as b (tenant, budget_id, period_start, source, amount, unpriced_calls)
            select tenant, budget_id, date '1970-01-01' + day, $6, amount::numeric, unpriced_calls
            from unnest($1::text[], $2::uuid[], $3::int[], $4::text[], $5::bigint[])
              as k(tenant, budget_id, day, amount, unpriced_calls)
            on conflict (tenant, budget_id, period_start, source) do update
            set amount = b.amount + excluded.amount, unpriced_calls = b.unpriced_calls + excluded.unpriced_calls""";

    private volatile Loaded loaded = new Loaded(-1, new BudgetBook(List.of()));

    private record Loaded(long revision, BudgetBook book) {}

    @Override
    public Uni<BudgetBook> current(SqlConnection tx) {
        // held shared until the batch commits, so that a budget cannot be made under it
        return tx.preparedQuery("select revision from budget_state for share")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(revision -> {
                    Loaded known = loaded;
                    return known.revision() == revision ? Uni.createFrom().item(known.book()) : load(tx, revision);
                });
    }

    private Uni<BudgetBook> load(SqlConnection tx, long revision) {
        return tx.preparedQuery("select " + BudgetRows.COLUMNS + " from budget")
                .execute()
                .map(rows -> {
                    BudgetBook book = new BudgetBook(BudgetRows.budgets(rows));
                    loaded = new Loaded(revision, book);
                    return book;
                });
    }

    @Override
    public Uni<Void> fold(SqlConnection tx, short source, Delta delta) {
        List<Map.Entry<Key, Change>> changes = List.copyOf(delta.changes().entrySet());
        if (changes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple values = new Columns<>(changes)
                .text(change -> change.getKey().tenant())
                .uuid(change -> change.getKey().budget())
                .integer(change -> day(change.getKey().periodStart()))
                .text(change -> change.getValue().amount().toPlainString())
                .bigint(change -> change.getValue().unpricedCalls())
                .tuple()
                .addShort(source);
        return tx.preparedQuery(FOLD).execute(values).replaceWithVoid();
    }

    private static int day(LocalDate date) {
        return Math.toIntExact(date.toEpochDay());
    }
}
