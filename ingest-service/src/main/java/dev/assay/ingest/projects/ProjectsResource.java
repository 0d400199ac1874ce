package dev.assay.ingest.projects;

import dev.assay.ingest.config.IngestConfig;
import dev.assay.ingest.domain.mapping.JsonText;
import dev.assay.ingest.http.Body;
import dev.assay.ingest.http.RequestBodies;
import dev.assay.platform.tenancy.ApiKey;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.tenancy.TenancyConfig;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Projects and their keys.
 *
 * <p>The built-in project's admin keys make projects and look after all of them; those of any other project look after their
 * own, and cannot tell whether another exists.
 */
@Path("/v1/projects")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Projects")
public class ProjectsResource {
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final ProjectStore store;
    private final ProjectPublisher publisher;
    private final RequestBodies bodies;
    private final CurrentCaller caller;
    private final String builtInProject;
    private final String pepper;
    private final JsonText json;

    ProjectsResource(
            ProjectStore store,
            ProjectPublisher publisher,
            RequestBodies bodies,
            CurrentCaller caller,
            IngestConfig config,
            TenancyConfig tenancy,
            JsonText json) {
        this.store = store;
        this.publisher = publisher;
        this.bodies = bodies;
        this.caller = caller;
        this.builtInProject = config.bootstrap().project();
        this.pepper = tenancy.pepper();
        this.json = json;
    }

    /** The id of a project that was made. */
    public record CreatedProject(String id) {}

    /** A key that was made; the only time that it is shown. */
    public record CreatedKey(String key, String keyId) {}

    /** A list. */
    public record ProjectList(List<Project> items, @Nullable String nextCursor) {}

    /** A list. */
    public record KeyList(List<Key> items, @Nullable String nextCursor) {}

    /** What {@code POST /v1/projects} takes, for the API's documentation. */
    @Schema(name = "NewProject")
    @SuppressWarnings("unused")
    record NewProject(
            @Schema(required = true, pattern = "[a-z0-9-]{1,40}")
            String id,

            @Nullable String name,
            @Nullable String currency,
            @Nullable Boolean generated) {}

    /** What {@code POST /v1/projects/{id}/keys} takes, for the API's documentation. */
    @Schema(name = "NewKey")
    @SuppressWarnings("unused")
    record NewKey(
            @Nullable String name,

            @Schema(enumeration = {"ingest", "read", "admin"}) @Nullable
            List<String> scopes) {}

    @POST
    @Operation(operationId = "createProject", summary = "Make a project")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = NewProject.class)))
    @APIResponse(
            responseCode = "201",
            content = @Content(schema = @Schema(implementation = CreatedProject.class)),
            description = "Made")
    public Uni<Response> create(@Context HttpServerRequest request) {
        if (!isBuiltIn()) {
            throw Problem.forbidden("only an admin key of the built-in project makes projects");
        }
        return bodies.with(request, MAX_BODY_BYTES, body -> {
            Map<?, ?> fields = fields(body);
            String id = ProjectRules.id(fields);
            return store.create(
                            id,
                            ProjectRules.name(fields, id),
                            ProjectRules.currency(fields),
                            ProjectRules.generated(fields))
                    .chain(created -> {
                        if (!created) {
                            throw Problem.conflict("there is a project " + id + " already");
                        }
                        return publisher.publishSoon(id);
                    })
                    .replaceWith(() -> Response.status(Response.Status.CREATED)
                            .entity(new CreatedProject(id))
                            .build());
        });
    }

    @GET
    @Operation(operationId = "listProjects", summary = "The projects that this key may look after")
    public Uni<ProjectList> list() {
        boolean all = isBuiltIn();
        String own = caller.tenant();
        return store.list()
                .map(projects -> new ProjectList(
                        projects.stream()
                                .filter(project -> all || project.id().equals(own))
                                .toList(),
                        null));
    }

    @POST
    @Path("/{id}/keys")
    @Operation(operationId = "createKey", summary = "Make a key; it is shown this once")
    @RequestBody(content = @Content(schema = @Schema(implementation = NewKey.class)))
    @APIResponse(
            responseCode = "201",
            content = @Content(schema = @Schema(implementation = CreatedKey.class)),
            description = "Made; works on every service within seconds")
    public Uni<Response> createKey(@PathParam("id") String id, @Context HttpServerRequest request) {
        requireAccess(id);
        return bodies.with(request, MAX_BODY_BYTES, body -> {
            Map<?, ?> fields = body.length() == 0 ? Map.of() : fields(body);
            ApiKey key = ApiKey.random();
            return store.addKey(
                            id,
                            key.id(),
                            ProjectRules.name(fields, "unnamed"),
                            key.hmac(pepper),
                            ProjectRules.scopes(fields))
                    .chain(added -> {
                        if (!added) {
                            throw noSuchProject();
                        }
                        return publisher.publishSoon(id);
                    })
                    .replaceWith(() -> Response.status(Response.Status.CREATED)
                            .entity(new CreatedKey(key.text(), key.id()))
                            .build());
        });
    }

    @GET
    @Path("/{id}/keys")
    @Operation(operationId = "listKeys", summary = "A project's keys, without their secrets")
    public Uni<KeyList> keys(@PathParam("id") String id) {
        requireAccess(id);
        return store.keys(id).map(keys -> {
            if (keys == null) {
                throw noSuchProject();
            }
            return new KeyList(keys, null);
        });
    }

    @DELETE
    @Path("/{id}/keys/{key_id}")
    @Operation(operationId = "revokeKey", summary = "Revoke a key; it fails within seconds")
    @APIResponse(responseCode = "204", description = "Revoked")
    public Uni<Response> revoke(@PathParam("id") String id, @PathParam("key_id") String keyId) {
        requireAccess(id);
        return store.revoke(id, keyId)
                .chain(revoked -> {
                    if (!revoked) {
                        throw Problem.notFound("there is no such live key");
                    }
                    return publisher.publishSoon(id);
                })
                .replaceWith(() -> Response.noContent().build());
    }

    private boolean isBuiltIn() {
        return caller.tenant().equals(builtInProject);
    }

    private void requireAccess(String project) {
        if (!isBuiltIn() && !caller.tenant().equals(project)) {
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
