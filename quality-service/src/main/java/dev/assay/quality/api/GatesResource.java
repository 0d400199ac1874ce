package dev.assay.quality.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import dev.assay.quality.app.AnswerCases;
import dev.assay.quality.app.Gates;
import dev.assay.quality.app.Gates.Case;
import dev.assay.quality.app.Gates.Gate;
import dev.assay.quality.app.JudgeClient;
import dev.assay.quality.app.RunGate;
import dev.assay.quality.domain.gate.GateReport;
import dev.assay.quality.domain.gate.Scorer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Regression gates: may a change go out, by a dataset's answers against those of before. */
@Path("/v1/gates")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.READ)
public class GatesResource {
    private static final int MAX_NAME = 200;
    private static final List<String> SCORERS =
            Arrays.stream(Scorer.values()).map(Scorer::wireName).toList();

    private final CurrentCaller caller;
    private final Gates gates;
    private final RunGate runGate;
    private final JudgeClient client;

    GatesResource(CurrentCaller caller, Gates gates, RunGate runGate, JudgeClient client) {
        this.caller = caller;
        this.gates = gates;
        this.runGate = runGate;
        this.client = client;
    }

    /**
     * A gate to be made.
     *
     * @param datasetVersion the latest by default
     * @param scorer {@code exact} (default), {@code contains} or {@code token_f1}
     * @param passScore from which on a case passes; 1 by default
     * @param minPassRate the share of cases that must pass; none by default
     * @param maxDrop how far the share may fall below the baseline's before a significant fall fails; 0 by default
     */
    @RegisterForReflection
    public record NewGate(
            @Nullable String name,
            @Nullable String dataset,
            @Nullable Integer datasetVersion,
            @Nullable String scorer,
            @Nullable Double passScore,
            @Nullable Double minPassRate,
            @Nullable Double maxDrop) {}

    /** A gate on the wire. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record GateView(
            String id,
            String name,
            String dataset,
            int datasetVersion,
            String scorer,
            double passScore,
            @Nullable Double minPassRate,
            double maxDrop,
            @Nullable String baselineRun) {
        static GateView of(Gate it) {
            UUID baseline = it.baselineRun();
            return new GateView(
                    it.id().toString(),
                    it.name(),
                    it.dataset(),
                    it.datasetVersion(),
                    it.scorer().wireName(),
                    it.passScore(),
                    it.minPassRate(),
                    it.maxDrop(),
                    baseline == null ? null : baseline.toString());
        }
    }

    /** All gates. */
    @RegisterForReflection
    public record GateList(List<GateView> items) {}

    @POST
    @RequiresScope(Scope.ADMIN)
    @Operation(summary = "Make a gate over a version of a dataset")
    public Uni<RestResponse<GateView>> create(@Nullable NewGate request) {
        NewGate wanted = Fields.body(request);
        String tenant = caller.tenant();
        String name = Fields.text("name", wanted.name(), MAX_NAME);
        String dataset = Fields.text("dataset", wanted.dataset(), MAX_NAME);
        Scorer scorer = Scorer.of(Fields.oneOf("scorer", wanted.scorer(), SCORERS, "exact"))
                .orElseThrow();
        double passScore = Fields.number("pass_score", wanted.passScore(), 0, 1, 1);
        Double rate = wanted.minPassRate();
        Double minimum = rate == null ? null : Double.valueOf(Fields.number("min_pass_rate", rate, 0, 1, 0));
        double drop = Fields.number("max_drop", wanted.maxDrop(), 0, 1, 0);
        return gates.latest(tenant, dataset).chain(latest -> {
            int version = wanted.datasetVersion() == null ? latest : wanted.datasetVersion();
            if (version < 1 || version > latest) {
                throw Problem.unprocessable("dataset", "must name a dataset of the project, and a version that it has");
            }
            Gate gate = new Gate(UUID.randomUUID(), name, dataset, version, scorer, passScore, minimum, drop, null);
            return gates.addGate(tenant, gate, Instant.now())
                    .map(done -> RestResponse.status(RestResponse.Status.CREATED, GateView.of(gate)));
        });
    }

    @GET
    @Operation(summary = "All gates")
    public Uni<GateList> list() {
        return gates.gates(caller.tenant())
                .map(all -> new GateList(all.stream().map(GateView::of).toList()));
    }

