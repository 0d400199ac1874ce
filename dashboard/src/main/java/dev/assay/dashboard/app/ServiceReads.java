package dev.assay.dashboard.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.dashboard.domain.Dimension;
import dev.assay.dashboard.domain.KpiFamily;
import dev.assay.dashboard.domain.View;
import io.smallrye.mutiny.Uni;

/** What the dashboard asks of the services. Answers are passed on as the services give them. */
public interface ServiceReads {
    /** The figures of a family for the whole range, with a series by the range's step. */
    Uni<JsonNode> kpis(KpiFamily family, View view);

    /** The figures of a family for the whole range, split by a dimension. */
    Uni<JsonNode> kpisBy(KpiFamily family, Dimension dimension, View view);

    /** The daily cost of the last complete days, whatever the view's range. */
    Uni<JsonNode> costSummary(View view, int days);

    /** What feedback complains about. */
    Uni<JsonNode> issues(View view);

    /** The project's alerts in every state. */
    Uni<JsonNode> alerts(View view);

    /** What ingest has taken in, and how far its clock is. */
    Uni<JsonNode> status(View view);
}
