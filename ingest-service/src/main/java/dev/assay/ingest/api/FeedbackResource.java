package dev.assay.ingest.api;

import dev.assay.ingest.app.FeedbackIntake;
import dev.assay.ingest.domain.call.FeedbackDraft;
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

/** {@code POST /v1/feedback}: what people say about calls. */
@Path("/v1/feedback")
@RequiresScope(Scope.INGEST)
@Tag(name = "Entrance")
@Produces(MediaType.APPLICATION_JSON)
public class FeedbackResource {
    private final FeedbackEntrance entrance;

    FeedbackResource(FeedbackEntrance entrance) {
        this.entrance = entrance;
    }

    /** Feedback as {@code POST /v1/feedback} takes it, for the API's documentation. */
    @Schema(name = "Feedback", description = "At least one of rating, thumbs, nps, text and category.")
    @SuppressWarnings("unused")
    record FeedbackDocument(
            @Nullable String event_id,
            @Nullable String event_time,
            @Nullable String app,
            @Nullable String environment,
            @Nullable String user_id,
            @Nullable String session_id,
            @Nullable String call_event_id,
            @Nullable String trace_id,
            @Schema(minimum = "1", maximum = "5") @Nullable Integer rating,
            @Schema(enumeration = {"up", "down"}) @Nullable String thumbs,
            @Schema(minimum = "0", maximum = "10") @Nullable Integer nps,
            @Nullable String text,
            @Nullable String category) {}

    /** Takes ratings, thumbs, recommendations, texts and categories. */
    @POST
    @Operation(operationId = "recordFeedback", summary = "Record what users say")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = FeedbackDocument.class)))
    @APIResponse(
            responseCode = "202",
            description = "All accepted; 207 when some, 422 when none",
            content = @Content(schema = @Schema(implementation = EventsAnswer.class)))
    public Uni<Response> feedback(@Context HttpServerRequest request) {
        return entrance.record(request, Feedbacks::new);
    }

    private static final class Feedbacks implements JsonRecords.Target {
        private final FeedbackIntake intake;
        private FeedbackDraft draft = new FeedbackDraft();

        Feedbacks(FeedbackIntake intake) {
            this.intake = intake;
        }

        @Override
        public void begin() {
            draft = new FeedbackDraft();
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
