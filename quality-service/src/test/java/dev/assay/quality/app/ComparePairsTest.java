package dev.assay.quality.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.quality.app.ComparePairs.Compared;
import dev.assay.quality.app.ComparePairs.Pair;
import dev.assay.quality.app.JudgeClient.Question;
import dev.assay.quality.app.JudgeClient.Reply;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ComparePairsTest {
    private static final List<Pair> TEN = Collections.nCopies(10, new Pair(null, "a", "b", null));

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void asksNothingAfterTheDeadline() {
        List<Compared> all = compare(Duration.ZERO);
        assertThat(all).hasSize(10).allSatisfy(it -> {
            assertThat(it.verdict()).isEmpty();
            assertThat(it.failures()).isEqualTo(Map.of("deadline", 2));
        });
        assertThat(asked).hasValue(0);
    }

    @Test
    void leavesAnEndpointThatFailsAlone() {
        List<Compared> all = compare(Duration.ofMinutes(1));
        assertThat(asked).hasValue(1);
        assertThat(all.get(0).failures()).isEqualTo(Map.of("timeout", 1, "endpoint_paused", 1));
        assertThat(all.subList(1, 10))
                .allSatisfy(it -> assertThat(it.failures()).isEqualTo(Map.of("endpoint_paused", 2)));
    }

    private List<Compared> compare(Duration deadline) {
        TestSettings settings = new TestSettings() {
            @Override
            public Duration requestDeadline() {
                return deadline;
            }
        };
        return new ComparePairs(new AskJudge(new Stalled(), new AskJudgeTest.Spend()), settings)
                .compare(AskJudgeTest.JUDGE, TEN, 1)
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private final class Stalled implements JudgeClient {
        @Override
        public Uni<Reply> ask(Question question) {
            asked.incrementAndGet();
            return Uni.createFrom().item(new Reply.None("timeout", true, true));
        }

        @Override
        public Uni<Optional<String>> refusal(String url) {
            return Uni.createFrom().item(Optional.empty());
        }
    }
}
