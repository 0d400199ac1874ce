package dev.assay.quality.app;

import dev.assay.quality.app.Gates.Case;
import dev.assay.quality.app.JudgeClient.Question;
import dev.assay.quality.app.JudgeClient.Reply;
import dev.assay.quality.config.JudgeSettings;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Has an OpenAI-compatible endpoint answer the cases of a dataset, by the client that judges are asked with. */
@ApplicationScoped
public class AnswerCases {
    private static final int ATTEMPTS = 3;

    private final JudgeClient client;
    private final JudgeSettings settings;

    AnswerCases(JudgeClient client, JudgeSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * Who answers, and how it is asked.
     *
     * @param url the base URL
     * @param key sent as a bearer token, and kept nowhere; null for none
     * @param system the system prompt; null for none
     * @param concurrency how many questions are open at once
     */
    public record Endpoint(
            String url,
            String model,
            @Nullable String key,
            @Nullable String system,
            int concurrency) {
        @Override
        public String toString() {
            return "Endpoint[" + url + ", " + model + "]"; // never the key
        }
    }

    /**
     * What came of the cases, by their ids; each is in one of both.
     *
     * @param failures why there is no answer, as {@code http_503}, {@code timeout} or {@code deadline}
     */
    public record Answers(Map<String, String> answers, Map<String, String> failures) {}

    private record Answered(String caseId, @Nullable String answer, String failure) {}

    /**
     * Asks each case once, and again where that may help, until {@link JudgeSettings#requestDeadline()}: what was not asked by
     * then has no answer.
     */
    public Uni<Answers> ask(Endpoint endpoint, List<Case> cases, int mostCharacters) {
        Instant end = Instant.now().plus(settings.requestDeadline());
        return Multi.createFrom()
                .iterable(cases)
                .onItem()
                .transformToUni(it -> Uni.createFrom().deferred(() -> ask(endpoint, it, mostCharacters, end, 1)))
                .merge(endpoint.concurrency())
                .collect()
                .asList()
                .map(AnswerCases::sorted);
    }

    private Uni<Answered> ask(Endpoint endpoint, Case it, int mostCharacters, Instant end, int attempt) {
        if (!Instant.now().isBefore(end)) {
            return Uni.createFrom().item(new Answered(it.id(), null, "deadline"));
        }
        Question question =
                new Question(endpoint.url(), endpoint.model(), endpoint.key(), endpoint.system(), it.input(), null, 0);
        return client.ask(question).chain(reply -> {
            if (reply instanceof Reply.Content content) {
                String text = ScoreCalls.storable(ScoreCalls.cut(content.text(), mostCharacters));
                return Uni.createFrom().item(new Answered(it.id(), text, ""));
            }
            Reply.None none = (Reply.None) reply;
            if (none.again() && attempt < ATTEMPTS) {
                return Uni.createFrom()
                        .voidItem()
                        .onItem()
                        .delayIt()
                        .by(settings.retryAfter().multipliedBy(attempt))
                        .chain(() -> ask(endpoint, it, mostCharacters, end, attempt + 1));
            }
            return Uni.createFrom().item(new Answered(it.id(), null, none.reason()));
        });
    }

    private static Answers sorted(List<Answered> all) {
        Answers sorted = new Answers(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (Answered it : all) {
            String answer = it.answer();
            if (answer == null) {
                sorted.failures().put(it.caseId(), it.failure());
            } else {
                sorted.answers().put(it.caseId(), answer);
            }
        }
        return sorted;
    }
}
