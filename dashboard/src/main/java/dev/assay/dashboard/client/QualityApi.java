package dev.assay.dashboard.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestPath;

/** What quality-service answers for. */
@RegisterRestClient(configKey = "quality")
@Path("/v1")
interface QualityApi {
    @GET
    @Path("/kpis/{family}")
    Uni<JsonNode> kpis(
            @HeaderParam("Authorization") String authorization, @RestPath String family, @BeanParam KpiParams params);

    @GET
    @Path("/issues")
    Uni<JsonNode> issues(@HeaderParam("Authorization") String authorization, @BeanParam KpiParams params);
}
