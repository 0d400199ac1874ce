package dev.assay.ingest.api;

import dev.assay.ingest.app.FeedbackIntake;
import dev.assay.ingest.domain.call.OutcomeDraft;
import dev.assay.ingest.domain.call.Refusal;
import dev.assay.platform.tenancy.Scope;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/outcomes}: how tasks ended. */
@Path("/v1/outcomes")
@RequiresScope(Scope.INGEST)
@Tag(name = "Entrance")
@Produces(MediaType.APPLICATION_JSON)
public class OutcomesResource {
    private final FeedbackEntrance entrance;

    OutcomesResource(FeedbackEntrance entrance) {
        this.entrance = entrance;
    }

    /** An outcome as {@code POST /v1/outcomes} takes it, for the API's documentation. */
    @Schema(name = "Outcome")
    @SuppressWarnings("unused")
    record OutcomeDocument(
            @Schema(required = true) String task_id,
            @Nullable String app,
            @Nullable String environment,
            @Nullable String user_id,
            @Schema(required = true) boolean success,
            @Schema(required = true) String start_time,
            @Nullable String end_time) {}

    /** Takes the outcomes of tasks. */
    @POST
    @Operation(operationId = "recordOutcomes", summary = "Record how tasks ended")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = OutcomeDocument.class)))
    @APIResponse(
            responseCode = "202",
            description = "All accepted; 207 when some, 422 when none",
            content = @Content(schema = @Schema(implementation = EventsAnswer.class)))
    public Uni<Response> outcomes(@Context HttpServerRequest request) {
        return entrance.record(request, Outcomes::new);
    }

    private static final class Outcomes implements JsonRecords.Target {
        private final FeedbackIntake intake;
        private OutcomeDraft draft = new OutcomeDraft();

        Outcomes(FeedbackIntake intake) {
            this.intake = intake;
        }

        @Override
        public void begin() {
            draft = new OutcomeDraft();
        }

        @Override
        public void field(String name, @Nullable Object value) {
            draft.set(name, value);
        }

        @Override
        public void end(int index) {
            intake.take(index, draft);
        }

        @Override
        public void malformed(int index, String reason) {
            intake.refuse(index, "", new Refusal("", reason));
        }
    }
}
