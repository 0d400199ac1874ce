package dev.assay.quality.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.quality.app.JudgeClient.Question;
import dev.assay.quality.app.JudgeClient.Reply;
import dev.assay.quality.app.JudgeQueue.Task;
import dev.assay.quality.domain.judge.DailyCap;
import dev.assay.quality.domain.judge.Rubric;
import dev.assay.quality.domain.judge.Sampling;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AskJudgeTest {
    private static final Rubric RUBRIC =
            new Rubric("r", 1, List.of(new Rubric.Criterion("accuracy", "It is true.", 1, Map.of())));
    static final JudgeConfig JUDGE = new JudgeConfig(
            "t", "http://judge/v1", "m", null, RUBRIC, new Sampling(1, true), true, new DailyCap(1, null));
    private static final Question QUESTION = new Question("http://judge/v1", "m", null, "s", "user", "{}", 0);
    private static final Task TASK =
            new Task("t", new UUID(0, 1), "e", "epoch", 0, 0, 1, new UUID(0, 2), null, "response", null);

    private final Spend spend = new Spend();

    @Test
    void settlesWithWhatTheEndpointTells() {
        assertThat(ask(new Reply.Content("{}", 70L))).isPresent();
        assertThat(spend.calls).isEqualTo(1);
        assertThat(spend.tokens).isEqualTo(70);
        assertThat(spend.skipped).isZero();
    }

    @Test
    void keepsTheEstimateWhereItDoesNotTell() {
        assertThat(ask(new Reply.Content("{}", null))).isPresent();
        assertThat(spend.tokens).isEqualTo(DailyCap.estimate(QUESTION.characters(), 1));
        assertThat(QUESTION.characters()).isEqualTo(7);
    }

    @Test
    void keepsTheEstimateOfATimeoutAndOfARefusedQuestionAndGivesBackWhatReachedNoModel() {
        ask(new Reply.None("timeout", true, true));
        assertThat(spend.calls).isEqualTo(1);
        ask(new Reply.None("refused", false, false));
        assertThat(spend.calls).isEqualTo(2);
        ask(new Reply.None("broken_off", true, true));
        assertThat(spend.calls).isEqualTo(3);
        ask(new Reply.None("http_503", true, true));
        ask(new Reply.None("unreachable", true, true));
        assertThat(spend.calls).isEqualTo(3);
        assertThat(spend.tokens).isEqualTo(3 * DailyCap.estimate(QUESTION.characters(), 1));
    }

    @Test
    void asksNothingAndEndsTheTaskWhenTheCapIsReached() {
        spend.open = false;
        JudgeClient never = client(() -> {
            throw new AssertionError("was asked");
        });
        assertThat(new AskJudge(never, spend).ask(JUDGE, TASK, QUESTION).await().indefinitely())
                .isEmpty();
        assertThat(spend.skipped).isEqualTo(1);
        assertThat(spend.calls).isZero();
    }

    private Optional<Reply> ask(Reply reply) {
        return new AskJudge(client(() -> reply), spend)
                .ask(JUDGE, TASK, QUESTION)
                .await()
                .indefinitely();
    }

    private static JudgeClient client(Supplier<Reply> reply) {
        return new JudgeClient() {
            @Override
            public Uni<Reply> ask(Question question) {
                return Uni.createFrom().item(reply.get());
            }

            @Override
            public Uni<Optional<String>> refusal(String url) {
                return Uni.createFrom().item(Optional.empty());
            }
        };
    }

    /** A cap that is open or not, and what was spent under it. */
    static final class Spend implements JudgeSpend {
        private boolean open = true;
        private long calls;
        private long tokens;
        private int skipped;

        @Override
        public Uni<Optional<Reserved>> reserve(String tenant, DailyCap cap, long wanted, Instant now) {
            if (!open) {
                return Uni.createFrom().item(Optional.empty());
            }
            calls++;
            tokens += wanted;
            return Uni.createFrom().item(Optional.of(new Reserved(tenant, DailyCap.dayOf(now), wanted)));
        }

        @Override
        public Uni<Void> settle(Reserved it, long told) {
            tokens += told - it.tokens();
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> release(Reserved it) {
            calls--;
            tokens -= it.tokens();
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> skip(Task task, Instant now) {
            skipped++;
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Day> day(String tenant, Instant now) {
            return Uni.createFrom().item(new Day(calls, tokens, skipped, null));
        }
    }
}
