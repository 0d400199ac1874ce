package dev.assay.quality.app;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks OpenAI-compatible endpoints. */
public interface JudgeClient {
    /** What came back; never an exception. */
    sealed interface Reply {
        /**
         * The content of the answer's message.
         *
         * @param tokens of question and answer, as the endpoint counts them; null where it does not tell
         */
        record Content(String text, @Nullable Long tokens) implements Reply {}

        /**
         * No answer.
         *
         * @param reason a short word for counting, such as {@code http_429} or {@code timeout}
         * @param again whether trying again may help
         * @param endpointAtFault whether the endpoint is away or overloaded, rather than the question refused
         */
        record None(String reason, boolean again, boolean endpointAtFault) implements Reply {
            /** The answer did not come in time. */
            public static final String TIMEOUT = "timeout";

            /** The connection ended after the question was sent. */
            public static final String BROKEN_OFF = "broken_off";

            private static final Set<String> PERHAPS_ANSWERED = Set.of(TIMEOUT, BROKEN_OFF);

            /** Whether no model can have worked on the question, so that nobody charges for it. */
            public boolean reachedNoModel() {
                return endpointAtFault && !PERHAPS_ANSWERED.contains(reason);
            }
        }
    }

    /**
     * A question.
     *
     * @param schema the JSON schema of the answer, as JSON; null for free text
     * @param temperature 0 for the likeliest answer
     */
    record Question(
            String url,
            String model,
            @Nullable String key,
            @Nullable String system,
            String user,
            @Nullable String schema,
            double temperature) {
        /** Of all that is sent. */
        long characters() {
            String first = system;
            String form = schema;
            return (first == null ? 0L : first.length()) + user.length() + (form == null ? 0 : form.length());
        }

        @Override
        public String toString() {
            return "Question[" + url + ", " + model + "]"; // neither the key nor what is judged
        }
    }

    Uni<Reply> ask(Question question);

    /** Why an address may not be asked; empty if it may. */
    Uni<Optional<String>> refusal(String url);
}
