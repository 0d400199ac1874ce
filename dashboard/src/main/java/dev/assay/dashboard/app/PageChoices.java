package dev.assay.dashboard.app;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page's pickers offer, and where calls are sent to.
 *
 * @param apps that had calls in the last 30 days; null when ingest did not answer
 * @param environments likewise
 */
public record PageChoices(
        String project,
        List<String> projects,
        String ingestUrl,
        @Nullable List<String> apps,
        @Nullable List<String> environments) {}
