package dev.assay.alert.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.app.AuditTrail;
import dev.assay.alert.app.ManageOnCall;
import dev.assay.alert.app.OnCallText;
import dev.assay.alert.domain.oncall.Policy;
import dev.assay.platform.tenancy.Caller;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Who is told, one after another, until somebody acknowledges. */
@Path("/v1/escalation-policies")
public class EscalationPoliciesResource {
    private final ManageOnCall onCall;
    private final AuditTrail audit;
    private final CurrentCaller caller;

    EscalationPoliciesResource(ManageOnCall onCall, AuditTrail audit, CurrentCaller caller) {
        this.onCall = onCall;
        this.audit = audit;
        this.caller = caller;
    }

    @GET
    @RequiresScope(Scope.READ)
    public Uni<Page<ObjectNode>> policies(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        return onCall.policies(caller.tenant()).map(all -> paging.page(all, EscalationPoliciesResource::view));
    }

    @GET
    @Path("{id}")
    @RequiresScope(Scope.READ)
    public Uni<ObjectNode> policy(@PathParam("id") String id) {
        return onCall.policy(caller.tenant(), Paging.shortened(id)).map(EscalationPoliciesResource::view);
    }

    @POST
    @RequiresScope(Scope.ADMIN)
    public Uni<RestResponse<ObjectNode>> create(@Nullable JsonNode body) {
        Caller who = caller.get();
        return onCall.keepPolicy(who.tenant(), null, SchedulesResource.required(body))
                .call(policy -> audit.note(who, "escalation_policy.create", policy.id()))
                .map(policy -> RestResponse.status(RestResponse.Status.CREATED, view(policy)));
    }

    @PUT
    @Path("{id}")
    @RequiresScope(Scope.ADMIN)
    public Uni<ObjectNode> replace(@PathParam("id") String id, @Nullable JsonNode body) {
        Caller who = caller.get();
        return onCall.keepPolicy(who.tenant(), Paging.shortened(id), SchedulesResource.required(body))
                .call(policy -> audit.note(who, "escalation_policy.replace", policy.id()))
                .map(EscalationPoliciesResource::view);
    }

    @DELETE
    @Path("{id}")
    @RequiresScope(Scope.ADMIN)
    public Uni<Void> delete(@PathParam("id") String id) {
        Caller who = caller.get();
        return onCall.deletePolicy(who.tenant(), Paging.shortened(id))
                .call(() -> audit.note(who, "escalation_policy.delete", Paging.shortened(id)));
    }

    private static ObjectNode view(Policy policy) {
        ObjectNode json = OnCallText.write(policy);
        json.put("id", policy.id());
        return json;
    }
}
