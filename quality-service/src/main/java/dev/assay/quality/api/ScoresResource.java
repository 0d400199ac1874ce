package dev.assay.quality.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import dev.assay.quality.app.PublishedScores;
import dev.assay.quality.app.ScoreReads;
import dev.assay.quality.domain.detect.Detectors;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The scores of single calls, and the state of the service. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.READ)
public class ScoresResource {
    private final CurrentCaller caller;
    private final ScoreReads scores;
    private final Detectors detectors;

    ScoresResource(CurrentCaller caller, ScoreReads scores, Detectors detectors) {
        this.caller = caller;
        this.scores = scores;
        this.detectors = detectors;
    }

    /** Every score of a call; none when it is unknown, has no response, or was withdrawn. */
    @RegisterForReflection
    public record Scores(String eventId, List<Score> items) {}

    /** One score: by whom, and of which epoch. Scores of different epochs are never joined into one line. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Score(
            String metric, double score, @Nullable Boolean label, String evaluator, String epoch) {}

    /** What the service could not handle, and what it judges with. */
    @RegisterForReflection
    public record Status(String service, Map<String, Long> counters, List<String> detectors) {}

    @GET
    @Path("/scores")
    @Operation(summary = "Every score of one call")
    public Uni<Scores> scores(@QueryParam("event_id") @Nullable String eventId) {
        if (eventId == null || eventId.isEmpty()) {
            throw Problem.badRequest("event_id", "must be given: the call's event_id");
        }
        return scores.of(caller.tenant(), eventId)
                .map(found -> new Scores(
                        eventId,
                        found.stream()
                                .map(PublishedScores::scores)
                                .flatMap(List::stream)
                                .map(ScoresResource::score)
                                .toList()));
    }

    @GET
    @Path("/status")
    @Operation(summary = "Records that could not be handled, and the detectors' versions")
    public Uni<Status> status() {
        return scores.deadLetters(caller.tenant())
                .map(count -> new Status("quality", Map.of("dead_lettered", count), detectors.versions()));
    }

    private static Score score(PublishedScores.Score score) {
        return new Score(
                score.detector().wireName(), score.score(), score.label(), score.evaluator(), score.evaluator());
    }
}
