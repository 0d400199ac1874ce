package dev.assay.ingest.reads;

import dev.assay.platform.kpi.Area;
import dev.assay.platform.kpi.Kpi;
import dev.assay.platform.kpi.KpiAnswer;
import dev.assay.platform.kpi.KpiAnswerBuilder;
import dev.assay.platform.kpi.KpiCatalogue;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.rollup.RollupReader;
import dev.assay.platform.rollup.RollupReader.Detail;
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
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The operational KPIs of the caller's project. */
@Path("/v1/kpis/operations")
@RequiresScope(Scope.READ)
public class OperationsResource {
    private static final List<Kpi> KPIS = KpiCatalogue.of(Area.OPERATIONS);

    private final CurrentCaller caller;
    private final RollupReader reader;
    private final CapacityFigures capacity;

    OperationsResource(CurrentCaller caller, RollupReader reader, CapacityFigures capacity) {
        this.caller = caller;
        this.reader = reader;
        this.capacity = capacity;
    }

    @GET
    @Operation(
            summary = "Calls, errors, latency, tokens, throughput and capacity",
            description = "Takes from, to, step, group_by, tz, and a filter per dimension.")
    public Uni<KpiAnswer> operations(@Context UriInfo uri) {
        KpiQuery query = KpiQuery.parse(uri.getQueryParameters(), Instant.now());
        String tenant = caller.tenant();
        return reader.read(tenant, query, Detail.MINUTES)
                .chain(windows -> capacity.of(tenant, query, windows)
                        .map(figures -> new KpiAnswerBuilder(query, KPIS)
                                .supplement(figures)
                                .build(windows)));
    }
}
