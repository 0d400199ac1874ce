package dev.assay.alert.domain.evaluation;

import static dev.assay.alert.domain.evaluation.Scenario.NOON;

import dev.assay.alert.domain.rule.NoDataPolicy;
import dev.assay.alert.domain.rule.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * A random series with a random {@code for} and {@code keep_firing_for}. Minute by minute: {@code !} the condition holds,
 * {@code .} it does not, a blank is a minute without a sample.
 */
record PromtoolCase(int forMinutes, int keepFiringForMinutes, String minutes) {
    static final int COUNT = 200;
    private static final int LENGTH = 48;

    /** The cases, the same each time. */
    static List<PromtoolCase> all() {
        return LongStream.rangeClosed(1, COUNT).mapToObj(PromtoolCase::random).toList();
    }

    private static PromtoolCase random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder minutes = new StringBuilder();
        while (minutes.length() < LENGTH) {
            char kind = "!!!..  ".charAt(random.nextInt(7));
            minutes.append(String.valueOf(kind).repeat(1 + random.nextInt(6)));
        }
        return new PromtoolCase(random.nextInt(6), random.nextInt(5), minutes.substring(0, LENGTH));
    }

    /**
     * What the state machine makes of it, minute by minute: {@code -}, {@code p} pending, {@code F} firing. Prometheus
     * takes a missing sample for a condition that does not hold, which is the policy {@code ok}.
     */
    String phases() {
        Rule rule = Scenario.halfErrors(
                Duration.ofMinutes(forMinutes), Duration.ofMinutes(keepFiringForMinutes), NoDataPolicy.OK, 1);
        Scenario story = new Scenario();
        for (int i = 0; i < minutes.length(); i++) {
            if (minutes.charAt(i) != ' ') {
                story.calls(NOON + i, NOON + i + 1, 10, minutes.charAt(i) == '!' ? 10 : 0);
            }
        }
        StringBuilder phases = new StringBuilder();
        AlertState state = AlertState.noData(NOON);
        for (int i = 1; i <= minutes.length(); i++) {
            state = story.run(rule, state, NOON + i - 1, NOON + i).state();
            phases.append(state.phase() == Phase.FIRING ? 'F' : state.phase() == Phase.PENDING ? 'p' : '-');
        }
        return phases.toString();
    }

    /** The series in promtool's notation; a gap begins with a stale marker, or the last sample would be looked back to. */
    String series() {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < minutes.length(); i++) {
            boolean gapBegins = i > 0 && minutes.charAt(i - 1) != ' ';
            values.add(
                    switch (minutes.charAt(i)) {
                        case '!' -> "1";
                        case '.' -> "0";
                        default -> gapBegins ? "stale" : "_";
                    });
        }
        return String.join(" ", values);
    }
}
