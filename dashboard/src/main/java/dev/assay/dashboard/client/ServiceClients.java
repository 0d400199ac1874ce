package dev.assay.dashboard.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.dashboard.app.ServiceReads;
import dev.assay.dashboard.domain.Dimension;
import dev.assay.dashboard.domain.Filters;
import dev.assay.dashboard.domain.KpiFamily;
import dev.assay.dashboard.domain.View;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Reads from the four services over HTTP. */
@ApplicationScoped
class ServiceClients implements ServiceReads {
    private final IngestApi ingest;
    private final QualityApi quality;
    private final CostApi cost;
    private final AlertApi alert;
    private final InternalTokens tokens;

    ServiceClients(
            @RestClient IngestApi ingest,
            @RestClient QualityApi quality,
            @RestClient CostApi cost,
            @RestClient AlertApi alert,
            InternalTokens tokens) {
        this.ingest = ingest;
        this.quality = quality;
        this.cost = cost;
        this.alert = alert;
        this.tokens = tokens;
    }

    @Override
    public Uni<JsonNode> kpis(KpiFamily family, View view) {
        return ask(family, view, new KpiParams(view).withStep(view.range().step()));
    }

    @Override
    public Uni<JsonNode> kpisBy(KpiFamily family, Dimension dimension, View view) {
        return ask(family, view, new KpiParams(view).groupedBy(dimension.wireName()));
    }

    private Uni<JsonNode> ask(KpiFamily family, View view, KpiParams params) {
        String bearer = tokens.bearer(view.project());
        return switch (family) {
            case OPERATIONS -> ingest.operations(bearer, params);
            case COST -> cost.cost(bearer, params);
            case QUALITY, SAFETY, USERS -> quality.kpis(bearer, family.wireName(), params);
        };
    }

    @Override
    public Uni<JsonNode> costSummary(View view, int days) {
        Filters filters = view.filters();
        return cost.summary(tokens.bearer(view.project()), days, filters.app(), filters.environment(), filters.model());
    }

    @Override
    public Uni<JsonNode> issues(View view) {
        return quality.issues(tokens.bearer(view.project()), new KpiParams(view));
    }

    @Override
    public Uni<JsonNode> alerts(View view) {
        return alert.alerts(tokens.bearer(view.project()));
    }

    @Override
    public Uni<JsonNode> status(View view) {
        return ingest.status(tokens.bearer(view.project()));
    }
}
