package dev.assay.ingest.reads;

import dev.assay.ingest.domain.operations.OperationsMeasures;
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
    /** Those whose measures this service keeps. */
    private static final List<Kpi> KPIS = KpiCatalogue.of(Area.OPERATIONS).stream()
            .filter(kpi -> kpi.fromWindows() && OperationsMeasures.ALL.containsAll(kpi.measures()))
            .toList();

    private final CurrentCaller caller;
    private final RollupReader reader;

    OperationsResource(CurrentCaller caller, RollupReader reader) {
        this.caller = caller;
        this.reader = reader;
    }

    @GET
    @Operation(
            summary = "Calls, errors, latency, tokens and throughput",
            description = "Takes from, to, step, group_by, tz, and a filter per dimension.")
    public Uni<KpiAnswer> operations(@Context UriInfo uri) {
        KpiQuery query = KpiQuery.parse(uri.getQueryParameters(), Instant.now());
        return reader.read(caller.tenant(), query, Detail.MINUTES)
                .map(windows -> new KpiAnswerBuilder(query, KPIS).build(windows));
    }
}
