package dev.assay.alert.api;

import dev.assay.alert.app.AcknowledgeLink;
import dev.assay.alert.app.AcknowledgeLink.Claim;
import dev.assay.alert.app.ActOnIncidents;
import dev.assay.alert.app.AlertReads;
import dev.assay.alert.app.AuditTrail;
import dev.assay.alert.app.IncidentStore.Kind;
import dev.assay.platform.tenancy.Caller;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.SignedAccess;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.time.Instant;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * What a link in a notification leads to: a page with a button. Opening it changes nothing, since chat and mail
 * programs open links on their own; pressing the button acknowledges.
 */
@Path("/v1/acknowledge/{token}")
@Produces("text/html;charset=UTF-8")
public class AcknowledgeResource {
    private final AcknowledgeLink links;
    private final ActOnIncidents incidents;
    private final AlertReads reads;
    private final AuditTrail audit;

    AcknowledgeResource(AcknowledgeLink links, ActOnIncidents incidents, AlertReads reads, AuditTrail audit) {
        this.links = links;
        this.incidents = incidents;
        this.reads = reads;
        this.audit = audit;
    }

    @GET
    @SignedAccess
    public Uni<RestResponse<String>> show(@PathParam("token") String token) {
        Claim claim = claim(token);
        return view(claim)
                .map(incident -> answer(
                        incident,
                        incident.state().equals("firing")
                                ? "<form method=\"post\"><button>Acknowledge as " + escaped(claim.by())
                                        + "</button></form>"
                                : ""));
    }

    @POST
    @SignedAccess
    public Uni<RestResponse<String>> acknowledge(@PathParam("token") String token) {
        Claim claim = claim(token);
        Caller who = new Caller(claim.tenant(), "link:" + claim.by(), Set.of());
        return incidents
                .act(claim.tenant(), claim.incident(), Kind.ACKNOWLEDGED, claim.by(), null, claim.by())
                .call(() -> audit.note(who, "incident.acknowledged", claim.incident()))
                .chain(() -> view(claim))
                .map(incident -> answer(incident, ""));
    }

    private Claim claim(String token) {
        return links.open(token, Instant.now())
                .orElseThrow(() -> Problem.forbidden("this link is not from here, or has expired"));
    }

    private Uni<IncidentView> view(Claim claim) {
        return reads.incident(claim.tenant(), claim.incident())
                .map(found ->
                        IncidentView.of(found.orElseThrow(() -> Problem.notFound("no incident " + claim.incident()))));
    }

    private static RestResponse<String> answer(IncidentView incident, String form) {
        String by = incident.acknowledgedBy();
        String page = """
                <!doctype html><html lang="en"><meta charset="utf-8">
                <meta name="viewport" content="width=device-width"><title>Incident</title>
                <h1>%s</h1><p>%s, %s%s</p>%s</html>
                """.formatted(
                        escaped(incident.rule()),
                        escaped(incident.incident()),
                        escaped(incident.state()),
                        by == null ? "" : " by " + escaped(by),
                        form);
        return RestResponse.ResponseBuilder.ok(page)
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("Content-Security-Policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    /** A rule's name is its project's own text: it must not become markup. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
