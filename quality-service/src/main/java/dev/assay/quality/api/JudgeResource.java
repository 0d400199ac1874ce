package dev.assay.quality.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import dev.assay.quality.app.JudgeClient;
import dev.assay.quality.app.JudgeConfig;
import dev.assay.quality.app.JudgeQueue;
import dev.assay.quality.app.JudgeResponses;
import dev.assay.quality.app.JudgeSpend;
import dev.assay.quality.app.Judges;
import dev.assay.quality.app.SampleForJudge;
import dev.assay.quality.domain.judge.DailyCap;
import dev.assay.quality.domain.judge.Sampling;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The project's judge: which model scores which responses by which rubric, and how that goes. */
@Path("/v1/judge")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.READ)
public class JudgeResource {
    private static final int MAX_URL = 1_000;
    private static final int MAX_TEXT = 200;
    private static final int MAX_KEY = 4_000;
    private static final double LEAST_RATE = 1e-6;
    private static final long MOST_CALLS = 10_000_000;
    private static final long MOST_TOKENS = 10_000_000_000L;

    private final CurrentCaller caller;
    private final Judges judges;
    private final JudgeQueue queue;
    private final JudgeClient client;
    private final SampleForJudge sample;
    private final JudgeResponses responses;
    private final JudgeSpend spend;

    JudgeResource(
            CurrentCaller caller,
            Judges judges,
            JudgeQueue queue,
            JudgeClient client,
            SampleForJudge sample,
            JudgeResponses responses,
            JudgeSpend spend) {
        this.caller = caller;
        this.judges = judges;
        this.queue = queue;
        this.client = client;
        this.sample = sample;
        this.responses = responses;
        this.spend = spend;
    }

    /**
     * A judge to be.
     *
     * @param url base URL of an OpenAI-compatible endpoint, as {@code https://api.openai.com/v1}
     * @param apiKey sent as a bearer token; kept sealed and never shown. Left out, the one of before stays for the same URL
     * @param rubricVersion the latest by default
     * @param rate share of responses that are judged, above 0 to 1; 0.1 by default
     * @param allFlagged whether every response that a detector flagged is judged; true by default
     * @param enabled true by default
     * @param dailyCalls how often it may be asked in a day (UTC), 1 to 10,000,000; 10,000 by default
     * @param dailyTokens how many tokens that may take, 1 to 10,000,000,000; no limit by default
     */
    @RegisterForReflection
    public record Wanted(
            @Nullable String url,
            @Nullable String model,
            @Nullable String apiKey,
            @Nullable String rubric,
            @Nullable Integer rubricVersion,
            @Nullable Double rate,
            @Nullable Boolean allFlagged,
            @Nullable Boolean enabled,
            @Nullable Long dailyCalls,
            @Nullable Long dailyTokens) {
        @Override
        public String toString() {
            return "Wanted[" + url + ", " + model + "]";
        }
    }

    /**
     * The judge and how it goes. Failed responses have no score and count in none.
     *
     * @param paused whether this replica leaves the endpoint alone for a while, because it kept failing
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record View(
            String url,
            String model,
            boolean hasApiKey,
            String rubric,
            int rubricVersion,
            double rate,
            boolean allFlagged,
            boolean enabled,
            String epoch,
            boolean paused,
            long waiting,
            @Nullable Instant oldestWaiting,
            long scored,
            long scoredFromCache,
            Map<String, Long> failed,
            Today today) {}

    /**
     * What the judge was asked today, and how much it may be.
     *
     * @param calls questions, repeated attempts among them
     * @param tokens as the endpoint told them, estimated where it did not
     * @param dailyTokens null for no limit
     * @param skipped responses that will have no score, because a limit was reached
     * @param reachedAt null as long as everything fits
     * @param renewedAt when the next day begins
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Today(
            long calls,
            long dailyCalls,
            long tokens,
            @Nullable Long dailyTokens,
            long skipped,
            @Nullable Instant reachedAt,
            Instant renewedAt) {}

    @PUT
    @RequiresScope(Scope.ADMIN)
    @Operation(
            summary = "Set the judge",
            description = "Another model, rubric version or sampling begins another epoch: scores of different epochs"
                    + " are never joined, and what waits for the old one is given up and counted.")
    public Uni<View> set(@Nullable Wanted request) {
        Wanted wanted = Fields.body(request);
        String tenant = caller.tenant();
        String url = Fields.text("url", wanted.url(), MAX_URL);
        String model = Fields.text("model", wanted.model(), MAX_TEXT);
        String rubric = Fields.text("rubric", wanted.rubric(), MAX_TEXT);
        String key = Fields.optionalText("api_key", wanted.apiKey(), MAX_KEY);
        if (key != null && !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw Problem.unprocessable("api_key", "must be printable ASCII without blanks");
        }
        Sampling sampling = new Sampling(
                Fields.number("rate", wanted.rate(), LEAST_RATE, 1, 0.1), !Boolean.FALSE.equals(wanted.allFlagged()));
        boolean enabled = !Boolean.FALSE.equals(wanted.enabled());
        DailyCap cap = new DailyCap(
                Objects.requireNonNullElse(
                        limit("daily_calls", wanted.dailyCalls(), MOST_CALLS), DailyCap.DEFAULT.calls()),
                limit("daily_tokens", wanted.dailyTokens(), MOST_TOKENS));
        return client.refusal(url)
                .invoke(refusal -> refusal.ifPresent(why -> {
                    throw Problem.unprocessable("url", "cannot be used: " + why);
                }))
                .chain(() -> judges.rubric(tenant, rubric, wanted.rubricVersion()))
                .map(found -> found.orElseThrow(
                        () -> Problem.unprocessable("rubric", "must name a rubric of the project, and its version")))
                .chain(it -> judges.find(tenant).chain(before -> {
                    String kept = before.filter(old -> key == null && old.url().equals(url))
                            .map(JudgeConfig::key)
                            .orElse(key);
                    JudgeConfig config = new JudgeConfig(tenant, url, model, kept, it, sampling, enabled, cap);
                    return judges.set(config, Instant.now())
                            .invoke(() -> sample.changed(config))
                            .chain(() -> view(config));
                }));
    }

    @GET
    @Operation(summary = "The judge, and how many responses wait, are scored and failed")
    public Uni<View> get() {
        return judges.find(caller.tenant())
                .map(found -> found.orElseThrow(() -> Problem.notFound("the project has no judge")))
                .chain(this::view);
    }

    private static @Nullable Long limit(String field, @Nullable Long value, long most) {
        if (value != null && (value < 1 || value > most)) {
            throw Problem.unprocessable(field, "must be 1 to " + most + ", got: " + value);
        }
        return value;
    }

    private Uni<View> view(JudgeConfig it) {
        Instant now = Instant.now();
        return spend.day(it.tenant(), now)
                .chain(day -> queue.standing(it.tenant(), it.epoch())
                        .map(standing -> new View(
                                it.url(),
                                it.model(),
                                it.key() != null,
                                it.rubric().name(),
                                it.rubric().version(),
                                it.sampling().rate(),
                                it.sampling().allFlagged(),
                                it.enabled(),
                                it.epoch(),
                                responses.isPaused(it.tenant()),
                                standing.waiting(),
                                standing.oldestWaiting(),
                                standing.scored(),
                                standing.cached(),
                                standing.failed(),
                                new Today(
                                        day.calls(),
                                        it.cap().calls(),
                                        day.tokens(),
                                        it.cap().tokens(),
                                        day.skipped(),
                                        day.reachedAt(),
                                        DailyCap.renewedAfter(now)))));
    }
}
