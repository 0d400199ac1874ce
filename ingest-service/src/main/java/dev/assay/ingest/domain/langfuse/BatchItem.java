package dev.assay.ingest.domain.langfuse;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Feedback;
import dev.assay.ingest.domain.call.Refusal;

/** What became of one item of a batch. */
public sealed interface BatchItem {

    /** A record of a trace or an observation; project, source and arrival time are still to be set. */
    record Observed(Call.Builder call) implements BatchItem {}

    /** A score. Its id is the score's own, so that a second one of it takes its place. */
    record Scored(String eventId, long eventTimeUs, Feedback.Builder feedback) implements BatchItem {}

    /** Taken in; there is nothing to keep of it. */
    record NothingToKeep() implements BatchItem {}

    /** It cannot be taken in. */
    record Refused(Refusal refusal) implements BatchItem {}
}
