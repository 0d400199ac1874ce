package dev.assay.dashboard.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What alert-service answers for. */
@RegisterRestClient(configKey = "alert")
@Path("/v1")
interface AlertApi {
    @GET
    @Path("/alerts")
    Uni<JsonNode> alerts(@HeaderParam("Authorization") String authorization);
}
