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
import dev.assay.quality.app.DetectorErrors;
import dev.assay.quality.app.JudgedKpis;
import dev.assay.quality.app.UserKpis;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
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
            "requery_rate",
            "session_length_mean",
            "retention_week1_ratio",
            "active_users");

    private final CurrentCaller caller;
    private final RollupReader rollups;
    private final UserKpis userKpis;
    private final DetectorErrors errors;
    private final JudgedKpis judgedKpis;

    KpiResource(
            CurrentCaller caller,
            RollupReader rollups,
            UserKpis userKpis,
            DetectorErrors errors,
            JudgedKpis judgedKpis) {
        this.caller = caller;
        this.rollups = rollups;
        this.userKpis = userKpis;
        this.errors = errors;
        this.judgedKpis = judgedKpis;
    }

    @GET
    @Path("/quality")
    @Operation(
            summary = "How good responses are",
            description = "What the project's judge scored, in its present epoch: good is a 4 or 5. With labels enough"
                    + " a rate is corrected for the judge's errors, and judgeable is true. Without a judge only what"
                    + " needs none is answered.")
    public Uni<KpiAnswer> quality(@Context UriInfo uri) {
        KpiQuery query = query(uri);
        String tenant = caller.tenant();
        return rollups.read(tenant, query, Detail.SUMS)
                .chain(windows -> judgedKpis.read(tenant, query, windows).map(judged -> {
                    List<Kpi> kpis = KpiCatalogue.of(Area.QUALITY).stream()
                            .filter(kpi -> QUALITY.contains(kpi.name()) || judged.measures(kpi.name()))
                            .toList();
                    return new KpiAnswerBuilder(query, kpis)
                            .supplement(judged.figures())
                            .build(windows);
                }));
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
                    + " none is known. Several calls of one trace are one query; requery_rate and session_length_mean are"
                    + " null over 35 days. Grouped or filtered by model, prompt_version, variant, provider or endpoint,"
                    + " a rating counts where the call has it that it names, or all calls of its trace, and a task"
                    + " where all calls of its user from its start to its end have it; over 35 days these are null,"
                    + " too. retention_week1_ratio is of the ISO weeks that begin in the range and whose"
                    + " following week is over.")
    public Uni<KpiAnswer> users(@Context UriInfo uri) {
        KpiQuery query = query(uri);
        String tenant = caller.tenant();
        List<Kpi> kpis = KpiCatalogue.of(Area.USERS).stream()
                .filter(kpi -> USERS.contains(kpi.name()))
                .toList();
        return rollups.read(tenant, query, Detail.SUMS)
                .chain(windows -> userKpis.read(tenant, query)
                        .map(figures -> new KpiAnswerBuilder(query, kpis)
                                .supplement(figures)
                                .build(windows)));
    }

    private static KpiQuery query(UriInfo uri) {
        return KpiQuery.parse(uri.getQueryParameters(), Instant.now());
    }
}
