package dev.assay.ingest.langfuse;

import dev.assay.contracts.common.v1.Source;
import dev.assay.ingest.app.AcceptEvents;
import dev.assay.ingest.app.FeedbackIntake;
import dev.assay.ingest.app.Intake;
import dev.assay.ingest.app.Rejected;
import dev.assay.ingest.config.IngestConfig;
import dev.assay.ingest.domain.call.Refusal;
import dev.assay.ingest.domain.langfuse.BatchItem;
import dev.assay.ingest.domain.langfuse.BatchMapper;
import dev.assay.ingest.domain.mapping.JsonText;
import dev.assay.ingest.http.Body;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/public/ingestion}: Langfuse's batch API. Scores of its current SDKs come here, and everything of older
 * ones.
 */
@Path("/api/public/ingestion")
@RequiresScope(Scope.INGEST)
@Tag(name = "Langfuse")
@Produces(MediaType.APPLICATION_JSON)
public class IngestionResource {
    private static final int MULTI_STATUS = 207;
    private static final int MAX_ID_CHARS = 200;

    private final AcceptEvents accept;
    private final RequestBodies bodies;
    private final CurrentCaller caller;
    private final IngestConfig config;
    private final JsonText json;

    IngestionResource(
            AcceptEvents accept, RequestBodies bodies, CurrentCaller caller, IngestConfig config, JsonText json) {
        this.accept = accept;
        this.bodies = bodies;
        this.caller = caller;
        this.config = config;
        this.json = json;
    }

    /** Takes a batch in: answered when all that was accepted is stored durably. */
    @POST
    @Operation(
            operationId = "ingestLangfuseBatch",
            summary = "Langfuse's batch API",
            description = "Basic authentication with any user name and the key as the password.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(
            responseCode = "207",
            description = "Each item by itself: stored, or why not",
            content = @Content(schema = @Schema(implementation = BatchAnswer.class)))
    public Uni<Response> ingest(@Context HttpServerRequest request) {
        String tenant = caller.tenant();
        return bodies.with(request, body -> take(tenant, body))
                .onFailure(Problem.class)
                .recoverWithUni(problem -> accept.refuse(tenant, (Problem) problem));
    }

    private Uni<Response> take(String tenant, Body body) {
        Batch batch = new Batch(
                accept.calls(tenant, Source.SOURCE_LANGFUSE_BATCH),
                accept.feedback(tenant, Source.SOURCE_LANGFUSE_BATCH),
                new BatchMapper(json),
                new ArrayList<>());
        BatchReader.read(body, config.maxBatchEvents(), batch::take);
        return accept.finish(batch.calls())
                .chain(done -> accept.finish(batch.scores()))
                .map(done ->
                        Response.status(MULTI_STATUS).entity(batch.answer()).build());
    }

    /** The items of one request on their way in. */
    private record Batch(Intake calls, FeedbackIntake scores, BatchMapper mapper, List<String> itemIds) {

        void take(@Nullable Object value) {
            int index = itemIds.size();
            Map<?, ?> item = value instanceof Map<?, ?> map ? map : Map.of();
            String id = item.get("id") instanceof String text && text.length() <= MAX_ID_CHARS ? text : "";
            itemIds.add(id);
            if (id.isBlank()) {
                calls.refuse(index, "", new Refusal("id", "must be a text of 1 to " + MAX_ID_CHARS + " characters"));
                return;
            }
            BatchItem mapped = mapper.map(id, item);
            if (mapped instanceof BatchItem.Observed observed) {
                calls.takeUpdate(index, observed.call());
            } else if (mapped instanceof BatchItem.Scored scored) {
                scores.takeScore(index, scored.eventId(), scored.eventTimeUs(), scored.feedback());
            } else if (mapped instanceof BatchItem.Refused refused) {
                calls.refuse(index, id, refused.refusal());
            }
        }

        BatchAnswer answer() {
            List<Rejected> rejected = new ArrayList<>(calls.rejected());
            rejected.addAll(scores.rejected());
            return BatchAnswer.of(itemIds, rejected);
        }
    }
}
