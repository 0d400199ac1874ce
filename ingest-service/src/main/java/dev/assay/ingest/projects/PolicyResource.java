package dev.assay.ingest.projects;

import dev.assay.ingest.config.IngestConfig;
import dev.assay.ingest.domain.mapping.JsonText;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * What the entrance does with a project's events: its content policy and its rate limit. The built-in project's admin keys set
 * those of all, any other's those of its own.
 */
@Path("/v1/projects/{id}/policy")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Projects")
public class PolicyResource {
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final ProjectStore store;
    private final ProjectPublisher publisher;
    private final RequestBodies bodies;
    private final CurrentCaller caller;
    private final String builtInProject;
    private final JsonText json;

    PolicyResource(
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

    @GET
    @Operation(operationId = "projectPolicy", summary = "Content policy and rate limit")
    public Uni<ProjectPolicy> policy(@PathParam("id") String id) {
        requireAccess(id);
        return store.policy(id).onItem().ifNull().failWith(PolicyResource::noSuchProject);
    }

    @PUT
    @Operation(
            operationId = "setProjectPolicy",
            summary = "Set content policy and rate limit",
            description = "For events that come from now on: within seconds on every replica.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ProjectPolicy.class)))
    public Uni<ProjectPolicy> set(@PathParam("id") String id, @Context HttpServerRequest request) {
        requireAccess(id);
        return bodies.with(request, MAX_BODY_BYTES, body -> {
            String text = new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8);
            ProjectPolicy policy = ProjectRules.policy(ProjectRules.object(json.read(text)));
            return store.setPolicy(id, policy)
                    .chain(found -> {
                        if (!found) {
                            throw noSuchProject();
                        }
                        return publisher.publishSoon(id);
                    })
                    .replaceWith(policy);
        });
    }

    private void requireAccess(String project) {
        if (!caller.tenant().equals(builtInProject) && !caller.tenant().equals(project)) {
            throw noSuchProject();
        }
    }

    private static Problem noSuchProject() {
        return Problem.notFound("there is no such project");
    }
}
