package dev.assay.quality.app;

import dev.assay.platform.kpi.Dimension;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.window.WindowState;
import dev.assay.quality.app.Journeys.Found;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads feedback and outcomes by the dimensions of the calls that they are about: people rate an answer and know nothing of
 * its model.
 */
public interface CallsOfFeedback {
    /** The longest range, since rows are read one by one. */
    Duration MOST_RANGE = Duration.ofDays(35);

    /** What feedback and outcomes do not tell themselves. */
    Set<Dimension> OF_CALLS = Set.copyOf(EnumSet.complementOf(EnumSet.of(Dimension.ENVIRONMENT, Dimension.APP)));

    /** Whether a query can only be answered by way of calls. */
    static boolean isNeededBy(KpiQuery query) {
        return query.groupBy().stream().anyMatch(OF_CALLS::contains)
                || query.filters().keySet().stream().anyMatch(OF_CALLS::contains);
    }

    /**
     * What was said and achieved in the query's range, the one before, and each step; none where the range is too long. A
     * rating belongs to the call that it names, else to its trace's calls; a task to its user's calls from its start to its
     * end. Where these differ in a dimension, or there are none, the dimension is empty.
     */
    Uni<Found<WindowState>> read(String tenant, KpiQuery query);
}
