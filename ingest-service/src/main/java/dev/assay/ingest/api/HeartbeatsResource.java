package dev.assay.ingest.api;

import dev.assay.ingest.app.Rejected;
import dev.assay.ingest.config.IngestConfig;
import dev.assay.ingest.domain.call.AcceptedTimes;
import dev.assay.ingest.domain.call.HeartbeatDraft;
import dev.assay.ingest.domain.call.Refusal;
import dev.assay.ingest.http.RequestBodies;
import dev.assay.ingest.store.Heartbeats;
import dev.assay.ingest.store.Heartbeats.Heartbeat;
import dev.assay.platform.tenancy.CurrentCaller;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/heartbeats}: what probes find, which tells uptime where there is no traffic. */
@Path("/v1/heartbeats")
@RequiresScope(Scope.INGEST)
@Tag(name = "Entrance")
@Produces(MediaType.APPLICATION_JSON)
public class HeartbeatsResource {
    private final Heartbeats heartbeats;
    private final RequestBodies bodies;
    private final CurrentCaller caller;
    private final IngestConfig config;

    HeartbeatsResource(Heartbeats heartbeats, RequestBodies bodies, CurrentCaller caller, IngestConfig config) {
        this.heartbeats = heartbeats;
        this.bodies = bodies;
        this.caller = caller;
        this.config = config;
    }

    /** A heartbeat as {@code POST /v1/heartbeats} takes it, for the API's documentation. */
    @Schema(name = "Heartbeat", description = "event_time by default now, at most 7 days back.")
    @SuppressWarnings("unused")
    record HeartbeatDocument(
            @Schema(required = true) boolean up,
            @Nullable String event_id,
            @Nullable String event_time,
            @Nullable String app,
            @Nullable String environment,
            @Nullable String endpoint,
            @Nullable String provider,
            @Nullable String model) {}

    /** Takes what probes found: one object or an array of them. */
    @POST
    @Operation(operationId = "recordHeartbeats", summary = "Record what probes of a service found")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = HeartbeatDocument.class)))
    @APIResponse(
            responseCode = "202",
            description = "All stored; 207 when some, 422 when none",
            content = @Content(schema = @Schema(implementation = EventsAnswer.class)))
    public Uni<Response> heartbeats(@Context HttpServerRequest request) {
        String tenant = caller.tenant();
        return bodies.with(request, body -> {
            Probes probes = new Probes(AcceptedTimes.at(Instant.now(), Heartbeats.RETENTION));
            JsonRecords.read(body, request.getHeader("content-type"), config.maxBatchEvents(), probes);
            return heartbeats.record(tenant, probes.accepted).replaceWith(() -> {
                EventsAnswer answer = EventsAnswer.of(
                        probes.accepted.stream().map(Heartbeat::eventId).toList(), probes.rejected);
                return Response.status(answer.status()).entity(answer).build();
            });
        });
    }

    private static final class Probes implements JsonRecords.Target {
        private final AcceptedTimes times;
        private final List<Heartbeat> accepted = new ArrayList<>();
        private final List<Rejected> rejected = new ArrayList<>();
        private HeartbeatDraft draft = new HeartbeatDraft();

        Probes(AcceptedTimes times) {
            this.times = times;
        }

        @Override
        public void begin() {
            draft = new HeartbeatDraft();
        }

        @Override
        public void field(String name, @Nullable Object value) {
            draft.set(name, value);
        }

        @Override
        public void end(int index) {
            Refusal refusal = draft.complete(times);
            if (refusal != null) {
                rejected.add(new Rejected(index, draft.eventId(), refusal.field(), refusal.reason()));
                return;
            }
            String id = draft.eventId().isEmpty() ? UUID.randomUUID().toString() : draft.eventId();
            accepted.add(new Heartbeat(id, draft.eventTimeUs(), draft.dimensions(), draft.isUp()));
        }

        @Override
        public void malformed(int index, String reason) {
            rejected.add(new Rejected(index, "", "", reason));
        }
    }
}
