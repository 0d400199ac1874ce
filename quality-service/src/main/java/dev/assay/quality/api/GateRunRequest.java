package dev.assay.quality.api;

import dev.assay.platform.web.Problem;
import dev.assay.quality.app.AnswerCases;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run: the answers by the cases' ids, or who is to give them. {@code baseline} makes it what later runs are compared with.
 *
 * @param outputs 1 to 10,000 answers
 * @param endpoint instead of {@code outputs}, for datasets of at most 500 cases; needs a key with the scope {@code admin}
 */
@RegisterForReflection
public record GateRunRequest(
        @Nullable List<@Nullable Output> outputs,
        @Nullable Endpoint endpoint,
        @Nullable String label,
        @Nullable Boolean baseline) {
    static final int MAX_OUTPUT = 50_000;

    /** Cases that an endpoint is asked in one request. */
    static final int MOST_ASKED = 500;

    private static final int MOST_OUTPUTS = 10_000;
    private static final int MAX_ID = 200;
    private static final int MAX_LABEL = 200;
    private static final int MAX_URL = 1_000;
    private static final int MAX_MODEL = 200;
    private static final int MAX_KEY = 4_000;

    /** One answer. */
    @RegisterForReflection
    public record Output(@Nullable String id, @Nullable String output) {}

    /**
     * An OpenAI-compatible endpoint. Each case's input is the user's message, at temperature 0.
     *
     * @param url its base URL, as {@code https://api.openai.com/v1}
     * @param apiKey sent as a bearer token for this run, and kept nowhere
     * @param system the system prompt; none by default
     * @param concurrency questions that are open at once, 1 to 16; 4 by default
     */
    @RegisterForReflection
    public record Endpoint(
            @Nullable String url,
            @Nullable String model,
            @Nullable String apiKey,
            @Nullable String system,
            @Nullable Integer concurrency) {
        @Override
        public String toString() {
            return "Endpoint[" + url + ", " + model + "]";
        }
    }

    String checkedLabel() {
        String given = label();
        return given == null ? "" : Fields.text("label", given, MAX_LABEL);
    }

    boolean isBaseline() {
        return Boolean.TRUE.equals(baseline());
    }

    /** The answers that came along. */
    Map<String, String> answers() {
        Map<String, String> answers = new HashMap<>();
        for (Output output : Fields.list("outputs", outputs(), 1, MOST_OUTPUTS)) {
            String text = output.output() == null ? "" : output.output();
            if (text.length() > MAX_OUTPUT) {
                throw Problem.unprocessable("outputs", "must have at most " + MAX_OUTPUT + " characters each");
            }
            answers.put(Fields.text("outputs", output.id(), MAX_ID), text.replace('\0', '\uFFFD'));
        }
        return answers;
    }

    /** Who gives them; null when they came along. */
    AnswerCases.@Nullable Endpoint asked() {
        Endpoint it = endpoint();
        if (it == null) {
            return null;
        }
        if (outputs() != null) {
            throw Problem.unprocessable("endpoint", "must not be given together with outputs");
        }
        String key = Fields.optionalText("endpoint.api_key", it.apiKey(), MAX_KEY);
        if (key != null && !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw Problem.unprocessable("endpoint.api_key", "must be printable ASCII without blanks");
        }
        return new AnswerCases.Endpoint(
                Fields.text("endpoint.url", it.url(), MAX_URL),
                Fields.text("endpoint.model", it.model(), MAX_MODEL),
                key,
                Fields.optionalText("endpoint.system", it.system(), MAX_OUTPUT),
                Fields.whole("endpoint.concurrency", it.concurrency(), 1, 16, 4));
    }
}
