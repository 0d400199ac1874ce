package dev.assay.cost.app;

import dev.assay.contracts.common.v1.Dimensions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The outcomes of tasks, each known once. */
public interface TaskOutcomes {
    /** Keeps those outcomes whose tasks had none; of two for one task in the list the first. */
    Uni<Set<Key>> keep(SqlConnection tx, List<Outcome> outcomes);

    /** A task of a tenant. Ordered, so that all transactions write rows in one order. */
    record Key(String tenant, String taskId) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::tenant).thenComparing(Key::taskId);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * How a task ended.
     *
     * @param dimensions app and environment
     * @param endMicros when; successes count in the windows of their end
     */
    record Outcome(Key key, Dimensions dimensions, boolean success, long endMicros) {}
}
