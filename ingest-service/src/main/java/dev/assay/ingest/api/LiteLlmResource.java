package dev.assay.ingest.api;

import dev.assay.contracts.common.v1.Source;
import dev.assay.ingest.app.AcceptEvents;
import dev.assay.ingest.app.Intake;
import dev.assay.ingest.config.IngestConfig;
import dev.assay.ingest.domain.call.Refusal;
import dev.assay.ingest.domain.litellm.LoggedCall;
import dev.assay.ingest.domain.litellm.LoggedCall.Outcome;
import dev.assay.ingest.domain.mapping.JsonText;
import dev.assay.ingest.http.RequestBodies;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/integrations/litellm}: what LiteLLM's generic callback sends of calls through the gateway. */
@Path("/v1/integrations/litellm")
@RequiresScope(Scope.INGEST)
@Tag(name = "Entrance")
public class LiteLlmResource {
    private final AcceptEvents accept;
    private final RequestBodies bodies;
    private final CurrentCaller caller;
    private final IngestConfig config;
    private final JsonText json;

    LiteLlmResource(
            AcceptEvents accept, RequestBodies bodies, CurrentCaller caller, IngestConfig config, JsonText json) {
        this.accept = accept;
        this.bodies = bodies;
        this.caller = caller;
        this.config = config;
        this.json = json;
    }

    /** Takes one payload, an array of them, or one per line. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "recordLiteLlmCalls",
            summary = "LiteLLM's generic callback",
            description = "StandardLoggingPayload objects, as the callback generic_api sends them.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(
            responseCode = "202",
            description = "All accepted; 207 when some, 422 when none",
            content = @Content(schema = @Schema(implementation = EventsAnswer.class)))
    public Uni<Response> record(@Context HttpServerRequest request) {
        String tenant = caller.tenant();
        return bodies.with(request, body -> {
                    Intake intake = accept.calls(tenant, Source.SOURCE_REST);
                    JsonRecords.read(
                            body,
                            request.getHeader("content-type"),
                            config.maxBatchEvents(),
                            new Payloads(intake, new LoggedCall(json)));
                    return accept.finish(intake);
                })
                .map(LiteLlmResource::answer)
                .onFailure(Problem.class)
                .recoverWithUni(problem -> accept.refuse(tenant, (Problem) problem));
    }

    private static Response answer(Intake intake) {
        EventsAnswer answer = EventsAnswer.of(
                intake.accepted().stream()
                        .map(call -> call.getEnvelope().getEventId())
                        .toList(),
                intake.rejected());
        return Response.status(answer.status()).entity(answer).build();
    }

    /** Maps a payload once its last field is read. */
    private static final class Payloads implements JsonRecords.Target {
        private final Intake intake;
        private final LoggedCall calls;
        private Map<String, @Nullable Object> payload = new LinkedHashMap<>();

        Payloads(Intake intake, LoggedCall calls) {
            this.intake = intake;
            this.calls = calls;
        }

        @Override
        public void begin() {
            payload = new LinkedHashMap<>();
        }

        @Override
        public void field(String name, @Nullable Object value) {
            payload.put(name, value);
        }

        @Override
        public void end(int index) {
            Outcome outcome = calls.map(payload);
            if (outcome instanceof Outcome.Kept kept) {
                intake.takeTelemetry(index, kept.call(), "startTime", "endTime");
            } else if (outcome instanceof Outcome.Refused refused) {
                intake.refuse(index, refused.id(), refused.refusal());
            }
        }

        @Override
        public void malformed(int index, String reason) {
            intake.refuse(index, "", new Refusal("", reason));
        }
    }
}
