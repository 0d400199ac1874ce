package dev.assay.ingest.api;

import dev.assay.contracts.common.v1.Source;
import dev.assay.ingest.app.AcceptEvents;
import dev.assay.ingest.app.Intake;
import dev.assay.ingest.config.IngestConfig;
import dev.assay.ingest.domain.call.CallDraft;
import dev.assay.ingest.domain.call.Refusal;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/calls}: calls as an application sends them by itself. */
@Path("/v1/calls")
@RequiresScope(Scope.INGEST)
@Tag(name = "Entrance")
public class CallsResource {
    private final AcceptEvents accept;
    private final RequestBodies bodies;
    private final CurrentCaller caller;
    private final IngestConfig config;
    private final JsonText json;

    CallsResource(AcceptEvents accept, RequestBodies bodies, CurrentCaller caller, IngestConfig config, JsonText json) {
        this.accept = accept;
        this.bodies = bodies;
        this.caller = caller;
        this.config = config;
        this.json = json;
    }

    /** Takes one call, an array of calls, or one call per line; gzip is fine. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "recordCalls",
            summary = "Record LLM calls",
            description = "One JSON object, an array of them, or NDJSON; optionally gzip. Answered when all that was"
                    + " accepted is stored durably.")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = CallDocument.class)),
                @Content(mediaType = "application/x-ndjson", schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(
            responseCode = "202",
            description = "All accepted",
            content = @Content(schema = @Schema(implementation = EventsAnswer.class)))
    @APIResponse(
            responseCode = "207",
            description = "Some accepted; each rejected one is named by index, field and reason",
            content = @Content(schema = @Schema(implementation = EventsAnswer.class)))
    @APIResponse(
            responseCode = "422",
            description = "None accepted",
            content = @Content(schema = @Schema(implementation = EventsAnswer.class)))
    public Uni<Response> record(@Context HttpServerRequest request) {
        String tenant = caller.tenant();
        return bodies.with(request, body -> {
                    Intake intake = accept.calls(tenant, Source.SOURCE_REST);
                    JsonRecords.read(
                            body, request.getHeader("content-type"), config.maxBatchEvents(), new Calls(intake, json));
                    return accept.finish(intake);
                })
                .map(CallsResource::answer)
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

    /** Drafts a call per record. */
    private static final class Calls implements JsonRecords.Target {
        private final Intake intake;
        private final JsonText json;
        private CallDraft draft;

        Calls(Intake intake, JsonText json) {
            this.intake = intake;
            this.json = json;
            this.draft = new CallDraft(json);
        }

        @Override
        public void begin() {
            draft = new CallDraft(json);
        }

        @Override
        public void field(String name, @Nullable Object value) {
            draft.set(name, value);
        }

        @Override
        public void end(int index) {
            Refusal refusal = draft.complete(intake.times());
            if (refusal == null) {
                intake.take(index, draft.call());
            } else {
                intake.refuse(index, draft.eventId(), refusal);
            }
        }

        @Override
        public void malformed(int index, String reason) {
            intake.refuse(index, "", new Refusal("", reason));
        }
    }
}
