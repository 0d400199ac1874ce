package dev.assay.quality.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.platform.stats.Interval;
import dev.assay.platform.stats.Wilson;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import dev.assay.quality.app.ComparePairs;
import dev.assay.quality.app.ComparePairs.Compared;
import dev.assay.quality.app.ComparePairs.Pair;
import dev.assay.quality.app.Judges;
import dev.assay.quality.domain.judge.PairVerdict;
import dev.assay.quality.domain.judge.PairVerdict.Choice;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Pairs of responses, compared by the project's judge. */
@Path("/v1/judge/comparisons")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.ADMIN)
public class ComparisonsResource {
    private static final int MOST_PAIRS = 50;
    private static final int MOST_REPEATS = 5;
    private static final int MAX_TEXT = 20_000;

    private final CurrentCaller caller;
    private final Judges judges;
    private final ComparePairs compare;

    ComparisonsResource(CurrentCaller caller, Judges judges, ComparePairs compare) {
        this.caller = caller;
        this.judges = judges;
        this.compare = compare;
    }

    /** What is to be compared; {@code repeats} (1 to 5, default 1) is how often each order of each pair is asked. */
    @RegisterForReflection
    public record Wanted(
            @Nullable List<@Nullable WantedPair> pairs,
            @Nullable Integer repeats) {}

    /** Two responses to one prompt, each of at most 20,000 characters. */
    @RegisterForReflection
    public record WantedPair(
            @Nullable String prompt,
            @Nullable String a,
            @Nullable String b,
            @Nullable String context) {}

    /**
     * All pairs together.
     *
     * @param winRateA wins of A over wins of either, 0 to 1; null when there are none
     * @param ci95 its interval
     * @param inconsistent ties in which the two orders said different things
     * @param failed pairs without a usable answer in both orders; they count in nothing else
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record View(
            int winsA,
            int winsB,
            int ties,
            int inconsistent,
            int failed,
            @Nullable Double winRateA,
            double @Nullable [] ci95,
            List<PairView> pairs) {}

    /** One pair: {@code better} is {@code a}, {@code b}, {@code tie}, or null when that is not known. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record PairView(
            @Nullable String better,
            @Nullable Boolean consistent,
            @Nullable Double agreement,
            Map<String, Integer> failures) {
        static PairView of(Compared it) {
            PairVerdict verdict = it.verdict().orElse(null);
            return verdict == null
                    ? new PairView(null, null, null, it.failures())
                    : new PairView(
                            verdict.better().name().toLowerCase(Locale.ROOT),
                            verdict.consistent(),
                            verdict.agreement(),
                            it.failures());
        }
    }

    @POST
    @Operation(
            summary = "Compare pairs of responses",
            description = "Each pair is asked in both orders; a response wins only if it is preferred in both, else it"
                    + " is a tie. Questions count in the judge's daily cap. Up to 50 pairs; nothing is stored.")
    public Uni<View> post(@Nullable Wanted request) {
        Wanted wanted = Fields.body(request);
        int repeats = Fields.whole("repeats", wanted.repeats(), 1, MOST_REPEATS, 1);
        List<Pair> pairs = Fields.list("pairs", wanted.pairs(), 1, MOST_PAIRS).stream()
                .map(ComparisonsResource::pair)
                .toList();
        return judges.find(caller.tenant())
                .map(found -> found.orElseThrow(() -> Problem.notFound("the project has no judge")))
                .chain(judge -> compare.compare(judge, pairs, repeats))
                .map(ComparisonsResource::view);
    }

    private static Pair pair(WantedPair it) {
        return new Pair(
                Fields.optionalText("pairs.prompt", it.prompt(), MAX_TEXT),
                Fields.text("pairs.a", it.a(), MAX_TEXT),
                Fields.text("pairs.b", it.b(), MAX_TEXT),
                Fields.optionalText("pairs.context", it.context(), MAX_TEXT));
    }

    private static View view(List<Compared> all) {
        List<PairVerdict> verdicts =
                all.stream().flatMap(it -> it.verdict().stream()).toList();
        int a = count(verdicts, Choice.A);
        int b = count(verdicts, Choice.B);
        Interval ci = Wilson.interval(a, a + b).orElse(null);
        return new View(
                a,
                b,
                count(verdicts, Choice.TIE),
                (int) verdicts.stream().filter(it -> !it.consistent()).count(),
                all.size() - verdicts.size(),
                a + b == 0 ? null : Double.valueOf((double) a / (a + b)),
                ci == null ? null : new double[] {ci.low(), ci.high()},
                all.stream().map(PairView::of).toList());
    }

    private static int count(List<PairVerdict> verdicts, Choice choice) {
        return (int) verdicts.stream().filter(it -> it.better() == choice).count();
    }
}
