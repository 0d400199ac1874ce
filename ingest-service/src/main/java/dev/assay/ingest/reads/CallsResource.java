package dev.assay.ingest.reads;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.ingest.store.CallReads;
import dev.assay.ingest.store.CallReads.Found;
import dev.assay.ingest.store.LedgerConfig;
import dev.assay.platform.kpi.KpiQuery.InvalidParameter;
import dev.assay.platform.rollup.RollupReader;
import dev.assay.platform.rollup.RollupReader.Detail;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.tenancy.TenantReads;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
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
    /** Calls beyond which a list is not sorted by what has no index: that takes about a second. */
    private static final long MOST_SORTED = 2_000_000;

    private final CurrentCaller caller;
    private final TenantReads reads;
    private final RollupReader rollups;
    private final CallJson json;
    private final CallLinks links;
    private final int traceLimit;

    CallsResource(
            CurrentCaller caller,
            TenantReads reads,
            RollupReader rollups,
            CallJson json,
            CallLinks links,
            LedgerConfig config) {
        this.caller = caller;
        this.reads = reads;
        this.rollups = rollups;
        this.json = json;
        this.links = links;
        this.traceLimit = config.traceLimit();
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
            summary = "Calls, newest first or by another order",
            description = "Takes from, to, a filter per dimension, status (ok, error), countable, kind, error_class,"
                    + " min_duration_ms, user_id, session_id, trace_id, sort (start_time, duration_ms, ttft_ms,"
                    + " input_tokens, output_tokens; with - before it the largest first), limit (at most 500) and"
                    + " cursor. An order other than by start_time is of a range, by default the last 24 hours.")
    public Uni<Page> list(@Context UriInfo uri) {
        CallQuery query = CallQuery.parse(uri.getQueryParameters(), Instant.now());
        String tenant = caller.tenant();
        boolean descending = query.sort().descending();
        // one more than asked for tells whether there is a next page
        return requireSortable(tenant, query)
                .chain(() -> reads.with(
                        tenant, connection -> narrowed(tenant, query).first(connection, descending, query.limit() + 1)))
                .map(found -> page(found, query));
    }

    private Uni<Void> requireSortable(String tenant, CallQuery query) {
        if (query.sort().isIndexed()) {
            return Uni.createFrom().voidItem();
        }
        return rollups.readRange(tenant, query.dimensions(), Detail.SUMS)
                .invoke(windows -> {
                    long calls = windows.stream()
                            .mapToLong(window -> CallVolume.of(window.total()))
                            .sum();
                    if (calls > MOST_SORTED) {
                        throw new InvalidParameter(
                                "sort",
                                "must be by start_time over more than " + MOST_SORTED + " calls, and there are " + calls
                                        + "; take a shorter range or a filter");
                    }
                })
                .replaceWithVoid();
    }

    @GET
    @Path("/{event_id:.+}")
    @Operation(
            summary = "One call, with where to find its scores, feedback and cost",
            description = "include=trace adds the events of its trace as a tree, each span before those it encloses.")
    public Uni<Map<String, @Nullable Object>> get(
            @PathParam("event_id") String eventId, @QueryParam("include") @Nullable String include) {
        if (include != null && !include.equals("trace")) {
            throw new InvalidParameter("include", "must be trace");
        }
        String tenant = caller.tenant();
        return reads.with(
                tenant,
                connection -> CallReads.byEventId(connection, tenant, eventId)
                        .map(found -> found.orElseThrow(() -> Problem.notFound("no call with this event_id")))
                        .chain(call -> {
                            Map<String, @Nullable Object> answer = json.of(call);
                            Instant start = CallJson.time(call.getEnvelope().getEventTimeUs());
                            answer.put("links", links.of(call.getEnvelope().getEventId(), start));
                            if (include == null) {
                                return Uni.createFrom().item(answer);
                            }
                            return trace(tenant, call)
                                    .first(connection, false, traceLimit)
                                    .map(found -> {
                                        answer.put(
                                                "trace",
                                                json.trace(
                                                        call,
                                                        found.stream()
                                                                .map(Found::call)
                                                                .toList()));
                                        return answer;
                                    });
                        }));
    }

    /** A call that belongs to no trace is one of its own. */
    private static CallReads trace(String tenant, Call call) {
        CallReads list = CallReads.list(tenant);
        return call.getTraceId().isEmpty()
                ? list.ofEvent(tenant, call.getEnvelope().getEventId())
                : list.ofTrace(tenant, call.getTraceId());
    }

    private Page page(List<Found> found, CallQuery query) {
        int limit = query.limit();
        List<Found> shown = found.size() > limit ? found.subList(0, limit) : found;
        String next = null;
        if (found.size() > limit) {
            Found last = shown.get(limit - 1);
            next = new CallCursor(query.sort().text(), last.place(), last.id()).encoded();
        }
        return new Page(shown.stream().map(each -> json.of(each.call())).toList(), next);
    }

    private static CallReads narrowed(String tenant, CallQuery query) {
        CallReads list = CallReads.list(tenant, query.sort().order())
                .ofDimensions(query.dimensions().filters());
        if (query.from() != null) {
            list.where("c.start_us >= ?", micros(query.from()));
        }
        if (query.to() != null) {
            list.where("c.start_us < ?", micros(query.to()));
        }
        CallCursor cursor = query.cursor();
        if (cursor != null) {
            list.behind(cursor.place(), cursor.id(), query.sort().descending());
        }
        if (query.failed() != null) {
            list.where(query.failed() ? "c.status = ?" : "c.status <> ?", (short) Status.STATUS_ERROR_VALUE);
        }
        if (query.countable() != null) {
            list.where("(c.countable and not c.superseded) = ?", query.countable());
        }
        if (query.kind() != null) {
            list.where("c.kind = ?", (short) query.kind().getNumber());
        }
        if (query.errorClass() != null) {
            list.where("c.error_class = ?", query.errorClass());
        }
        if (query.minDurationMs() != null) {
            list.where("c.duration_us >= ?", TimeUnit.MILLISECONDS.toMicros(query.minDurationMs()));
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
