package dev.assay.dashboard.api;

import dev.assay.dashboard.app.AssembleOverview;
import dev.assay.dashboard.app.Breakdown;
import dev.assay.dashboard.app.ListChoices;
import dev.assay.dashboard.app.Overview;
import dev.assay.dashboard.app.PageChoices;
import dev.assay.dashboard.config.DashboardConfig;
import dev.assay.dashboard.domain.Dimension;
import dev.assay.dashboard.domain.KpiFamily;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** What the page reads. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class OverviewResource {
    private final AssembleOverview assemble;
    private final ListChoices choices;
    private final DashboardConfig config;
    private final InstantSource clock;

    OverviewResource(AssembleOverview assemble, ListChoices choices, DashboardConfig config, InstantSource clock) {
        this.assemble = assemble;
        this.choices = choices;
        this.config = config;
        this.clock = clock;
    }

    @GET
    @Path("/overview")
    @Operation(summary = "Everything on the page for one project, range and filters; each part may fail on its own")
    public Uni<Overview> overview(@BeanParam ViewParams params) {
        return assemble.handle(params.toView(config.bootstrapProject(), clock.instant()));
    }

    @GET
    @Path("/kpis/{family}")
    @Operation(summary = "One family's figures split by a dimension")
    public Uni<Breakdown> breakdown(
            @RestPath String family,
            @RestQuery("group_by") @DefaultValue("model") String groupBy,
            @BeanParam ViewParams params) {
        return assemble.breakdown(
                KpiFamily.ofWireName(family),
                Dimension.ofWireName(groupBy),
                params.toView(config.bootstrapProject(), clock.instant()));
    }

    @GET
    @Path("/meta")
    @Operation(summary = "What the pickers offer, and where calls are sent to")
    public Uni<PageChoices> meta(@BeanParam ViewParams params) {
        return choices.handle(
                params.toView(config.bootstrapProject(), clock.instant()).project());
    }
}
