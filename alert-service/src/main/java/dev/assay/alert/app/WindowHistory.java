package dev.assay.alert.app;

import dev.assay.alert.app.ProjectEvaluation.WindowReader;
import dev.assay.alert.domain.evaluation.HistoryNeeds;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/** The windows of a project, as far back as they are kept. */
public interface WindowHistory {
    /** Later than any minute. */
    long NO_END = Integer.MAX_VALUE;

    /** Hands over the windows of each service as far back as needed and before a minute: one consistent picture. */
    Uni<Void> windows(String tenant, Map<String, HistoryNeeds> needs, long before, WindowReader reader);
}
