package dev.assay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.kubernetes.ScalingSimulation.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the chart's own scaling values react, and that docs/scaling.md says so. */
class ScalingSimulationTest {
    private final ScalingSimulation cost = new ScalingSimulation(Chart.VALUES, "cost");

    @Test
    void takesAStepBeforeMuchWaits() {
        Outcome outcome = cost.follow(LoadCurve.step());
        assertThat(outcome.reactionSeconds()).isBetween(ScalingSimulation.START_SECONDS, 180);
        assertThat(outcome.mostReplicas()).isLessThanOrEqualTo(6); // the maximum
    }

    @Test
    void keepsUpWithARampAndComesBackDown() {
        Outcome outcome = cost.follow(LoadCurve.ramp());
        assertThat(outcome.worstDelay()).isLessThan(60);
        assertThat(outcome.changes()).isLessThan(20);
    }

    /** A swing faster than the quiet time is answered once, not at each turn: each change is a rebalance. */
    @Test
    void doesNotFollowEachSwing() {
        assertThat(cost.follow(LoadCurve.swing()).changes()).isLessThanOrEqualTo(3);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void doesNotFollowNoise(long seed) {
        assertThat(cost.follow(LoadCurve.noisy(seed)).changes()).isLessThanOrEqualTo(2);
    }

    /** Whatever comes is folded in or waits; scaling down drops nothing. */
    @Test
    void losesNothing() {
        for (LoadCurve curve : curves()) {
            assertThat(cost.follow(curve).folded()).as(curve.name()).isBetween(0.999999, 1.000001);
        }
    }

    @Test
    void isWhatTheDocumentationSays() {
        String table =
                curves().stream().map(curve -> row(curve, cost.follow(curve))).collect(Collectors.joining("\n"));
        assertThat(Yaml.text(Yaml.ROOT.resolve("docs/scaling.md"))).contains(table);
    }

    private static List<LoadCurve> curves() {
        return List.of(LoadCurve.step(), LoadCurve.ramp(), LoadCurve.spike(), LoadCurve.swing(), LoadCurve.noisy(1));
    }

    private static String row(LoadCurve curve, Outcome outcome) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.0f s | %d | %d | %.1f |",
                curve.name(),
                outcome.reactionSeconds() < 0 ? "not needed" : outcome.reactionSeconds() + " s",
                outcome.worstDelay(),
                outcome.mostReplicas(),
                outcome.changes(),
                outcome.podHours());
    }
}
