package dev.assay.cost.app;

import dev.assay.cost.domain.budget.Budget;
import dev.assay.cost.domain.budget.BudgetBook;
import dev.assay.cost.domain.spend.Contribution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What the ledger's calls take out of budgets, inside the sink's transaction. */
public interface BudgetSpend {
    /** The budgets as this transaction sees them; none comes or goes until it ends. */
    Uni<BudgetBook> current(SqlConnection tx);

    /** Adds a batch's changes to the rows of its source. */
    Uni<Void> fold(SqlConnection tx, short source, Delta delta);

    /** One period of one budget. Ordered, so that all transactions touch rows in one order. */
    record Key(String tenant, UUID budget, LocalDate periodStart) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::tenant).thenComparing(Key::budget).thenComparing(Key::periodStart);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** Money and calls without a price to add; negative where they are taken back. */
    record Change(BigDecimal amount, long unpricedCalls) {
        Change plus(Change other) {
            return new Change(amount.add(other.amount), unpricedCalls + other.unpricedCalls);
        }
    }

    /** What a batch changes. One thread at a time. */
    final class Delta {
        private final BudgetBook book;
        private final Map<Key, Change> changes = new TreeMap<>();

        Delta(BudgetBook book) {
            this.book = book;
        }

        void add(String tenant, Contribution contribution, int sign) {
            Instant start = Instant.EPOCH.plus(contribution.startMicros(), ChronoUnit.MICROS);
            for (Budget budget : book.of(tenant, contribution.dimensions(), contribution.userHash())) {
                LocalDate period = budget.periodOf(start);
                if (!period.isBefore(budget.firstPeriod())) {
                    BigDecimal cost = contribution.listCost();
                    Change change = cost == null
                            ? new Change(BigDecimal.ZERO, sign)
                            : new Change(sign < 0 ? cost.negate() : cost, 0);
                    changes.merge(new Key(tenant, budget.id(), period), change, Change::plus);
                }
            }
        }

        /** In the order in which rows are touched, without those that come to nothing. */
        public Map<Key, Change> changes() {
            changes.values().removeIf(change -> change.amount().signum() == 0 && change.unpricedCalls() == 0);
            return changes;
        }
    }
}
