package dev.assay.quality.domain.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.quality.domain.judge.PairVerdict.Choice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairVerdictTest {
    @ParameterizedTest(name = "{0} in order and {1} changed over: {2}")
    @CsvSource({
        "A, A, A, true, 1.0",
        "B, B, B, true, 1.0",
        "TIE, TIE, TIE, true, 1.0",
        "A, B, TIE, false, 0.0", // the first is preferred, whichever it is
        "A, TIE, TIE, false, 0.5",
        "A A B, A B A, A, true, 0.6667",
        "A B, A A, TIE, false, 0.0", // no majority in order
    })
    void goesToWhoIsPreferredInBothOrders(
            String inOrder, String changedOver, Choice better, boolean consistent, double agreement) {
        PairVerdict verdict = PairVerdict.of(votes(inOrder), votes(changedOver)).orElseThrow();
        assertThat(verdict.better()).isEqualTo(better);
        assertThat(verdict.consistent()).isEqualTo(consistent);
        assertThat(verdict.agreement()).isCloseTo(agreement, within(1e-3));
    }

    @Test
    void isUnknownWithoutAVoteInBothOrders() {
        assertThat(PairVerdict.of(votes("A"), List.of())).isEmpty();
        assertThat(PairVerdict.of(List.of(), votes("A"))).isEmpty();
    }

    /** Whoever is called A: the verdict on the same votes under the other names is the other one's. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void doesNotDependOnTheNames(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            List<Choice> one = random(random);
            List<Choice> other = random(random);
            PairVerdict verdict = PairVerdict.of(one, other).orElseThrow();
            PairVerdict renamed = PairVerdict.of(swapped(other), swapped(one)).orElseThrow();
            assertThat(renamed.better()).isEqualTo(verdict.better().swapped());
            assertThat(renamed.agreement()).isEqualTo(verdict.agreement());
        }
    }

    /** A judge that always prefers the first names no winner. */
    @ParameterizedTest(name = "{0} repeats")
    @ValueSource(ints = {1, 2, 5})
    void isATieForAJudgeThatLooksAtThePlace(int repeats) {
        List<Choice> first = new ArrayList<>();
        List<Choice> changedOver = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            first.add(Choice.A);
            changedOver.add(Choice.A.swapped());
        }
        assertThat(PairVerdict.of(first, changedOver)).hasValue(new PairVerdict(Choice.TIE, false, 0));
    }

    private static List<Choice> random(SplittableRandom random) {
        return random.ints(random.nextInt(1, 6), 0, 3)
                .mapToObj(i -> Choice.values()[i])
                .toList();
    }

    private static List<Choice> swapped(List<Choice> votes) {
        return votes.stream().map(Choice::swapped).toList();
    }

    private static List<Choice> votes(String text) {
        return Arrays.stream(text.split(" ")).map(Choice::valueOf).toList();
    }
}
