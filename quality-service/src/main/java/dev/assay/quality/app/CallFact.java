package dev.assay.quality.app;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.quality.app.JudgeQueue.Task;
import dev.assay.quality.domain.users.QueryWords;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a call was to its user and session.
 *
 * @param call the same call as judged
 * @param session hash of the session id; null when unknown
 * @param durationUs from end to end; null when unknown
 * @param failed whether it ended in an error that is not its client's cancel
 * @param queryWords hashes of the question's words; empty when it is unknown
 * @param judgeTask what a judge is to do with it; null when it is not sampled
 */
public record CallFact(
        ScoredCall call,
        @Nullable UUID session,
        @Nullable Long durationUs,
        boolean failed,
        int[] queryWords,
        @Nullable Task judgeTask) {

    /** The fact of a revision. */
    static CallFact of(CallRevised revised, ScoredCall scored) {
        if (!revised.hasCall()) {
            return new CallFact(scored, null, null, false, new int[0], null);
        }
        Call call = revised.getCall();
        String query = MessageText.lastOfUser(call.getInput());
        return new CallFact(
                scored,
                ScoreCalls.hashed(scored.key().tenant(), call.getSessionId()),
                call.hasDurationUs() ? call.getDurationUs() : null,
                call.getStatus() == Status.STATUS_ERROR && !call.getErrorClass().equals("cancelled"),
                query == null ? new int[0] : QueryWords.of(query),
                null);
    }

    /** The same with a task for a judge. */
    public CallFact with(@Nullable Task task) {
        return new CallFact(call, session, durationUs, failed, queryWords, task);
    }

    /** Whether it is of use to anyone: a withdrawn call is not, nor one that nobody is known to have made. */
    public boolean isKept() {
        return !call.withdrawn() && (call.user() != null || session != null);
    }
}
