package dev.assay.quality.app;

import dev.assay.quality.app.JudgeClient.Question;
import dev.assay.quality.app.JudgeClient.Reply;
import dev.assay.quality.app.JudgeQueue.Task;
import dev.assay.quality.app.JudgeSpend.Reserved;
import dev.assay.quality.domain.judge.DailyCap;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Asks a judge within its daily cap: reserved before, settled after. */
@ApplicationScoped
class AskJudge {
    private final JudgeClient client;
    private final JudgeSpend spend;

    AskJudge(JudgeClient client, JudgeSpend spend) {
        this.client = client;
        this.spend = spend;
    }

    /** The reply; empty when the cap is reached, and the task has ended without a score. */
    Uni<Optional<Reply>> ask(JudgeConfig config, Task task, Question question) {
        return ask(config, question)
                .call(reply -> reply.isPresent() ? Uni.createFrom().voidItem() : spend.skip(task, Instant.now()));
    }

    /** The reply; empty when the cap is reached. */
    Uni<Optional<Reply>> ask(JudgeConfig config, Question question) {
        Instant now = Instant.now();
        long tokens = DailyCap.estimate(
                question.characters(), config.rubric().criteria().size());
        return spend.reserve(config.tenant(), config.cap(), tokens, now)
                .chain(reserved -> reserved.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : client.ask(question)
                                // where this fails the estimate stays; what was answered is not lost for it
                                .call(reply -> settle(reserved.get(), reply)
                                        .onFailure()
                                        .recoverWithNull())
                                .map(Optional::of));
    }

    /**
     * What an endpoint turned away, or never got, is given back. A question that ran into its timeout, or whose connection
     * broke after it was sent, may have been answered and charged: its estimate stays.
     */
    private Uni<Void> settle(Reserved reserved, Reply reply) {
        if (reply instanceof Reply.Content content) {
            Long told = content.tokens();
            return told == null ? Uni.createFrom().voidItem() : spend.settle(reserved, told);
        }
        return ((Reply.None) reply).reachedNoModel()
                ? spend.release(reserved)
                : Uni.createFrom().voidItem();
    }
}
