package dev.assay.ingest.api;

import dev.assay.ingest.app.AcceptEvents;
import dev.assay.ingest.app.FeedbackIntake;
import dev.assay.ingest.config.IngestConfig;
import dev.assay.ingest.domain.call.FeedbackDraft;
import dev.assay.ingest.domain.call.OutcomeDraft;
import dev.assay.ingest.domain.call.Refusal;
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
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/feedback} and {@code POST /v1/outcomes}: what people and applications say about calls and tasks. */
@Path("/v1")
@RequiresScope(Scope.INGEST)
@Tag(name = "Entrance")
@Produces(MediaType.APPLICATION_JSON)
public class FeedbackResource {
    private final AcceptEvents accept;
    private final RequestBodies bodies;
    private final CurrentCaller caller;
    private final IngestConfig config;

    FeedbackResource(AcceptEvents accept, RequestBodies bodies, CurrentCaller caller, IngestConfig config) {
        this.accept = accept;
        this.bodies = bodies;
        this.caller = caller;
        this.config = config;
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

    /** Takes ratings, thumbs, recommendations, texts and categories. */
    @POST
    @Path("/feedback")
    @Operation(operationId = "recordFeedback", summary = "Record what users say")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = FeedbackDocument.class)))
    @APIResponse(
            responseCode = "202",
            description = "All accepted; 207 when some, 422 when none",
            content = @Content(schema = @Schema(implementation = EventsAnswer.class)))
    public Uni<Response> feedback(@Context HttpServerRequest request) {
        return record(request, Feedbacks::new);
    }

    /** Takes the outcomes of tasks. */
    @POST
    @Path("/outcomes")
    @Operation(operationId = "recordOutcomes", summary = "Record how tasks ended")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = OutcomeDocument.class)))
    @APIResponse(
            responseCode = "202",
            description = "All accepted; 207 when some, 422 when none",
            content = @Content(schema = @Schema(implementation = EventsAnswer.class)))
    public Uni<Response> outcomes(@Context HttpServerRequest request) {
        return record(request, Outcomes::new);
    }

    private Uni<Response> record(HttpServerRequest request, Function<FeedbackIntake, JsonRecords.Target> target) {
        String tenant = caller.tenant();
        return bodies.with(request, body -> {
                    FeedbackIntake intake = accept.feedback(tenant);
                    JsonRecords.read(
                            body, request.getHeader("content-type"), config.maxBatchEvents(), target.apply(intake));
                    return accept.finish(intake);
                })
                .map(FeedbackResource::answer)
                .onFailure(Problem.class)
                .recoverWithUni(problem -> accept.refuse(tenant, (Problem) problem));
    }

    private static Response answer(FeedbackIntake intake) {
        EventsAnswer answer = EventsAnswer.of(
                intake.accepted().stream()
                        .map(event -> event.getEnvelope().getEventId())
                        .toList(),
                intake.rejected());
        return Response.status(answer.status()).entity(answer).build();
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
