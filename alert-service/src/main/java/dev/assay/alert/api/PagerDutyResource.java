package dev.assay.alert.api;

import dev.assay.alert.app.AuditTrail;
import dev.assay.alert.app.HearPagerDuty;
import dev.assay.platform.tenancy.Caller;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import dev.assay.platform.web.SignedAccess;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.jspecify.annotations.Nullable;

/** Webhooks of PagerDuty, version 3, by which what people do there is done here too. */
@Path("/v1")
public class PagerDutyResource {
    private static final int MAX_BYTES = 256 * 1024;

    private final HearPagerDuty pagerDuty;
    private final AuditTrail audit;
    private final CurrentCaller caller;

    /** The secret that PagerDuty shows when a webhook is made there. */
    public record WebhookSecret(@Nullable String secret) {
        @Override
        public String toString() {
            return "WebhookSecret";
        }
    }

    PagerDutyResource(HearPagerDuty pagerDuty, AuditTrail audit, CurrentCaller caller) {
        this.pagerDuty = pagerDuty;
        this.audit = audit;
        this.caller = caller;
    }

    /** Sets the secret under which PagerDuty signs; it never comes out again. */
    @PUT
    @Path("receivers/{id}/webhook-secret")
    @RequiresScope(Scope.ADMIN)
    public Uni<Void> secret(@PathParam("id") String id, @Nullable WebhookSecret body) {
        Caller who = caller.get();
        String receiver = Paging.shortened(id);
        return pagerDuty
                .setSecret(who.tenant(), receiver, body == null ? null : body.secret())
                .call(() -> audit.note(who, "receiver.webhook_secret", receiver));
    }

    /** Takes a webhook; what matters is its signature, over the bytes as they came. */
    @POST
    @Path("webhooks/pagerduty/{project}/{receiver}")
    @Consumes("application/json")
    @SignedAccess
    public Uni<Void> hear(
            @PathParam("project") String project,
            @PathParam("receiver") String receiver,
            @HeaderParam("X-PagerDuty-Signature") @Nullable String signature,
            byte @Nullable [] body) {
        byte[] said = body == null ? new byte[0] : body;
        if (said.length > MAX_BYTES) {
            throw Problem.tooLarge("the body must have at most " + MAX_BYTES + " bytes");
        }
        return pagerDuty.hear(Paging.shortened(project), Paging.shortened(receiver), signature, said);
    }
}
