package dev.assay.alert.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.app.AuditTrail;
import dev.assay.alert.app.ManageOnCall;
import dev.assay.alert.app.OnCallText;
import dev.assay.alert.domain.oncall.Schedule;
import dev.assay.platform.tenancy.Caller;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Who is on call when. */
@Path("/v1/schedules")
public class SchedulesResource {
    private final ManageOnCall onCall;
    private final AuditTrail audit;
    private final CurrentCaller caller;

    /** Who is on call at a moment; null for nobody. */
    public record OnCallView(
            String schedule, Instant at, @Nullable ShiftView onCall) {}

    /**
     * Somebody on call.
     *
     * @param until when somebody else is, or nobody; null if not within a hundred days
     * @param override whether they stand in
     */
    public record ShiftView(
            String person, List<String> receivers, @Nullable Instant until, boolean override) {
        static ShiftView of(Schedule.Shift shift) {
            return new ShiftView(shift.person().name(), shift.person().receivers(), shift.until(), shift.standIn());
        }
    }

    SchedulesResource(ManageOnCall onCall, AuditTrail audit, CurrentCaller caller) {
        this.onCall = onCall;
        this.audit = audit;
        this.caller = caller;
    }

    @GET
    @RequiresScope(Scope.READ)
    public Uni<Page<ObjectNode>> schedules(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        return onCall.schedules(caller.tenant()).map(all -> paging.page(all, SchedulesResource::view));
    }

    @GET
    @Path("{id}")
    @RequiresScope(Scope.READ)
    public Uni<ObjectNode> schedule(@PathParam("id") String id) {
        return onCall.schedule(caller.tenant(), Paging.shortened(id)).map(SchedulesResource::view);
    }

    /** Who is on call at {@code at}, now if it is absent. */
    @GET
    @Path("{id}/on-call")
    @RequiresScope(Scope.READ)
    public Uni<OnCallView> onCall(@PathParam("id") String id, @QueryParam("at") @Nullable String at) {
        Instant when = at == null ? Instant.now() : time(at);
        return onCall.schedule(caller.tenant(), Paging.shortened(id))
                .emitOn(Infrastructure.getDefaultWorkerPool()) // it looks a hundred days ahead
                .map(schedule -> new OnCallView(
                        schedule.name(),
                        when,
                        schedule.at(when).map(ShiftView::of).orElse(null)));
    }

    @POST
    @RequiresScope(Scope.ADMIN)
    public Uni<RestResponse<ObjectNode>> create(@Nullable JsonNode body) {
        Caller who = caller.get();
        return onCall.keepSchedule(who.tenant(), null, required(body))
                .call(schedule -> audit.note(who, "schedule.create", schedule.id()))
                .map(schedule -> RestResponse.status(RestResponse.Status.CREATED, view(schedule)));
    }

    @PUT
    @Path("{id}")
    @RequiresScope(Scope.ADMIN)
    public Uni<ObjectNode> replace(@PathParam("id") String id, @Nullable JsonNode body) {
        Caller who = caller.get();
        return onCall.keepSchedule(who.tenant(), Paging.shortened(id), required(body))
                .call(schedule -> audit.note(who, "schedule.replace", schedule.id()))
                .map(SchedulesResource::view);
    }

    @DELETE
    @Path("{id}")
    @RequiresScope(Scope.ADMIN)
    public Uni<Void> delete(@PathParam("id") String id) {
        Caller who = caller.get();
        return onCall.deleteSchedule(who.tenant(), Paging.shortened(id))
                .call(() -> audit.note(who, "schedule.delete", Paging.shortened(id)));
    }

    /** Lets somebody stand in. */
    @POST
    @Path("{id}/overrides")
    @RequiresScope(Scope.ADMIN)
    public Uni<RestResponse<ObjectNode>> override(@PathParam("id") String id, @Nullable JsonNode body) {
        Caller who = caller.get();
        return onCall.standIn(who.tenant(), Paging.shortened(id), required(body))
                .call(standIn -> audit.note(who, "schedule.override", standIn.id()))
                .map(standIn -> RestResponse.status(RestResponse.Status.CREATED, OnCallText.write(standIn)));
    }

    @DELETE
    @Path("{id}/overrides/{override}")
    @RequiresScope(Scope.ADMIN)
    public Uni<Void> deleteOverride(@PathParam("id") String id, @PathParam("override") String override) {
        Caller who = caller.get();
        return onCall.deleteStandIn(who.tenant(), Paging.shortened(id), Paging.shortened(override))
                .call(() -> audit.note(who, "schedule.override.delete", Paging.shortened(override)));
    }

    private static Instant time(String at) {
        try {
            Instant time = Instant.parse(at);
            if (time.isAfter(Instant.parse("2000-01-01T00:00:00Z"))
                    && time.isBefore(Instant.parse("2200-01-01T00:00:00Z"))) {
                return time;
            }
        } catch (DateTimeException malformed) {
            // refused below
        }
        throw Problem.badRequest(
                "at",
                "must be a time in UTC like 2026-03-11T12:00:00Z, in the years 2000 to 2199, got: "
                        + Paging.shortened(at));
    }

    static JsonNode required(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw Problem.badRequest(null, "the body must be a JSON object");
        }
        return body;
    }

    private static ObjectNode view(Schedule schedule) {
        ObjectNode json = OnCallText.write(schedule);
        json.put("id", schedule.id());
        return json;
    }
}
