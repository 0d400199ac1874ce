package dev.assay.quality.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.platform.stats.CohensKappa;
import dev.assay.platform.stats.Interval;
import dev.assay.platform.stats.RoganGladen;
import dev.assay.platform.stats.Wilson;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import dev.assay.quality.app.JudgeConfig;
import dev.assay.quality.app.Judges;
import dev.assay.quality.app.Labels;
import dev.assay.quality.domain.judge.Agreement;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Labels by people, and how the judge agrees with them. */
@Path("/v1/labels")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.READ)
public class LabelsResource {
    private static final int MAX_ID = 1_000;
    private static final int MAX_NAME = 100;
    private static final int MOST_ITEMS = 100;

    private final CurrentCaller caller;
    private final Judges judges;
    private final Labels labels;

    LabelsResource(CurrentCaller caller, Judges judges, Labels labels) {
        this.caller = caller;
        this.judges = judges;
        this.labels = labels;
    }

    /** A label: {@code score} 1 to 5; a person's second one of a response and criterion replaces the first. */
    @RegisterForReflection
    public record Label(
            @Nullable String eventId,
            @Nullable String criterion,
            @Nullable String labeler,
            @Nullable Integer score) {}

    /** Responses to label. */
    @RegisterForReflection
    public record Queue(String epoch, List<Item> items) {}

    /** A response to label. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Item(
            String eventId,
            @Nullable String prompt,
            String response,
            @Nullable String context) {}

    /** How the judge agrees with people, by criterion. */
    @RegisterForReflection
    public record Agreements(String epoch, List<AgreementView> items) {}

    /**
     * One criterion. Good is a score of 4 or 5.
     *
     * @param table responses by the person's score (row) and the judge's (column), 1 to 5
     * @param corrects whether the labels suffice to correct the KPI: 50, and 5 of good and of bad responses
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record AgreementView(
            String criterion,
            long labels,
            boolean corrects,
            long[][] table,
            @Nullable Figure kappa,
            @Nullable Figure weightedKappa,
            @Nullable Figure sensitivity,
            @Nullable Figure specificity) {}

    /** A figure with its 95 % interval. */
    @RegisterForReflection
    public record Figure(double value, double[] ci95) {
        static Figure of(double value, Interval ci) {
            return new Figure(value, new double[] {ci.low(), ci.high()});
        }
    }

    @POST
    @RequiresScope(Scope.INGEST)
    @Operation(summary = "Label a response")
    public Uni<Label> label(@Nullable Label request) {
        Label it = Fields.body(request);
        String eventId = Fields.text("event_id", it.eventId(), MAX_ID);
        String criterion = Fields.text("criterion", it.criterion(), MAX_NAME);
        String labeler = Fields.text("labeler", it.labeler(), MAX_NAME);
        int score = Fields.whole("score", it.score(), 1, 5, 0);
        return labels.put(caller.tenant(), eventId, criterion, labeler, score, Instant.now())
                .map(known -> {
                    if (!known) {
                        throw Problem.unprocessable("event_id", "must be that of a known call");
                    }
                    return it;
                });
    }

    @GET
    @Path("/queue")
    @Operation(
            summary = "Judged responses that a person has not labelled yet",
            description = "A random sample in an order that is the same for everyone; without the judge's scores.")
    public Uni<Queue> queue(
            @QueryParam("criterion") @Nullable String criterion,
            @QueryParam("labeler") @Nullable String labeler,
            @QueryParam("limit") @Nullable String limit) {
        String tenant = caller.tenant();
        String of = parameter("criterion", criterion);
        String by = parameter("labeler", labeler);
        int most = Fields.parameter("limit", limit, 1, MOST_ITEMS, 10);
        return judge(tenant)
                .chain(judge -> labels.queue(tenant, judge.epoch(), of, by, most)
                        .map(items -> new Queue(
                                judge.epoch(),
                                items.stream()
                                        .map(it -> new Item(it.eventId(), it.prompt(), it.response(), it.context()))
                                        .toList())));
    }

    @GET
    @Path("/agreement")
    @Operation(summary = "How the judge's scores agree with people's labels, by criterion")
    public Uni<Agreements> agreement() {
        String tenant = caller.tenant();
        return judge(tenant)
                .chain(judge -> labels.pairs(tenant, judge.epoch()).map(pairs -> {
                    List<AgreementView> items = new ArrayList<>();
                    pairs.forEach((criterion, of) -> items.add(view(criterion, Agreement.of(of))));
                    return new Agreements(judge.epoch(), items);
                }));
    }

    private static AgreementView view(String criterion, Agreement it) {
        CohensKappa kappa = it.kappa().orElse(null);
        CohensKappa weighted = it.weightedKappa().orElse(null);
        RoganGladen.Judge judge = it.judge().orElse(null);
        return new AgreementView(
                criterion,
                it.labels(),
                judge != null,
                it.table(),
                kappa == null ? null : Figure.of(kappa.kappa(), kappa.ci95()),
                weighted == null ? null : Figure.of(weighted.kappa(), weighted.ci95()),
                rate(it.goodByBoth(), it.goodByBoth() + it.goodByPersonAlone()),
                rate(it.badByBoth(), it.badByBoth() + it.goodByJudgeAlone()));
    }

    private static @Nullable Figure rate(long right, long of) {
        return Wilson.interval(right, of)
                .map(ci -> Figure.of((double) right / of, ci))
                .orElse(null);
    }

    private Uni<JudgeConfig> judge(String tenant) {
        return judges.find(tenant).map(found -> found.orElseThrow(() -> Problem.notFound("the project has no judge")));
    }

    private static String parameter(String name, @Nullable String value) {
        if (value == null || value.isBlank() || value.length() > MAX_NAME || value.indexOf('\0') >= 0) {
            throw Problem.badRequest(name, "must have 1 to " + MAX_NAME + " characters and no NUL");
        }
        return value;
    }
}
