package dev.assay.quality.domain.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.platform.stats.WelchT;
import dev.assay.quality.domain.experiment.Comparison.Outcome;
import dev.assay.quality.domain.experiment.Verdict.Decision;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final List<Variant> TWO = List.of(new Variant("control", 1), new Variant("new", 1));
    private static final List<Metric> METRICS = List.of(Metric.TASK_SUCCESS_RATE, Metric.CSAT_MEAN, Metric.LATENCY_MS);

    /** Users of one variant: each has a level of its own, and comes back on later days. */
    private static final class Users {
        private final double[] level = new double[400];
        private final double[][] sums = new double[3][400];
        private final int[][] counts = new int[3][400];
        private int n;

        void day(SplittableRandom random, int newcomers) {
            for (int i = 0; i < newcomers; i++) {
                level[n++] = random.nextGaussian();
            }
            for (int user = 0; user < n; user++) {
                if (user >= n - newcomers || random.nextInt(4) == 0) {
                    act(random, user);
                }
            }
        }

        private void act(SplittableRandom random, int user) {
            boolean success = random.nextDouble() < 1 / (1 + Math.exp(-1 - level[user]));
            double stars = Math.max(1, Math.min(5, Math.rint(4 + level[user] + random.nextGaussian())));
            double logMs = 7 + 0.5 * level[user] + random.nextGaussian();
            double[] values = {success ? 1 : 0, stars, logMs};
            for (int m = 0; m < 3; m++) {
                sums[m][user] += values[m];
                counts[m][user]++;
            }
        }

        WelchT.Sample sample(int m) {
            double[] means = new double[n];
            for (int user = 0; user < n; user++) {
                means[user] = sums[m][user] / counts[m][user];
            }
            return WelchT.Sample.of(means);
        }
    }

    private static Verdict verdict(Users control, Users variant) {
        Map<Metric, Map<String, WelchT.Sample>> samples = new EnumMap<>(Metric.class);
        for (int m = 0; m < METRICS.size(); m++) {
            samples.put(METRICS.get(m), Map.of("control", control.sample(m), "new", variant.sample(m)));
        }
        return Verdict.of(
                TWO,
                Map.of("control", (long) control.n, "new", (long) variant.n),
                METRICS,
                Metric.TASK_SUCCESS_RATE,
                samples,
                Map.of());
    }

    /** Three metrics, four weeks, looked at daily, and nothing different. */
    @Test
    void declaresADifferenceWhereNoneIsInAtMostFiveOfAHundred() {
        SplittableRandom random = new SplittableRandom(41);
        int runs = 2_000;
        int declared = 0;
        for (int run = 0; run < runs; run++) {
            Users control = new Users();
            Users variant = new Users();
            boolean any = false;
            for (int day = 0; day < 28 && !any; day++) {
                control.day(random, 14);
                variant.day(random, 14);
                any = verdict(control, variant).comparisons().stream()
                        .anyMatch(it -> it.outcome() == Outcome.BETTER || it.outcome() == Outcome.WORSE);
            }
            declared += any ? 1 : 0;
        }
        assertThat((double) declared / runs).isLessThanOrEqualTo(0.05);
    }

    private static Verdict rates(double control, double variant, long n) {
        return Verdict.of(
                TWO,
                Map.of("control", n, "new", n),
                List.of(Metric.TASK_SUCCESS_RATE),
                Metric.TASK_SUCCESS_RATE,
                Map.of(
                        Metric.TASK_SUCCESS_RATE,
                        Map.of(
                                "control", new WelchT.Sample(n, control, control * (1 - control)),
                                "new", new WelchT.Sample(n, variant, variant * (1 - variant)))),
                Map.of());
    }

    @Test
    void saysWhoWinsWithTheNumbers() {
        Verdict verdict = rates(0.70, 0.80, 1_000);
        assertThat(verdict.decision()).isEqualTo(Decision.VARIANT_WINS);
        assertThat(verdict.variant()).isEqualTo("new");
        assertThat(verdict.comparisons().get(0).difference()).isCloseTo(0.1, within(1e-12));
        String words = VerdictText.of(verdict, "control", Metric.TASK_SUCCESS_RATE, Map.of());
        assertThat(words).startsWith("new wins.").contains("0.8000 against 0.7000", "+0.1", "1000 against 1000 units");
        assertThat(rates(0.80, 0.70, 1_000).decision()).isEqualTo(Decision.CONTROL_WINS);
        assertThat(rates(0.70, 0.71, 1_000).decision()).isEqualTo(Decision.UNDECIDED);
        assertThat(rates(0.70, 0.90, 19).decision()).isEqualTo(Decision.NOT_ENOUGH_DATA);
    }

    /** 1,000 against 850 of an even split: however good the figures look, they are not to be trusted. */
    @Test
    void trustsNothingWhenTheUnitsAreNotSplitAsMeant() {
        Verdict verdict = Verdict.of(
                TWO,
                Map.of("control", 1_000L, "new", 850L),
                List.of(Metric.CSAT_MEAN),
                Metric.CSAT_MEAN,
                Map.of(
                        Metric.CSAT_MEAN,
                        Map.of("control", new WelchT.Sample(1_000, 3, 1), "new", new WelchT.Sample(850, 4, 1))),
                Map.of());
        assertThat(verdict.decision()).isEqualTo(Decision.SAMPLE_RATIO_MISMATCH);
        assertThat(VerdictText.of(verdict, "control", Metric.CSAT_MEAN, Map.of("control", 1_000L, "new", 850L)))
                .contains("Sample ratio mismatch", "1000", "850");
    }

    /** Faster is better: a latency of 900 ms against 1,200 ms is a quarter less, as a ratio of geometric means. */
    @Test
    void knowsWhichWayIsBetterAndWhatItCosts() {
        Map<Metric, Map<String, WelchT.Sample>> samples = Map.of(
                Metric.LATENCY_MS,
                Map.of(
                        "control", new WelchT.Sample(2_000, Math.log(1_200), 1),
                        "new", new WelchT.Sample(2_000, Math.log(900), 1)),
                Metric.CSAT_MEAN,
                Map.of("control", new WelchT.Sample(2_000, 4.2, 1), "new", new WelchT.Sample(2_000, 3.9, 1)));
        Verdict verdict = Verdict.of(
                TWO,
                Map.of("control", 2_000L, "new", 2_000L),
                List.of(Metric.LATENCY_MS, Metric.CSAT_MEAN),
                Metric.LATENCY_MS,
                samples,
                Map.of());
        assertThat(verdict.decision()).isEqualTo(Decision.VARIANT_WINS_AT_A_COST);
        Comparison latency = verdict.comparisons().get(0);
        assertThat(latency.control()).isCloseTo(1_200, within(1e-6));
        assertThat(latency.difference()).isCloseTo(-0.25, within(1e-9));
        assertThat(latency.outcome()).isEqualTo(Outcome.BETTER);
        assertThat(VerdictText.of(verdict, "control", Metric.LATENCY_MS, Map.of()))
                .contains("worse elsewhere", "-25.0 %", "csat_mean of new is 3.900 against 4.200");
    }

    @Test
    void plansMoreUnitsForLessToFind() {
        SamplePlan.Question one = new SamplePlan.Question(0.05, 0.21, 0.21, 2, 1, 0.8, 500);
        SamplePlan plan = SamplePlan.of(one);
        // a test with a fixed end would take 7.85 * (0.42 + 0.42) / 0.0025 = 2,638
        assertThat(plan.unitsInAll()).isBetween(2_638L, 5_000L);
        assertThat(plan.days()).isEqualTo((plan.unitsInAll() + 499) / 500);
        assertThat(SamplePlan.of(new SamplePlan.Question(0.025, 0.21, 0.21, 2, 1, 0.8, 500))
                        .unitsInAll())
                .isGreaterThan(3 * plan.unitsInAll());
        assertThat(SamplePlan.of(new SamplePlan.Question(0.05, 0.21, 0.21, 2, 4, 0.8, 500))
                        .unitsInAll())
                .isGreaterThan(plan.unitsInAll());
    }
}
