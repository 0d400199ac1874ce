package dev.assay.alert.domain.evaluation;

import static dev.assay.alert.domain.evaluation.Scenario.NOON;
import static dev.assay.alert.domain.evaluation.Scenario.halfErrors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.alert.domain.rule.NoDataPolicy;
import dev.assay.alert.domain.rule.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code for} and {@code keep_firing_for} at their boundaries, through silence, restarts and late data. */
class ForSemanticsTest {
    private static final Duration THREE = Duration.ofMinutes(3);

    /** Minute by minute: {@code !} errors, {@code .} none, a blank no calls. */
    private static Scenario of(String minutes) {
        Scenario story = new Scenario();
        for (int i = 0; i < minutes.length(); i++) {
            char minute = minutes.charAt(i);
            if (minute != ' ') {
                story.calls(NOON + i, NOON + i + 1, 10, minute == '!' ? 10 : 0);
            }
        }
        return story;
    }

    /** The phase after each minute: {@code n} no data, {@code i} inactive, {@code p} pending, {@code F} firing, {@code r}. */
    private static String phases(Rule rule, String minutes) {
        Scenario story = of(minutes);
        StringBuilder phases = new StringBuilder();
        AlertState state = AlertState.noData(NOON);
        for (int i = 1; i <= minutes.length(); i++) {
            state = story.run(rule, state, NOON + i - 1, NOON + i).state();
            phases.append(letter(state.phase()));
        }
        return phases.toString();
    }

    private static char letter(Phase phase) {
        return switch (phase) {
            case NO_DATA -> 'n';
            case INACTIVE -> 'i';
            case PENDING -> 'p';
            case FIRING -> 'F';
            case RESOLVED -> 'r';
        };
    }

    @Test
    void firesAtTheFirstEvaluationAtOrAfterFor() {
        assertThat(phases(halfErrors(Duration.ZERO), ".!!..")).isEqualTo("iFFrr");
        assertThat(phases(halfErrors(THREE), ".!!!!!.")).isEqualTo("ipppFFr");
        assertThat(phases(halfErrors(THREE), ".!!!.!!!!.")).isEqualTo("ipppipppFr");
    }

    @Test
    void countsAStartedMinuteOfForWhole() {
        assertThat(phases(halfErrors(Duration.ofSeconds(61)), ".!!!!")).isEqualTo("ippFF");
        assertThat(phases(halfErrors(Duration.ofSeconds(1)), ".!!!!")).isEqualTo("ipFFF");
    }

    @Test
    void keepsFiringUntilTheConditionIsGoneForLongEnough() {
        Rule rule = halfErrors(Duration.ZERO, THREE, NoDataPolicy.KEEP, 1);
        assertThat(phases(rule, "!....")).isEqualTo("FFFFr");
        assertThat(phases(rule, "!..!....")).isEqualTo("FFFFFFFr");
    }

    @Test
    void silenceEndsTheWaitOfForAndThenKeepsTheState() {
        assertThat(phases(halfErrors(THREE), ".!       ")).isEqualTo("ipppFFFFF");
        assertThat(phases(halfErrors(THREE), "!!!!   .")).isEqualTo("pppFFFFr");
        assertThat(phases(halfErrors(THREE), ".    ")).isEqualTo("innnn");
    }

    @Test
    void silenceMeansWhatTheRuleSays() {
        Rule ok = halfErrors(THREE, Duration.ZERO, NoDataPolicy.OK, 1);
        Rule alert = halfErrors(THREE, Duration.ZERO, NoDataPolicy.ALERT, 1);
        assertThat(phases(ok, "!! !!!! ")).isEqualTo("ppipppFr");
        assertThat(phases(alert, ".    .")).isEqualTo("ipppFr");
    }

    @Test
    void keepFiringForRunsOutInSilence() {
        assertThat(phases(halfErrors(Duration.ZERO, THREE, NoDataPolicy.KEEP, 1), "!.   "))
                .isEqualTo("FFFFr");
    }

    @Test
    void tooFewSamplesAreNoData() {
        Rule rule = halfErrors(Duration.ZERO, Duration.ZERO, NoDataPolicy.KEEP, 11);
        assertThat(phases(rule, "!!")).isEqualTo("nn");
    }

    @Test
    void lateErrorsPageAsIfTheyHadComeInTime() {
        Rule rule = halfErrors(THREE);
        Scenario story = of("..........");
        GroupEvaluation.Outcome before = story.run(rule, NOON, NOON + 10);
        assertThat(before.state().phase()).isEqualTo(Phase.INACTIVE);

        story.calls(NOON + 3, NOON + 8, 90, 90);
        GroupEvaluation.Outcome again = story.run(rule, AlertState.inactive(NOON + 1), NOON + 3, NOON + 10);

        assertThat(again.transitions())
                .extracting(transition -> letter(transition.state().phase()) + "@" + (transition.at() - NOON))
                .containsExactly("p@4", "F@7", "r@9");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void evaluatingInAnyStretchesGivesTheSameStates(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 40; round++) {
            StringBuilder minutes = new StringBuilder();
            for (int i = 0; i < 60; i++) {
                minutes.append(random.nextInt(4) == 0 ? ' ' : random.nextInt(3) == 0 ? '.' : '!');
            }
            Rule rule = halfErrors(
                    Duration.ofMinutes(random.nextInt(5)), Duration.ofMinutes(random.nextInt(4)), NoDataPolicy.KEEP, 1);
            Scenario story = of(minutes.toString());
            GroupEvaluation.Outcome whole = story.run(rule, NOON, NOON + 60);
            List<Transition> parts = new ArrayList<>();
            AlertState state = AlertState.noData(NOON);
            long at = NOON;
            while (at < NOON + 60) { // a restart after each stretch: only the state is carried over
                long next = Math.min(NOON + 60, at + 1 + random.nextInt(9));
                GroupEvaluation.Outcome part = story.run(rule, state, at, next);
                parts.addAll(part.transitions());
                state = part.state();
                at = next;
            }
            assertThat(parts).as(minutes.toString()).isEqualTo(whole.transitions());
            assertThat(state).isEqualTo(whole.state());
            assertThat(phases(rule, minutes.toString())).isEqualTo(plain(rule, minutes.toString()));
        }
    }

    /** The plainest reading of the rules, without a state machine: looks back from each minute. */
    private static String plain(Rule rule, String minutes) {
        StringBuilder out = new StringBuilder();
        char phase = 'n';
        int active = -1;
        int clear = -1;
        for (int now = 1; now <= minutes.length(); now++) {
            char seen = minutes.charAt(now - 1);
            if (phase == 'p' || phase == 'F') {
                if (phase == 'p' && seen == '.') {
                    phase = 'i';
                } else if (phase == 'p' && now - active >= rule.forMinutes()) {
                    phase = 'F';
                    clear = -1;
                } else if (phase == 'F' && seen == '!') {
                    clear = -1;
                } else if (phase == 'F' && (seen == '.' || clear >= 0)) {
                    clear = clear < 0 ? now : clear;
                    phase = now - clear >= rule.keepFiringForMinutes() ? 'r' : 'F';
                }
            } else if (seen == '!') {
                active = now;
                clear = -1;
                phase = rule.forMinutes() == 0 ? 'F' : 'p';
            } else if (phase != 'r') {
                phase = seen == ' ' ? 'n' : 'i';
            }
            out.append(phase);
        }
        return out.toString();
    }
}
