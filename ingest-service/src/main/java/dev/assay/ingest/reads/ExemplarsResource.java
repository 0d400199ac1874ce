package dev.assay.ingest.reads;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.KpiQuery.InvalidParameter;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The calls to look at behind the operational KPIs. */
@Path("/v1/kpis/operations/exemplars")
@RequiresScope(Scope.READ)
public class ExemplarsResource {
    private static final int CALLS = 5;

    private final CurrentCaller caller;
    private final FindExemplars find;
    private final CallJson json;

    ExemplarsResource(CurrentCaller caller, FindExemplars find, CallJson json) {
        this.caller = caller;
        this.find = find;
        this.json = json;
    }

    /**
     * Calls without their content.
     *
     * @param slowest the slowest first
     * @param errors the latest first
     */
    public record Body(
            Instant from,
            Instant to,
            List<Map<String, @Nullable Object>> slowest,
            List<Map<String, @Nullable Object>> errors) {}

    @GET
    @Operation(
            summary = "The slowest calls and the latest errors of a range, with their trace ids",
            description = "Takes from, to, and a filter per dimension. Up to five of each.")
    public Uni<Body> exemplars(@Context UriInfo uri) {
        for (String unused : Set.of("step", "group_by", "tz")) {
            if (uri.getQueryParameters().containsKey(unused)) {
                throw new InvalidParameter(unused, "is not a parameter of exemplars");
            }
        }
        KpiQuery query = KpiQuery.parse(uri.getQueryParameters(), Instant.now());
        return find.of(caller.tenant(), query, CALLS)
                .map(found -> new Body(
                        query.range().from(),
                        query.range().to(),
                        summaries(found.slowest()),
                        summaries(found.errors())));
    }

    private List<Map<String, @Nullable Object>> summaries(List<Call> calls) {
        return calls.stream().map(json::summary).toList();
    }
}
