package dev.assay.quality.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.quality.domain.detect.Rule;
import dev.assay.quality.train.Sample.Features;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrainersTest {
    @Test
    void theNgramTrainerLearnsWhichFeatureMatters() {
        List<Sample> samples = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 400; i++) {
            boolean positive = i % 2 == 0;
            int noise = 10 + random.nextInt(50);
            Features text = new Features(new int[] {positive ? 1 : 2, noise}, new int[] {noise}, 0);
            samples.add(new Sample("s", "g" + i, positive, text, List.of(text)));
        }
        double[] weights = new double[samples.size()];
        Arrays.fill(weights, 1);
        LogisticTrainer trainer = new LogisticTrainer(8, 0.1, 1, new double[Rule.values().length], 60);
        double[] parameters = trainer.fit(samples, weights);
        assertThat(parameters[1]).isGreaterThan(2);
        assertThat(parameters[2]).isLessThan(-2);
        assertThat(samples).allMatch(it -> trainer.logit(it.whole(), parameters) > 0 == it.positive());
        assertThat(trainer.fit(samples, weights)).isEqualTo(parameters);
    }

    @Test
    void theNgramTrainerKeepsToItsBeliefsWithoutData() {
        double[] beliefs = new double[Rule.values().length];
        beliefs[3] = 0.7;
        LogisticTrainer trainer = new LogisticTrainer(8, 0.1, 1, beliefs, 10);
        double[] parameters = trainer.fit(List.of(), new double[0]);
        assertThat(parameters[(1 << 8) + 3]).isEqualTo(0.7);
    }

    @Test
    void theDenseTrainerFindsTheWeightsThatMadeTheData() {
        SplittableRandom random = new SplittableRandom(7);
        List<double[]> rows = new ArrayList<>();
        boolean[] positive = new boolean[20_000];
        for (int i = 0; i < positive.length; i++) {
            double[] row = {random.nextDouble() * 4 - 2, random.nextDouble() * 100};
            rows.add(row);
            positive[i] = random.nextDouble() < 1 / (1 + Math.exp(-(1.5 * row[0] - 0.04 * row[1] + 1)));
        }
        double[] weights = new double[positive.length];
        Arrays.fill(weights, 1);
        DenseTrainer.Fit fit = DenseTrainer.fit(rows, positive, weights, 1e-6);
        assertThat(fit.weights()[0]).isCloseTo(1.5, within(0.1));
        assertThat(fit.weights()[1]).isCloseTo(-0.04, within(0.003));
        assertThat(fit.bias()).isCloseTo(1, within(0.15));
    }

    @Test
    void aTailIsExtrapolatedAsAnExponentialOneFalls() {
        SplittableRandom random = new SplittableRandom(3);
        double[] scores = random.doubles(100_000).map(u -> -Math.log(1 - u)).toArray();
        // of an exponential distribution, 10^-5 lie above ln(10^5) = 11.51
        assertThat(Tail.fit(scores, 0.01).exceededBy(1e-5)).isCloseTo(11.51, within(0.8));
    }

    @Test
    void phrasesAreExpandedTheSameWayEachTime() {
        List<String> lines = List.of("# comment", "{a|b} {c|d|}", "fixed");
        List<String> phrases = Phrasebook.expand(lines, 10);
        assertThat(phrases).contains("fixed").doesNotHaveDuplicates();
        assertThat(phrases).allMatch(it -> it.matches("[ab]( [cd])?|fixed"));
        assertThat(Phrasebook.expand(lines, 10)).isEqualTo(phrases);
    }
}
