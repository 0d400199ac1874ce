package dev.assay.alert.api;

import dev.assay.alert.app.ActOnIncidents;
import dev.assay.alert.app.AlertReads;
import dev.assay.alert.app.AuditTrail;
import dev.assay.alert.app.IncidentStore.Kind;
import dev.assay.platform.tenancy.Caller;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Incidents, and what people do about them. */
@Path("/v1/incidents")
public class IncidentsResource {
    private static final List<String> STATES = List.of("firing", "acknowledged", "expired", "resolved");

    private final ActOnIncidents incidents;
    private final AlertReads reads;
    private final AuditTrail audit;
    private final CurrentCaller caller;

    /**
     * What somebody does.
     *
     * @param by who; if it is absent, the key
     * @param note what they say
     */
    public record Deed(@Nullable String by, @Nullable String note) {}

    /** Who is to look after an incident. */
    public record Assignment(@Nullable String by, @Nullable String owner) {}

    IncidentsResource(ActOnIncidents incidents, AlertReads reads, AuditTrail audit, CurrentCaller caller) {
        this.incidents = incidents;
        this.reads = reads;
        this.audit = audit;
        this.caller = caller;
    }

    /** The last 1,000 at most, the newest first. */
    @GET
    @RequiresScope(Scope.READ)
    public Uni<Page<IncidentView.Brief>> list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        if (state != null && !STATES.contains(state)) {
            throw Problem.badRequest(
                    "state", "must be one of " + String.join(", ", STATES) + ", got: " + Paging.shortened(state));
        }
        Paging paging = Paging.of(limit, cursor);
        return reads.incidents(caller.tenant())
                .map(all -> paging.page(
                        all.stream()
                                .map(IncidentView.Brief::of)
                                .filter(incident ->
                                        state == null || incident.state().equals(state))
                                .toList(),
                        brief -> brief));
    }

    @GET
    @Path("{incident}")
    @RequiresScope(Scope.READ)
    public Uni<IncidentView> get(@PathParam("incident") String incident) {
        return view(Paging.shortened(incident));
    }

    @POST
    @Path("{incident}/acknowledge")
    @RequiresScope(Scope.ADMIN)
    public Uni<IncidentView> acknowledge(@PathParam("incident") String incident, @Nullable Deed deed) {
        return act(incident, Kind.ACKNOWLEDGED, deed);
    }

    @POST
    @Path("{incident}/resolve")
    @RequiresScope(Scope.ADMIN)
    public Uni<IncidentView> resolve(@PathParam("incident") String incident, @Nullable Deed deed) {
        return act(incident, Kind.CLOSED, deed);
    }

    @POST
    @Path("{incident}/notes")
    @RequiresScope(Scope.ADMIN)
    public Uni<IncidentView> note(@PathParam("incident") String incident, @Nullable Deed deed) {
        return act(incident, Kind.NOTED, deed);
    }

    @PUT
    @Path("{incident}/owner")
    @RequiresScope(Scope.ADMIN)
    public Uni<IncidentView> assign(@PathParam("incident") String incident, @Nullable Assignment assignment) {
        return act(incident, Kind.ASSIGNED, assignment == null ? null : new Deed(assignment.by(), assignment.owner()));
    }

    private Uni<IncidentView> act(String incident, Kind kind, @Nullable Deed deed) {
        Caller who = caller.get();
        String id = Paging.shortened(incident);
        return incidents
                .act(
                        caller.tenant(),
                        id,
                        kind,
                        deed == null ? null : deed.by(),
                        deed == null ? null : deed.note(),
                        caller.get().keyId())
                .call(() -> audit.note(who, "incident." + kind.name().toLowerCase(Locale.ROOT), id))
                .chain(() -> view(id));
    }

    private Uni<IncidentView> view(String id) {
        return reads.incident(caller.tenant(), id)
                .map(found -> found.map(IncidentView::of).orElseThrow(() -> Problem.notFound("no incident " + id)));
    }
}
