package dev.assay.quality.api;

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
import dev.assay.quality.app.ActiveUsers;
import dev.assay.quality.app.DetectorErrors;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The KPIs of quality, safety and users. Those that nothing measures yet are left out of the answers. */
@Path("/v1/kpis")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.READ)
public class KpiResource {
    /** Measured without a judge. */
    private static final Set<String> QUALITY = Set.of("conciseness_words_p50");

    private static final Set<String> USERS = Set.of(
            "csat_mean",
            "csat_satisfied_ratio",
            "nps",
            "task_success_rate",
            "time_to_completion_p50_ms",
            "time_to_completion_p90_ms",
            "active_users");

    private final CurrentCaller caller;
    private final RollupReader rollups;
    private final ActiveUsers activeUsers;
    private final DetectorErrors errors;

    KpiResource(CurrentCaller caller, RollupReader rollups, ActiveUsers activeUsers, DetectorErrors errors) {
        this.caller = caller;
        this.rollups = rollups;
        this.activeUsers = activeUsers;
        this.errors = errors;
    }

    @GET
    @Path("/quality")
    @Operation(summary = "How good responses are")
    public Uni<KpiAnswer> quality(@Context UriInfo uri) {
        KpiQuery query = query(uri);
        List<Kpi> kpis = KpiCatalogue.of(Area.QUALITY).stream()
                .filter(kpi -> QUALITY.contains(kpi.name()))
                .toList();
        return rollups.read(caller.tenant(), query, Detail.SUMS)
                .map(windows -> new KpiAnswerBuilder(query, kpis).build(windows));
    }

    @GET
    @Path("/safety")
    @Operation(
            summary = "How safe responses are",
            description = "Each rate has its own denominator (count) and the share of responses it could be told for"
                    + " (coverage). judgeable is false where the detector's own error, as measured on held-out data,"
                    + " is more than the target allows.")
    public Uni<KpiAnswer> safety(@Context UriInfo uri) {
        KpiQuery query = query(uri);
        return rollups.read(caller.tenant(), query, Detail.SUMS)
                .map(windows -> new KpiAnswerBuilder(query, KpiCatalogue.of(Area.SAFETY))
                        .evaluators(errors.byKpi())
                        .build(windows));
    }

    @GET
    @Path("/users")
    @Operation(
            summary = "How users are served",
            description = "Thumbs count in CSAT as five stars (up) and one star (down). Completion times are over"
                    + " successful tasks. active_users are the distinct users of calls, feedback and outcomes, null when"
                    + " none is known.")
    public Uni<KpiAnswer> users(@Context UriInfo uri) {
        KpiQuery query = query(uri);
        String tenant = caller.tenant();
        List<Kpi> kpis = KpiCatalogue.of(Area.USERS).stream()
                .filter(kpi -> USERS.contains(kpi.name()))
                .toList();
        return rollups.read(tenant, query, Detail.SUMS)
                .chain(windows -> activeUsers
                        .count(tenant, query)
                        .map(users -> new KpiAnswerBuilder(query, kpis)
                                .supplement((kpi, by, range) -> {
                                    if (!kpi.name().equals("active_users")) {
                                        return Optional.empty();
                                    }
                                    long count = users.of(by, range);
                                    return Optional.of(kpi.of(count == 0 ? null : count, count));
                                })
                                .build(windows)));
    }

    private static KpiQuery query(UriInfo uri) {
        return KpiQuery.parse(uri.getQueryParameters(), Instant.now());
    }
}
