package dev.assay.ingest.reads;

import dev.assay.contracts.llm.v1.Status;
import dev.assay.ingest.reads.CallQuery.Cursor;
import dev.assay.ingest.store.CallReads;
import dev.assay.ingest.store.CallReads.Found;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.tenancy.TenantReads;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The events of the caller's project, as the ledger resolved them. */
@Path("/v1/calls")
@RequiresScope(Scope.READ)
public class CallsResource {
    private final CurrentCaller caller;
    private final TenantReads reads;
    private final CallJson json;

    CallsResource(CurrentCaller caller, TenantReads reads, CallJson json) {
        this.caller = caller;
        this.reads = reads;
        this.json = json;
    }

    /**
     * One page of calls.
     *
     * @param nextCursor where the next page begins; null on the last one
     */
    public record Page(
            List<Map<String, @Nullable Object>> items,
            @Nullable String nextCursor) {}

    @GET
    @Operation(
            summary = "Calls, newest first",
            description = "Takes from, to, a filter per dimension, status (ok, error), countable, user_id, session_id,"
                    + " trace_id, limit (at most 500) and cursor.")
    public Uni<Page> list(@Context UriInfo uri) {
        CallQuery query = CallQuery.parse(uri.getQueryParameters(), Instant.now());
        String tenant = caller.tenant();
        // one more than asked for tells whether there is a next page
        return reads.with(tenant, connection -> narrowed(tenant, query).newest(connection, query.limit() + 1))
                .map(found -> page(found, query.limit()));
    }

    @GET
    @Path("/{event_id:.+}")
    @Operation(summary = "One call")
    public Uni<Map<String, @Nullable Object>> get(@PathParam("event_id") String eventId) {
        String tenant = caller.tenant();
        return reads.with(tenant, connection -> CallReads.byEventId(connection, tenant, eventId))
                .map(found -> json.of(found.orElseThrow(() -> Problem.notFound("no call with this event_id"))));
    }

    private Page page(List<Found> found, int limit) {
        List<Found> shown = found.size() > limit ? found.subList(0, limit) : found;
        String next = null;
        if (found.size() > limit) {
            Found last = shown.get(limit - 1);
            next = new Cursor(last.startUs(), last.id()).encoded();
        }
        return new Page(shown.stream().map(each -> json.of(each.call())).toList(), next);
    }

    private static CallReads narrowed(String tenant, CallQuery query) {
        CallReads list = CallReads.list(tenant).ofDimensions(query.dimensions().filters());
        if (query.from() != null) {
            list.where("c.start_us >= ?", micros(query.from()));
        }
        if (query.to() != null) {
            list.where("c.start_us < ?", micros(query.to()));
        }
        if (query.cursor() != null) {
            list.where(
                    "(c.start_us, c.id) < (?, ?)",
                    query.cursor().startUs(),
                    query.cursor().id());
        }
        if (query.failed() != null) {
            list.where(query.failed() ? "c.status = ?" : "c.status <> ?", (short) Status.STATUS_ERROR_VALUE);
        }
        if (query.countable() != null) {
            list.where("(c.countable and not c.superseded) = ?", query.countable());
        }
        if (query.userId() != null) {
            list.where("c.user_id = ?", query.userId());
        }
        if (query.sessionId() != null) {
            list.where("c.session_id = ?", query.sessionId());
        }
        if (query.traceId() != null) {
            list.ofTrace(tenant, query.traceId());
        }
        return list;
    }

    private static long micros(Instant time) {
        return TimeUnit.SECONDS.toMicros(time.getEpochSecond()) + time.getNano() / 1_000;
    }
}
