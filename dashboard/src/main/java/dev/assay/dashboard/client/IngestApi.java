package dev.assay.dashboard.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What ingest-service answers for. */
@RegisterRestClient(configKey = "ingest")
@Path("/v1")
interface IngestApi {
    @GET
    @Path("/kpis/operations")
    Uni<JsonNode> operations(@HeaderParam("Authorization") String authorization, @BeanParam KpiParams params);

    @GET
    @Path("/status")
    Uni<JsonNode> status(@HeaderParam("Authorization") String authorization);
}
