package dev.assay.quality.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import dev.assay.quality.app.GivenScore;
import dev.assay.quality.app.PublishedScores;
import dev.assay.quality.app.ScoreReads;
import dev.assay.quality.app.ScoreReads.JudgedScore;
import dev.assay.quality.domain.detect.Detectors;
import dev.assay.quality.domain.judge.Rubric;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
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

    /** Every score of a call, our own and what others sent; none of our own when it is unknown or has no response. */
    @RegisterForReflection
    public record Scores(String eventId, List<Score> items) {}

    /**
     * One score: by whom, and of which epoch. Scores of different epochs are never joined into one line.
     *
     * @param score null when a sender's own score is a word
     * @param word that word
     * @param explanation what a sender said beside its own score
     * @param of {@code call}, or {@code trace} when a sender scored the call's whole trace
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Score(
            String metric,
            @Nullable Double score,
            @Nullable Boolean label,
            String evaluator,
            String epoch,
            @Nullable String word,
            @Nullable String explanation,
            String of) {}

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
        String tenant = caller.tenant();
        return scores.of(tenant, eventId)
                .chain(own -> scores.judged(tenant, eventId)
                        .chain(judged ->
                                scores.given(tenant, eventId).map(given -> scores(eventId, own, judged, given))));
    }

    private static Scores scores(
            String eventId, List<PublishedScores> own, List<JudgedScore> judged, List<GivenScore> given) {
        List<Score> items = new ArrayList<>();
        own.forEach(published -> published.scores().forEach(score -> items.add(score(score))));
        judged.forEach(score -> items.add(score(score)));
        given.forEach(score -> items.add(score(score)));
        return new Scores(eventId, items);
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
                score.detector().wireName(),
                score.score(),
                score.label(),
                score.evaluator(),
                score.evaluator(),
                null,
                null,
                "call");
    }

    private static Score score(JudgedScore score) {
        String model = score.epoch().substring(0, score.epoch().indexOf('|'));
        return new Score(
                score.criterion(),
                (double) score.score(),
                score.score() >= Rubric.GOOD,
                "judge:" + model,
                score.epoch(),
                null,
                score.justification(),
                "call");
    }

    private static Score score(GivenScore score) {
        return new Score(
                score.name(),
                score.value(),
                null,
                score.evaluator(),
                score.evaluator(),
                score.label().isEmpty() ? null : score.label(),
                score.explanation().isEmpty() ? null : score.explanation(),
                score.ofTrace() ? "trace" : "call");
    }
}
