package dev.assay.cost.app;

import dev.assay.cost.domain.pricing.PriceBook;
import dev.assay.cost.domain.pricing.PricingOutcome.Priced;
import dev.assay.platform.rollup.RollupStore;
import dev.assay.platform.sink.PartitionBatch;
import dev.assay.platform.tenancy.ProjectDirectory;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keeps the ledger: prices each revision of a call that is newer than the held one, takes back what the held one had added,
 * and adds the new one.
 *
 * <p>Rows are locked in one order and tables are touched in one order, so transactions of different partitions do not wait
 * for each other in a circle.
 */
@ApplicationScoped
public class AccountCalls {
    private final PriceBooks prices;
    private final CallLedger ledger;
    private final UserActivity users;
    private final BudgetSpend budgets;
    private final RollupStore rollups;
    private final ProjectDirectory projects;

    AccountCalls(
            PriceBooks prices,
            CallLedger ledger,
            UserActivity users,
            BudgetSpend budgets,
            RollupStore rollups,
            ProjectDirectory projects) {
        this.prices = prices;
        this.ledger = ledger;
        this.users = users;
        this.budgets = budgets;
        this.rollups = rollups;
        this.projects = projects;
    }

    /** Folds the changes that a batch brought, in its order, into the ledger and all that is summed from it. */
    public Uni<Void> fold(SqlConnection tx, PartitionBatch batch, List<CallChange> changes) {
        if (changes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        TreeSet<CallKey> keys = new TreeSet<>();
        changes.forEach(change -> keys.add(change.key()));
        return prices.current(tx)
                .chain(book -> budgets.current(tx)
                        .chain(capped -> ledger.hold(tx, keys)
                                .chain(held -> fold(tx, batch, changes, book, held, new Sums(capped)))));
    }

    private Uni<Void> fold(
            SqlConnection tx,
            PartitionBatch batch,
            List<CallChange> changes,
            PriceBook book,
            Map<CallKey, HeldEntry> held,
            Sums sums) {
        Map<CallKey, HeldEntry> now = new HashMap<>(held);
        SortedMap<CallKey, LedgerEntry> entries = new TreeMap<>();
        for (CallChange change : changes) {
            CallKey key = change.key();
            HeldEntry before = now.get(key);
            if (before != null && change.revision().compareTo(before.revision()) <= 0) {
                continue; // a duplicate, or overtaken by a later revision
            }
            LedgerEntry entry =
                    change.entry(book, projects.project(key.tenant()).currency());
            if (before != null) {
                before.contribution().ifPresent(old -> sums.add(key, old, -1));
            }
            entry.contribution().ifPresent(added -> sums.add(key, added, 1));
            entries.put(key, entry);
            now.put(key, new HeldEntry(entry.revision(), entry.contribution()));
        }
        if (entries.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return ledger.write(tx, entries, held)
                .chain(() -> ledger.rememberPriced(tx, pricedOnly(entries)))
                .chain(() -> users.fold(tx, batch.source(), sums.activity()))
                .chain(() -> budgets.fold(tx, batch.source(), sums.spend()))
                .chain(() -> rollups.fold(tx, batch, sums.windows()));
    }

    private static List<LedgerEntry> pricedOnly(SortedMap<CallKey, LedgerEntry> entries) {
        return entries.values().stream()
                .filter(entry -> entry.details() != null
                        && entry.details().bill().priceKey() != null
                        && entry.details().bill().outcome() instanceof Priced)
                .toList();
    }
}