    @POST
    @Path("/{id}/run")
    @RequiresScope({Scope.INGEST, Scope.ADMIN})
    @Operation(
            summary = "Run a gate over given answers, or over those of an endpoint",
            description = "passed says whether the change may go out. It fails under min_pass_rate, and when it is"
                    + " significantly (McNemar's exact test) more than max_drop below the baseline. With endpoint"
                    + " (needs the scope admin; at most 500 cases) the answer comes when all cases are asked, or after"
                    + " 10 minutes; a run in which the endpoint failed does not become the baseline.")
    public Uni<GateRunView> run(@PathParam("id") String id, @Nullable GateRunRequest request) {
        GateRunRequest wanted = Fields.body(request);
        AnswerCases.Endpoint endpoint = wanted.asked();
        return (endpoint == null ? given(id, wanted) : asked(id, wanted, endpoint)).map(GateRunView::of);
    }

    private Uni<RunGate.Outcome> given(String id, GateRunRequest wanted) {
        String tenant = caller.tenant();
        Map<String, String> answers = wanted.answers();
        String label = wanted.checkedLabel();
        return find(tenant, id)
                .chain(gate -> gates.cases(tenant, gate.dataset(), gate.datasetVersion())
                        .chain(cases -> {
                            requireKnown(cases, answers.keySet());
                            return runGate.run(tenant, gate, cases, answers, label, wanted.isBaseline());
                        }));
    }

    private Uni<RunGate.Outcome> asked(String id, GateRunRequest wanted, AnswerCases.Endpoint endpoint) {
        if (!caller.get().may(Scope.ADMIN)) { // as whoever sets a judge: it has the service call an address
            throw Problem.forbidden("a run against an endpoint needs a key with the scope admin");
        }
        String tenant = caller.tenant();
        String label = wanted.checkedLabel();
        return client.refusal(endpoint.url())
                .invoke(refusal -> refusal.ifPresent(why -> {
                    throw Problem.unprocessable("endpoint.url", "cannot be used: " + why);
                }))
                .chain(() -> find(tenant, id))
                .chain(gate -> gates.cases(tenant, gate.dataset(), gate.datasetVersion())
                        .chain(cases -> {
                            if (cases.size() > GateRunRequest.MOST_ASKED) {
                                throw Problem.unprocessable(
                                        "endpoint",
                                        "must be of a dataset with at most " + GateRunRequest.MOST_ASKED
                                                + " cases, got: " + cases.size());
                            }
                            return runGate.ask(
                                    tenant,
                                    gate,
                                    cases,
                                    endpoint,
                                    GateRunRequest.MAX_OUTPUT,
                                    label,
                                    wanted.isBaseline());
                        }));
    }

    private static void requireKnown(List<Case> cases, Set<String> answered) {
        Set<String> unknown = new HashSet<>(answered);
        cases.forEach(it -> unknown.remove(it.id()));
        if (!unknown.isEmpty()) {
            throw Problem.unprocessable(
                    "outputs",
                    "must be of cases of the dataset, unknown: "
                            + Fields.quoted(
                                    unknown.stream().sorted().findFirst().orElse("")));
        }
    }

    @GET
    @Path("/{id}/runs/{run}/report")
    @Produces({"text/markdown", "application/xml"})
    @Operation(summary = "A run's report, as Markdown or (format=junit) as JUnit XML")
    public Uni<Response> report(
            @PathParam("id") String id, @PathParam("run") String run, @QueryParam("format") @Nullable String format) {
        if (format != null && !format.equals("markdown") && !format.equals("junit")) {
            throw Problem.badRequest("format", "must be markdown or junit, got: " + Fields.quoted(format));
        }
        String tenant = caller.tenant();
        return find(tenant, id)
                .chain(gate -> gates.run(tenant, Fields.id("run", run))
                        .map(found -> found.filter(it -> it.gate().equals(gate.id()))
                                .orElseThrow(() -> Problem.notFound("there is no such run")))
                        .chain(it -> runGate.again(tenant, gate, it))
                        .map(outcome -> "junit".equals(format)
                                ? Response.ok(GateReport.junit(gate.name(), outcome.verdict(), outcome.lines()))
                                        .type("application/xml;charset=UTF-8")
                                        .build()
                                : Response.ok(GateReport.markdown(
                                                gate.name(), outcome.run().label(), outcome.verdict(), outcome.lines()))
                                        .type("text/markdown;charset=UTF-8")
                                        .build()));
    }

    private Uni<Gate> find(String tenant, String id) {
        return gates.gate(tenant, Fields.id("gate", id))
                .map(found -> found.orElseThrow(() -> Problem.notFound("there is no such gate")));
    }
}
