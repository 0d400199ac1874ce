package dev.assay.alert.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.app.AuditTrail;
import dev.assay.alert.app.ManageQuiet;
import dev.assay.alert.app.QuietText;
import dev.assay.alert.domain.quiet.Silence;
import dev.assay.platform.tenancy.Caller;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Silences and maintenance windows, which are silences with a schedule. */
@Path("/v1/silences")
public class SilencesResource {
    private final ManageQuiet quiet;
    private final AuditTrail audit;
    private final CurrentCaller caller;

    SilencesResource(ManageQuiet quiet, AuditTrail audit, CurrentCaller caller) {
        this.quiet = quiet;
        this.audit = audit;
        this.caller = caller;
    }

    @GET
    @RequiresScope(Scope.READ)
    public Uni<Page<ObjectNode>> silences(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        Instant now = Instant.now();
        return quiet.silences(caller.tenant()).map(all -> paging.page(all, silence -> view(silence, now)));
    }

    @POST
    @RequiresScope(Scope.ADMIN)
    public Uni<RestResponse<ObjectNode>> silence(@Nullable JsonNode body) {
        Caller who = caller.get();
        return quiet.silence(caller.tenant(), required(body))
                .call(silence -> audit.note(who, "silence.create", silence.id()))
                .map(silence -> RestResponse.status(RestResponse.Status.CREATED, view(silence, Instant.now())));
    }

    @DELETE
    @Path("{id}")
    @RequiresScope(Scope.ADMIN)
    public Uni<Void> deleteSilence(@PathParam("id") String id) {
        Caller who = caller.get();
        return quiet.deleteSilence(caller.tenant(), Paging.shortened(id))
                .call(() -> audit.note(who, "silence.delete", Paging.shortened(id)));
    }

    private static JsonNode required(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw Problem.badRequest(null, "the body must be a JSON object");
        }
        return body;
    }

    private static ObjectNode view(Silence silence, Instant now) {
        ObjectNode json = QuietText.write(silence);
        json.put("id", silence.id());
        json.put("state", silence.state(now).name().toLowerCase(Locale.ROOT));
        return json;
    }
}
