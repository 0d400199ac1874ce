package dev.assay.ingest.domain.mapping;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Feedback;

/** What became of a span or a log record. */
public sealed interface Mapped {

    /** It is an observation to keep; tenant, source and arrival time are still to be set. */
    record Kept(Call.Builder call) implements Mapped {}

    /** It is the result of an evaluation of another observation. */
    record Evaluated(String eventId, long timeUs, Feedback.Builder feedback) implements Mapped {}

    /** It is none of an LLM application's; taken in and left out. */
    record LeftOut() implements Mapped {
        /** The only one. */
        public static final LeftOut INSTANCE = new LeftOut();
    }

    /** It cannot be taken in; names the field and the rule. */
    record Refused(String eventId, String field, String reason) implements Mapped {}
}
