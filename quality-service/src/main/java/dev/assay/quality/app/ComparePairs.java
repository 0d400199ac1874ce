package dev.assay.quality.app;

import dev.assay.quality.app.JudgeClient.Question;
import dev.assay.quality.app.JudgeClient.Reply;
import dev.assay.quality.config.JudgeSettings;
import dev.assay.quality.domain.judge.Breaker;
import dev.assay.quality.domain.judge.PairPrompt;
import dev.assay.quality.domain.judge.PairVerdict;
import dev.assay.quality.domain.judge.PairVerdict.Choice;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Has the project's judge compare pairs of responses, each in both orders. Nothing of it is stored. */
@ApplicationScoped
public class ComparePairs {
    /** Repeats differ only above 0. */
    private static final double TEMPERATURE_OF_REPEATS = 0.7;

    private final AskJudge askJudge;
    private final JudgeSettings settings;
    private final SecureRandom random = new SecureRandom();

    ComparePairs(AskJudge askJudge, JudgeSettings settings) {
        this.askJudge = askJudge;
        this.settings = settings;
    }

    /** Two responses to one prompt. */
    public record Pair(
            @Nullable String prompt,
            String a,
            String b,
            @Nullable String context) {}

    /**
     * What came of a pair.
     *
     * @param verdict empty when one of the orders has no usable answer
     * @param failures unusable answers by reason
     */
    public record Compared(Optional<PairVerdict> verdict, Map<String, Integer> failures) {}

    private record Vote(int pair, boolean changedOver, Optional<Choice> choice, String failure) {}

    /** What all questions of one request have in common. */
    private record Round(JudgeConfig judge, double temperature, Breaker breaker, Instant end) {}

    /**
     * Compares pairs, in their order. {@code repeats} is how often each order of each is asked. No question is asked after
     * {@link JudgeSettings#requestDeadline()}, nor for a while when the judge keeps failing.
     */
    public Uni<List<Compared>> compare(JudgeConfig judge, List<Pair> pairs, int repeats) {
        Round round = new Round(
                judge,
                repeats == 1 ? 0 : TEMPERATURE_OF_REPEATS,
                new Breaker(settings.failuresToPause(), settings.pause()),
                Instant.now().plus(settings.requestDeadline()));
        int each = 2 * repeats;
        return Multi.createFrom()
                .range(0, pairs.size() * each)
                .onItem()
                .transformToUni(i ->
                        Uni.createFrom().deferred(() -> vote(round, i / each, pairs.get(i / each), i % 2 == 1)))
                .merge(settings.concurrency())
                .collect()
                .asList()
                .map(votes -> IntStream.range(0, pairs.size())
                        .mapToObj(pair -> compared(
                                votes.stream().filter(it -> it.pair() == pair).toList()))
                        .toList());
    }

    private Uni<Vote> vote(Round round, int number, Pair pair, boolean changedOver) {
        Instant now = Instant.now();
        if (!now.isBefore(round.end())) {
            return Uni.createFrom().item(new Vote(number, changedOver, Optional.empty(), "deadline"));
        }
        if (round.breaker().allowed(1, now) == 0) {
            return Uni.createFrom().item(new Vote(number, changedOver, Optional.empty(), "endpoint_paused"));
        }
        round.breaker().tried();
        JudgeConfig judge = round.judge();
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String mark = HexFormat.of().formatHex(bytes);
        PairPrompt prompt = PairPrompt.of(
                judge.rubric(),
                mark,
                pair.prompt(),
                changedOver ? pair.b() : pair.a(),
                changedOver ? pair.a() : pair.b(),
                pair.context());
        Question question = new Question(
                judge.url(),
                judge.model(),
                judge.key(),
                prompt.system(),
                prompt.user(),
                PairAnswer.schema(),
                round.temperature());
        return askJudge.ask(judge, question).map(asked -> {
            told(round.breaker(), asked);
            if (asked.isEmpty()) {
                return new Vote(number, changedOver, Optional.empty(), "daily_cap");
            }
            if (asked.get() instanceof Reply.Content content) {
                return new Vote(
                        number,
                        changedOver,
                        PairAnswer.read(mark, content.text()).map(choice -> changedOver ? choice.swapped() : choice),
                        "invalid_answer");
            }
            return new Vote(number, changedOver, Optional.empty(), ((Reply.None) asked.get()).reason());
        });
    }

    private static void told(Breaker breaker, Optional<Reply> asked) {
        if (asked.isEmpty()) {
            breaker.notAsked();
        } else if (asked.get() instanceof Reply.None none && none.endpointAtFault()) {
            breaker.failed(Instant.now());
        } else {
            breaker.succeeded();
        }
    }

    private static Compared compared(List<Vote> votes) {
        List<Choice> inOrder = new ArrayList<>();
        List<Choice> changedOver = new ArrayList<>();
        Map<String, Integer> failures = new TreeMap<>();
        for (Vote vote : votes) {
            if (vote.choice().isEmpty()) {
                failures.merge(vote.failure(), 1, Integer::sum);
            } else {
                (vote.changedOver() ? changedOver : inOrder).add(vote.choice().get());
            }
        }
        return new Compared(PairVerdict.of(inOrder, changedOver), failures);
    }
}
