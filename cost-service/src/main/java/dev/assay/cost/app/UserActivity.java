package dev.assay.cost.app;

import dev.assay.cost.domain.spend.Contribution;
import dev.assay.platform.window.SeriesId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Who called in which hour and what it cost, inside the sink's transaction. */
public interface UserActivity {
    /** Adds a batch's changes to the rows of its source. */
    Uni<Void> fold(SqlConnection tx, short source, Delta delta);

    /** One user in one hour of one series. Ordered, so that all transactions touch rows in one order. */
    record Key(String tenant, int hour, long seriesId, long userHash) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::tenant)
                .thenComparingInt(Key::hour)
                .thenComparingLong(Key::seriesId)
                .thenComparingLong(Key::userHash);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** Calls and cost to add; negative where they are taken back. */
    record Change(long calls, BigDecimal listCost) {
        Change plus(Change other) {
            return new Change(calls + other.calls, listCost.add(other.listCost));
        }
    }

    /** What a batch changes. One thread at a time. */
    final class Delta {
        private final Map<Key, Change> changes = new TreeMap<>();

        void add(String tenant, Contribution contribution, int sign) {
            Long user = contribution.userHash();
            if (user == null) {
                return;
            }
            BigDecimal cost = contribution.listCost() == null ? BigDecimal.ZERO : contribution.listCost();
            changes.merge(
                    new Key(tenant, contribution.epochHour(), SeriesId.of(tenant, contribution.dimensions()), user),
                    new Change(sign, sign < 0 ? cost.negate() : cost),
                    Change::plus);
        }

        /** In the order in which rows are touched, without those that come to nothing. */
        public Map<Key, Change> changes() {
            changes.values()
                    .removeIf(change -> change.calls() == 0 && change.listCost().signum() == 0);
            return changes;
        }
    }
}
