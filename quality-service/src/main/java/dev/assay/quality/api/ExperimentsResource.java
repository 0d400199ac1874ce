package dev.assay.quality.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import dev.assay.quality.app.Experiments;
import dev.assay.quality.app.Experiments.Experiment;
import dev.assay.quality.app.RunExperiments;
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
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Experiments: who gets which variant, and what that changes. Units are users, by the id that their calls carry. */
@Path("/v1/experiments")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.READ)
public class ExperimentsResource {
    private static final int MOST_UNITS = 1_000;
    private static final int MAX_UNIT = 1_000;

    private final CurrentCaller caller;
    private final Experiments experiments;
    private final RunExperiments run;

    ExperimentsResource(CurrentCaller caller, Experiments experiments, RunExperiments run) {
        this.caller = caller;
        this.experiments = experiments;
        this.run = run;
    }

    /** All experiments, the latest first. */
    @RegisterForReflection
    public record ExperimentList(List<ExperimentView> items) {}

    /** Units to assign. */
    @RegisterForReflection
    public record Units(@Nullable List<@Nullable String> units) {}

    /** The variant of each unit, in order. */
    @RegisterForReflection
    public record Assigned(List<UnitVariant> items) {}

    /** A unit's variant; null when it is not in the experiment. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record UnitVariant(String unit, @Nullable String variant) {}

    @POST
    @RequiresScope(Scope.ADMIN)
    @Operation(
            summary = "Start an experiment",
            description = "The first variant is the control. Weights and metrics stay as they are until the end.")
    public Uni<RestResponse<ExperimentView>> create(@Nullable ExperimentRequest request) {
        Experiments.Design design = Fields.body(request).design();
        return experiments
                .create(caller.tenant(), design, Instant.now())
                .map(made -> RestResponse.ResponseBuilder.create(
                                RestResponse.Status.CREATED, ExperimentView.of(created(made)))
                        .location(URI.create("/v1/experiments/" + created(made).id()))
                        .build());
    }

    private static Experiment created(Experiments.Made made) {
        if (made instanceof Experiments.Made.Created created) {
            return created.experiment();
        }
        throw made instanceof Experiments.Made.GroupFull full
                ? Problem.conflict("traffic does not fit: the group's widest gap is " + full.widest() / 10_000.0)
                : Problem.conflict("name is taken by a running experiment");
    }

    @GET
    @Operation(summary = "All experiments, the latest first")
    public Uni<ExperimentList> list() {
        return experiments
                .all(caller.tenant())
                .map(all ->
                        new ExperimentList(all.stream().map(ExperimentView::of).toList()));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One experiment")
    public Uni<ExperimentView> get(@PathParam("id") String id) {
        return find(id).map(ExperimentView::of);
    }

    @POST
    @Path("/{id}/end")
    @RequiresScope(Scope.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "End an experiment: its slots are free, and what happens later does not count")
    public Uni<ExperimentView> end(@PathParam("id") String id) {
        String tenant = caller.tenant();
        return find(id).chain(found -> experiments.end(tenant, found.id(), Instant.now()))
                .chain(() -> find(tenant, id))
                .map(ExperimentView::of);
    }

    @GET
    @Path("/{id}/assignments")
    @RequiresScope(Scope.INGEST)
    @Operation(
            summary = "The variant of one unit",
            description = "Always the same for the same unit. Asking puts the unit into the experiment.")
    public Uni<UnitVariant> assignment(@PathParam("id") String id, @QueryParam("unit") @Nullable String unit) {
        if (unit == null || unit.isEmpty() || unit.length() > MAX_UNIT || unit.indexOf('\0') >= 0) {
            throw Problem.badRequest("unit", "must have 1 to " + MAX_UNIT + " characters and no NUL");
        }
        return assign(id, List.of(unit)).map(assigned -> assigned.items().get(0));
    }

    @POST
    @Path("/{id}/assignments")
    @RequiresScope(Scope.INGEST)
    @Operation(summary = "The variants of up to 1,000 units")
    public Uni<Assigned> assignments(@PathParam("id") String id, @Nullable Units request) {
        List<String> units = Fields.list("units", Fields.body(request).units(), 1, MOST_UNITS);
        units.forEach(unit -> Fields.text("units", unit, MAX_UNIT));
        return assign(id, units);
    }

    private Uni<Assigned> assign(String id, List<String> units) {
        String tenant = caller.tenant();
        return find(id).chain(experiment -> {
            if (experiment.design().tagged()) {
                throw Problem.conflict("this experiment's units are tagged by their calls and not assigned here");
            }
            return run.assign(tenant, experiment, units, Instant.now())
                    .map(variants -> new Assigned(units.stream()
                            .map(unit -> new UnitVariant(unit, variants.get(unit)))
                            .toList()));
        });
    }

    @GET
    @Path("/{id}/results")
    @Operation(
            summary = "What the experiment shows so far",
            description = "May be looked at at any time: p-values and intervals hold for all looks together. Each unit"
                    + " counts once per metric, with its mean since it was assigned.")
    public Uni<ExperimentResults> results(@PathParam("id") String id) {
        String tenant = caller.tenant();
        return find(id).chain(experiment ->
                run.result(tenant, experiment, Instant.now()).map(result -> ExperimentResults.of(experiment, result)));
    }

    @POST
    @Path("/plan")
    @Operation(
            summary = "How many units an experiment needs, and for how long",
            description = "So that, looked at daily, it finds the effect with the power asked for.")
    public PlanRequest.Plan plan(@Nullable PlanRequest request) {
        return Fields.body(request).plan();
    }

    private Uni<Experiment> find(String id) {
        return find(caller.tenant(), id);
    }

    private Uni<Experiment> find(String tenant, String id) {
        return experiments
                .find(tenant, Fields.id("experiment", id))
                .map(found -> found.orElseThrow(() -> Problem.notFound("there is no such experiment")));
    }
}
