package dev.assay.quality.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.quality.app.AnswerCases.Answers;
import dev.assay.quality.app.AnswerCases.Endpoint;
import dev.assay.quality.app.Gates.Case;
import dev.assay.quality.app.JudgeClient.Question;
import dev.assay.quality.app.JudgeClient.Reply;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AnswerCasesTest {
    private static final Endpoint ENDPOINT = new Endpoint("http://model/v1", "m", "sk-secret", "Be brief.", 3);

    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    @Test
    void asksAgainWhereThatMayHelpAndTellsWhyAnAnswerIsMissing() {
        Answers answers = ask("fine", "long", "late", "down", "refused");
        assertThat(answers.answers())
                .containsOnly(Map.entry("fine", "fine!"), Map.entry("long", "lon\uFFFDg"), Map.entry("late", "late!"));
        assertThat(answers.failures()).containsOnly(Map.entry("down", "http_503"), Map.entry("refused", "refused"));
        assertThat(times("fine")).isEqualTo(1);
        assertThat(times("late")).isEqualTo(2);
        assertThat(times("down")).isEqualTo(3);
        assertThat(times("refused")).isEqualTo(1);
    }

    @Test
    void neverShowsTheKey() {
        assertThat(ENDPOINT.toString()).contains("http://model/v1").doesNotContain("sk-secret");
    }

    private int times(String input) {
        return asked.getOrDefault(input, new AtomicInteger()).get();
    }

    private Answers ask(String... inputs) {
        List<Case> cases =
                Arrays.stream(inputs).map(input -> new Case(input, input, "")).toList();
        return new AnswerCases(new Model(), new TestSettings())
                .ask(ENDPOINT, cases, 5)
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private final class Model implements JudgeClient {
        @Override
        public Uni<Reply> ask(Question question) {
            int times = asked.computeIfAbsent(question.user(), input -> new AtomicInteger())
                    .incrementAndGet();
            return Uni.createFrom()
                    .item(
                            switch (question.user()) {
                                case "long" -> new Reply.Content("lon\0gwinded", null);
                                case "late" ->
                                    times == 1
                                            ? new Reply.None("timeout", true, true)
                                            : new Reply.Content("late!", null);
                                case "down" -> new Reply.None("http_503", true, true);
                                case "refused" -> new Reply.None("refused", false, false);
                                default -> new Reply.Content(question.user() + "!", null);
                            });
        }

        @Override
        public Uni<Optional<String>> refusal(String url) {
            return Uni.createFrom().item(Optional.empty());
        }
    }
}
