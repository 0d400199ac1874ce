package dev.assay.ingest.domain.langfuse;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an item of a batch is: {@code generation-update} is an update of an observation of type {@code generation}.
 *
 * @param form what is made of it
 * @param observation the observation's type in lower case; empty where the body tells it
 * @param update whether it may leave out what an earlier item told
 */
record ItemType(Form form, String observation, boolean update) {
    private static final Set<String> OBSERVATIONS = Set.of(
            "generation",
            "span",
            "event",
            "agent",
            "tool",
            "chain",
            "retriever",
            "evaluator",
            "embedding",
            "guardrail");

    enum Form {
        TRACE,
        OBSERVATION,
        SCORE,
        /** What an SDK tells about itself; there is nothing to keep of it. */
        SDK_LOG
    }

    /** The type of this name, or null if there is none. */
    static @Nullable ItemType find(String name) {
        if (name.equals("sdk-log")) {
            return new ItemType(Form.SDK_LOG, "", false);
        }
        boolean update = name.endsWith("-update");
        if (!update && !name.endsWith("-create")) {
            return null;
        }
        String subject = name.substring(0, name.length() - "-create".length());
        return switch (subject) {
            // a second trace-create of an id changes the trace
            case "trace" -> update ? null : new ItemType(Form.TRACE, "", true);
            case "score" -> update ? null : new ItemType(Form.SCORE, "", false);
            case "observation" -> new ItemType(Form.OBSERVATION, "", update);
            default -> OBSERVATIONS.contains(subject) ? new ItemType(Form.OBSERVATION, subject, update) : null;
        };
    }
}
