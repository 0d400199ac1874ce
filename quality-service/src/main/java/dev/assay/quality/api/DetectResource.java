package dev.assay.quality.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import dev.assay.quality.domain.detect.Detectors;
import dev.assay.quality.domain.detect.Exchange;
import dev.assay.quality.domain.detect.Finding;
import dev.assay.quality.domain.detect.Verdict;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The detectors' verdict at once: for guardrails, and for measuring the detectors. Nothing is stored. */
@Path("/v1/detect")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope({Scope.READ, Scope.INGEST})
public class DetectResource {
    private static final int MOST_ITEMS = 1_000;

    private final Detectors detectors;

    DetectResource(Detectors detectors) {
        this.detectors = detectors;
    }

    /** What to judge. */
    @RegisterForReflection
    public record Request(@Nullable List<@Nullable Item> items) {}

    /** One exchange; what is not given is not judged. */
    @RegisterForReflection
    public record Item(
            @Nullable String prompt,
            @Nullable String response,
            @Nullable String context) {}

    /** A verdict per item, in order. */
    @RegisterForReflection
    public record Answer(List<Result> results) {}

    /** What each detector says of one item; null where it lacks its input. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Result(
            @JsonProperty("toxicity") @Nullable Finding toxicity,
            @JsonProperty("refusal") @Nullable Finding refusal,
            @JsonProperty("harmful_prompt") @Nullable Finding harmfulPrompt,
            @JsonProperty("jailbreak_attempt") @Nullable Finding jailbreakAttempt,
            @JsonProperty("jailbreak_success") @Nullable Finding jailbreakSuccess,
            @JsonProperty("groundedness") @Nullable Finding groundedness,
            @JsonProperty("pii") @Nullable Finding pii) {
        static Result of(Verdict verdict) {
            return new Result(
                    verdict.toxicity(),
                    verdict.refusal(),
                    verdict.harmfulPrompt(),
                    verdict.jailbreakAttempt(),
                    verdict.jailbreakSuccess(),
                    verdict.groundedness(),
                    verdict.pii());
        }
    }

    @POST
    @Blocking
    @Operation(
            summary = "Judge up to 1,000 exchanges",
            description =
                    "A score is the probability of the finding, except of groundedness, where 1 is fully supported"
                            + " and label true means grounded. A detector that lacks its input answers null.")
    public Answer detect(@Nullable Request request) {
        if (request == null || request.items() == null) {
            throw Problem.unprocessable("items", "must be a list of at most " + MOST_ITEMS + " items");
        }
        if (request.items().size() > MOST_ITEMS) {
            throw Problem.tooLarge("items must be at most " + MOST_ITEMS + ", got: "
                    + request.items().size());
        }
        List<Result> results = new ArrayList<>(request.items().size());
        for (Item item : request.items()) {
            results.add(Result.of(detectors.judge(exchange(item))));
        }
        return new Answer(results);
    }

    private static Exchange exchange(@Nullable Item item) {
        return item == null
                ? new Exchange(null, null, null)
                : new Exchange(orNull(item.prompt()), orNull(item.response()), orNull(item.context()));
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
