package dev.assay.quality.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.KpiValue;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import dev.assay.quality.app.TradeOffs;
import dev.assay.quality.app.TradeOffs.Point;
import dev.assay.quality.app.TradeOffs.TradeOff;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Trade-offs as data for plots, with the groups that nobody would pass over. */
@Path("/v1/tradeoffs")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.READ)
public class TradeOffsResource {
    private final CurrentCaller caller;
    private final TradeOffs tradeOffs;

    TradeOffsResource(CurrentCaller caller, TradeOffs tradeOffs) {
        this.caller = caller;
        this.tradeOffs = tradeOffs;
    }

    /** The points; {@code cost} names the KPI of which less is better, {@code gain} the one of which more is. */
    @RegisterForReflection
    public record View(Instant from, Instant to, String cost, String gain, List<PointView> points) {}

    /** One group; {@code on_front} is null where a figure is not known or cannot be judged. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record PointView(
            Map<String, @Nullable String> by,
            @Nullable KpiValue cost,
            @Nullable KpiValue gain,
            @Nullable Boolean onFront) {
        static PointView of(Point it) {
            return new PointView(it.by(), it.cost(), it.gain(), it.onFront());
        }
    }

    @GET
    @Path("/{name}")
    @Operation(
            summary = "Two KPIs against each other",
            description = "safety-helpfulness: over_refusal_rate against harmful_refusal_rate."
                    + " conciseness-completeness: conciseness_words_p50 against completeness_ratio, which needs a judge."
                    + " The range, filters and group_by (default: model) are those of the KPI endpoints. on_front:"
                    + " no other group is as good in both and better in one.")
    public Uni<View> get(@PathParam("name") String name, @Context UriInfo uri) {
        TradeOff which = TradeOff.find(name)
                .orElseThrow(() -> Problem.notFound("there is no such trade-off; there are "
                        + Arrays.stream(TradeOff.values())
                                .map(TradeOff::wireName)
                                .collect(Collectors.joining(", "))));
        Map<String, List<String>> parameters = new HashMap<>(uri.getQueryParameters());
        if (parameters.containsKey("step")) {
            throw Problem.badRequest("step", "must not be given: a trade-off is of the whole range");
        }
        parameters.putIfAbsent("group_by", List.of("model"));
        KpiQuery query = KpiQuery.parse(parameters, Instant.now());
        return tradeOffs
                .read(which, caller.tenant(), query)
                .map(points -> new View(
                        query.range().from(),
                        query.range().to(),
                        which.cost(),
                        which.gain(),
                        points.stream().map(PointView::of).toList()));
    }
}
