package dev.assay.dashboard.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What cost-service answers for. */
@RegisterRestClient(configKey = "cost")
@Path("/v1")
interface CostApi {
    @GET
    @Path("/kpis/cost")
    Uni<JsonNode> cost(@HeaderParam("Authorization") String authorization, @BeanParam KpiParams params);

    @GET
    @Path("/costs/summary")
    Uni<JsonNode> summary(
            @HeaderParam("Authorization") String authorization,
            @RestQuery int days,
            @RestQuery @Nullable String app,
            @RestQuery @Nullable String environment,
            @RestQuery @Nullable String model);
}
