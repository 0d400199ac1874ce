package dev.assay.ingest.projects;

import dev.assay.contracts.control.v1.Capacity;
import dev.assay.ingest.config.IngestConfig;
import dev.assay.ingest.domain.capacity.CapacityLimit;
import dev.assay.ingest.domain.mapping.JsonText;
import dev.assay.ingest.http.Body;
import dev.assay.ingest.http.RequestBodies;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The limits of a project's capacity; what is used of them is at {@code /v1/capacity}. */
@Path("/v1/projects/{id}/capacity")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Projects")
public class CapacityLimitsResource {
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final ProjectStore store;
    private final ProjectPublisher publisher;
    private final RequestBodies bodies;
    private final CurrentCaller caller;
    private final String builtInProject;
    private final JsonText json;

    CapacityLimitsResource(
            ProjectStore store,
            ProjectPublisher publisher,
            RequestBodies bodies,
            CurrentCaller caller,
            IngestConfig config,
            JsonText json) {
        this.store = store;
        this.publisher = publisher;
        this.bodies = bodies;
        this.caller = caller;
        this.builtInProject = config.bootstrap().project();
        this.json = json;
    }

    /** All limits of a project, each with the dimensions that it names and what it limits. */
    public record Limits(List<Map<String, @Nullable Object>> limits) {}

    /** What {@code PUT} takes, for the API's documentation. */
    @Schema(name = "CapacityLimits")
    @SuppressWarnings("unused")
    record NewLimits(List<NewLimit> limits) {}

    /** One of them. */
    @Schema(name = "CapacityLimit")
    @SuppressWarnings("unused")
    record NewLimit(
            @Nullable String environment,
            @Nullable String app,
            @Nullable String endpoint,
            @Nullable String provider,
            @Nullable String model,
            @Nullable Double maxRps,
            @Nullable Long maxConcurrent) {}

    @GET
    @Operation(operationId = "getCapacity", summary = "A project's limits")
    public Uni<Limits> get(@PathParam("id") String id) {
        requireAccess(id);
        return store.capacity(id).map(found -> limits(found.orElseThrow(CapacityLimitsResource::noSuchProject)));
    }

    @PUT
    @Operation(
            operationId = "setCapacity",
            summary = "Set all of a project's limits",
            description = "Each names any of environment, app, endpoint, provider and model, and has max_rps,"
                    + " max_concurrent or both. A limit that is not among them is taken away.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = NewLimits.class)))
    public Uni<Limits> set(@PathParam("id") String id, @Context HttpServerRequest request) {
        requireAccess(id);
        return bodies.with(request, MAX_BODY_BYTES, body -> {
            Capacity capacity = CapacityRules.capacity(fields(body));
            return store.setCapacity(id, capacity)
                    .chain(set -> {
                        if (!set) {
                            throw noSuchProject();
                        }
                        return publisher.publishSoon(id);
                    })
                    .replaceWith(() -> limits(capacity));
        });
    }

    private static Limits limits(Capacity capacity) {
        return new Limits(capacity.getAppsList().stream()
                .map(CapacityLimit::of)
                .filter(Objects::nonNull)
                .map(CapacityLimitsResource::limit)
                .toList());
    }

    private static Map<String, @Nullable Object> limit(CapacityLimit limit) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(limit.named());
        fields.put("max_rps", limit.maxRps());
        fields.put("max_concurrent", limit.maxConcurrent());
        return fields;
    }

    private void requireAccess(String project) {
        if (!caller.tenant().equals(builtInProject) && !caller.tenant().equals(project)) {
            throw noSuchProject();
        }
    }

    private static Problem noSuchProject() {
        return Problem.notFound("there is no such project");
    }

    private Map<?, ?> fields(Body body) {
        return ProjectRules.object(json.read(new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8)));
    }
}
