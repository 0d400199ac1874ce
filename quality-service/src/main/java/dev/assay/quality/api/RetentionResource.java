package dev.assay.quality.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.platform.stats.Wilson;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.RequiresScope;
import dev.assay.quality.app.Journeys;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Who comes back: users by the ISO week in which they were first seen. */
@Path("/v1/users/retention")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.READ)
public class RetentionResource {
    private static final int MOST_WEEKS = 26;
    private static final int USUAL_WEEKS = 8;

    private final CurrentCaller caller;
    private final Journeys journeys;

    RetentionResource(CurrentCaller caller, Journeys journeys) {
        this.caller = caller;
        this.journeys = journeys;
    }

    /** The cohorts, the oldest first; a week without new users has none. */
    @RegisterForReflection
    public record Cohorts(List<CohortView> items) {}

    /** A cohort; {@code weeks} has each following week that is over. */
    @RegisterForReflection
    public record CohortView(String week, long users, List<Week> weeks) {}

    /** How many of a cohort were there so many weeks later. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Week(int after, long users, double value, double[] ci95) {}

    @GET
    @Operation(
            summary = "Retention by weekly cohort",
            description =
                    "Of the latest weeks that are over (1 to 26, default 8), in UTC. A user belongs to the week in"
                            + " which it was first seen.")
    public Uni<Cohorts> cohorts(@QueryParam("weeks") @Nullable String weeks) {
        int most = Fields.parameter("weeks", weeks, 1, MOST_WEEKS, USUAL_WEEKS);
        return journeys.cohorts(caller.tenant(), most, Instant.now())
                .map(found ->
                        new Cohorts(found.stream().map(RetentionResource::view).toList()));
    }

    private static CohortView view(Journeys.Cohort it) {
        List<Week> weeks = new ArrayList<>();
        for (int i = 0; i < it.back().size(); i++) {
            long back = it.back().get(i);
            var ci = Wilson.interval(back, it.users()).orElseThrow();
            weeks.add(new Week(i + 1, back, (double) back / it.users(), new double[] {ci.low(), ci.high()}));
        }
        return new CohortView(it.week().toString(), it.users(), weeks);
    }
}
