package dev.assay.quality.api;

import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import dev.assay.quality.app.Judges;
import dev.assay.quality.domain.judge.Rubric;
import dev.assay.quality.domain.judge.Rubric.Criterion;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Rubrics: what a judge scores by. Posting one of a known name makes its next version; versions never change. */
@Path("/v1/rubrics")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.READ)
public class RubricsResource {
    private static final int MAX_NAME = 100;
    private static final int MOST_CRITERIA = 10;

    private final CurrentCaller caller;
    private final Judges judges;

    RubricsResource(CurrentCaller caller, Judges judges) {
        this.caller = caller;
        this.judges = judges;
    }

    /** The latest version of each rubric. */
    @RegisterForReflection
    public record RubricList(List<RubricView> items) {}

    /** A rubric on the wire. */
    @RegisterForReflection
    public record RubricView(String name, int version, List<CriterionView> criteria) {
        static RubricView of(Rubric it) {
            return new RubricView(
                    it.name(),
                    it.version(),
                    it.criteria().stream().map(CriterionView::of).toList());
        }
    }

    /** A criterion on the wire. */
    @RegisterForReflection
    public record CriterionView(String name, String description, double weight, Map<Integer, String> anchors) {
        static CriterionView of(Criterion it) {
            return new CriterionView(it.name(), it.description(), it.weight(), new TreeMap<>(it.anchors()));
        }
    }

    /** A rubric to be made. */
    @RegisterForReflection
    public record NewRubric(@Nullable String name, @Nullable List<@Nullable NewCriterion> criteria) {}

    /** A criterion to be made: weight 1 and no anchors by default. */
    @RegisterForReflection
    public record NewCriterion(
            @Nullable String name,
            @Nullable String description,
            @Nullable Double weight,
            @Nullable Map<Integer, @Nullable String> anchors) {}

    @POST
    @RequiresScope(Scope.ADMIN)
    @Operation(
            summary = "Make a rubric, or the next version of one",
            description = "1 to 10 criteria, each scored 1 to 5. accuracy, helpfulness, relevance, completeness and"
                    + " coherence feed the KPIs of those names.")
    public Uni<RestResponse<RubricView>> create(@Nullable NewRubric request) {
        NewRubric wanted = Fields.body(request);
        String name = Fields.text("name", wanted.name(), MAX_NAME);
        List<Criterion> criteria = new ArrayList<>();
        for (NewCriterion criterion : Fields.list("criteria", wanted.criteria(), 1, MOST_CRITERIA)) {
            criteria.add(criterion(criterion));
        }
        try {
            new Rubric(name, 1, criteria);
        } catch (IllegalArgumentException invalid) {
            throw Problem.unprocessable(null, String.valueOf(invalid.getMessage()));
        }
        return judges.addRubric(caller.tenant(), name, criteria, Instant.now())
                .map(made -> RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, RubricView.of(made))
                        .location(URI.create("/v1/rubrics/" + name + "?version=" + made.version()))
                        .build());
    }

    private static Criterion criterion(NewCriterion it) {
        Map<Integer, String> anchors = new TreeMap<>();
        if (it.anchors() != null) {
            it.anchors().forEach((score, text) -> anchors.put(score, text == null ? "" : text));
        }
        try {
            return new Criterion(
                    it.name() == null ? "" : it.name(),
                    it.description() == null ? "" : it.description().replace('\0', ' '),
                    it.weight() == null ? 1 : it.weight(),
                    anchors);
        } catch (IllegalArgumentException invalid) {
            throw Problem.unprocessable("criteria", "each: " + invalid.getMessage());
        }
    }

    @GET
    @Operation(summary = "The latest version of each rubric")
    public Uni<RubricList> list() {
        return judges.rubrics(caller.tenant())
                .map(all -> new RubricList(all.stream().map(RubricView::of).toList()));
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "A rubric: the latest version, or that of the parameter")
    public Uni<RubricView> get(@PathParam("name") String name, @QueryParam("version") @Nullable String version) {
        if (name.length() > MAX_NAME || name.indexOf('\0') >= 0) {
            throw Problem.notFound("there is no such rubric");
        }
        return judges.rubric(
                        caller.tenant(),
                        name,
                        version == null ? null : Fields.parameter("version", version, 1, 1_000_000, 1))
                .map(found -> RubricView.of(found.orElseThrow(() -> Problem.notFound("there is no such rubric"))));
    }
}
