package dev.assay.alert.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.app.AuditTrail;
import dev.assay.alert.app.ManageQuiet;
import dev.assay.alert.app.QuietText;
import dev.assay.alert.domain.quiet.Inhibition;
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
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Which firing alerts keep which others quiet. */
@Path("/v1/inhibitions")
public class InhibitionsResource {
    private final ManageQuiet quiet;
    private final AuditTrail audit;
    private final CurrentCaller caller;

    InhibitionsResource(ManageQuiet quiet, AuditTrail audit, CurrentCaller caller) {
        this.quiet = quiet;
        this.audit = audit;
        this.caller = caller;
    }

    @GET
    @RequiresScope(Scope.READ)
    public Uni<Page<ObjectNode>> inhibitions(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        return quiet.inhibitions(caller.tenant()).map(all -> paging.page(all, InhibitionsResource::view));
    }

    @POST
    @RequiresScope(Scope.ADMIN)
    public Uni<RestResponse<ObjectNode>> inhibition(@Nullable JsonNode body) {
        Caller who = caller.get();
        return quiet.inhibition(caller.tenant(), required(body))
                .call(inhibition -> audit.note(who, "inhibition.create", inhibition.id()))
                .map(inhibition -> RestResponse.status(RestResponse.Status.CREATED, view(inhibition)));
    }

    @DELETE
    @Path("{id}")
    @RequiresScope(Scope.ADMIN)
    public Uni<Void> deleteInhibition(@PathParam("id") String id) {
        Caller who = caller.get();
        return quiet.deleteInhibition(caller.tenant(), Paging.shortened(id))
                .call(() -> audit.note(who, "inhibition.delete", Paging.shortened(id)));
    }

    private static JsonNode required(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw Problem.badRequest(null, "the body must be a JSON object");
        }
        return body;
    }

    private static ObjectNode view(Inhibition inhibition) {
        ObjectNode json = QuietText.write(inhibition);
        json.put("id", inhibition.id());
        return json;
    }
}
