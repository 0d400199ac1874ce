package dev.assay.alert.api;

import dev.assay.alert.app.HearPagerDuty;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.SignedAccess;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.jspecify.annotations.Nullable;

/** Webhooks of PagerDuty, version 3, by which what people do there is done here too. */
@Path("/v1/webhooks/pagerduty/{project}/{receiver}")
public class PagerDutyResource {
    private static final int MAX_BYTES = 256 * 1024;

    private final HearPagerDuty pagerDuty;

    PagerDutyResource(HearPagerDuty pagerDuty) {
        this.pagerDuty = pagerDuty;
    }

    /** Takes a webhook; what matters is its signature, over the bytes as they came. */
    @POST
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
