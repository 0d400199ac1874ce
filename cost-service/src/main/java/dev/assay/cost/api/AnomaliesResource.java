package dev.assay.cost.api;

import dev.assay.cost.app.FindAnomalies;
import dev.assay.cost.app.FindAnomalies.Question;
import dev.assay.platform.kpi.Dimension;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.ProjectDirectory;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Days whose cost the days before do not explain. */
@Path("/v1/costs/anomalies")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.READ)
public class AnomaliesResource {
    private static final int MOST_DAYS_BACK = 92;
    private static final int MOST_DIMENSIONS = 2;
    private static final int MOST_ITEMS = 200;

    private final CurrentCaller caller;
    private final FindAnomalies anomalies;
    private final ProjectDirectory projects;

    AnomaliesResource(CurrentCaller caller, FindAnomalies anomalies, ProjectDirectory projects) {
        this.caller = caller;
        this.anomalies = anomalies;
        this.projects = projects;
    }

    @GET
    @Operation(
            summary = "Days off the expected, by series",
            description = "Takes from and to (whole complete days in tz, at most 92 days back), group_by (up to two"
                    + " dimensions; without it the whole is the one series), explain_by (another dimension, by default"
                    + " model, or app where model is grouped by), and a filter per dimension. Of a day's anomalies at"
                    + " most 5 % are expected to be false (Benjamini-Hochberg). The contributors' deviations and others"
                    + " add up to an item's deviation. At most 200 items; found counts all.")
    public Uni<AnomaliesView> find(@Context UriInfo uri) {
        Map<String, List<String>> parameters = uri.getQueryParameters();
        if (parameters.containsKey("step")) {
            throw Problem.badRequest("step", "is not a parameter here; a series is made of days");
        }
        KpiQuery query = KpiQuery.parse(parameters, Instant.now(), Set.of("explain_by"));
        Question question = question(query, parameters.getOrDefault("explain_by", List.of()));
        String tenant = caller.tenant();
        String currency = projects.project(tenant).currency();
        return anomalies
                .find(tenant, question, query.now())
                .map(answer -> AnomaliesView.of(question, answer, currency, MOST_ITEMS));
    }

    private static Question question(KpiQuery query, List<String> explainBy) {
        if (query.groupBy().size() > MOST_DIMENSIONS) {
            throw Problem.badRequest("group_by", "must name at most " + MOST_DIMENSIONS + " dimensions");
        }
        LocalDate today = query.now().atZone(query.zone()).toLocalDate();
        LocalDate from = query.range().from().atZone(query.zone()).toLocalDate();
        if (ChronoUnit.DAYS.between(from, today) > MOST_DAYS_BACK) {
            throw Problem.badRequest("from", "must lie at most " + MOST_DAYS_BACK + " days back");
        }
        // a day that the range only touches is judged as a whole
        LocalDate to = query.range()
                .to()
                .minusNanos(1)
                .atZone(query.zone())
                .toLocalDate()
                .plusDays(1);
        return new Question(
                from,
                to.isBefore(today) ? to : today,
                query.zone(),
                query.groupBy(),
                explainBy(query.groupBy(), explainBy),
                query.filters());
    }

    private static Dimension explainBy(List<Dimension> groupBy, List<String> given) {
        if (given.isEmpty()) {
            return Stream.of(Dimension.MODEL, Dimension.APP, Dimension.PROVIDER)
                    .filter(dimension -> !groupBy.contains(dimension))
                    .findFirst()
                    .orElseThrow();
        }
        String name = given.get(0);
        return Dimension.find(name)
                .filter(dimension -> given.size() == 1 && !groupBy.contains(dimension))
                .orElseThrow(() -> Problem.badRequest(
                        "explain_by",
                        "must be one dimension that group_by does not name, got: " + RequestField.shown(name)));
    }
}
