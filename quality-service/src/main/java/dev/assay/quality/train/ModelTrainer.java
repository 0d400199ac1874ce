package dev.assay.quality.train;

import dev.assay.platform.stats.Wilson;
import dev.assay.quality.domain.detect.LinearModel;
import dev.assay.quality.domain.detect.Ngrams;
import dev.assay.quality.domain.detect.Rule;
import dev.assay.quality.train.Sample.Features;
import dev.assay.quality.train.TrainedModel.SourceCount;
import dev.assay.quality.train.TrainedModel.SureFigures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes and measures an n-gram model by its {@link Recipe}. */
final class ModelTrainer {
    private static final int ITERATIONS = 60;
    private static final double RULE_PENALTY = 20;
    private static final double TAIL = 0.01;
    private static final int SMALLEST_TAIL = 50;

    private final Recipe recipe;
    private final LogisticTrainer trainer;

    /** The model file and what is known about it. */
    record Result(LinearModel model, TrainedModel figures) {}

    ModelTrainer(Recipe recipe) {
        this.recipe = recipe;
        double[] priors = new double[Rule.values().length];
        recipe.beliefs().forEach((rule, weight) -> priors[rule.ordinal()] = weight);
        this.trainer = new LogisticTrainer(Ngrams.BITS, recipe.ngramPenalty(), RULE_PENALTY, priors, ITERATIONS);
    }

    Result train() {
        List<Scored> heldOut = new ArrayList<>();
        Scored pooled = new Scored();
        for (HoldOut holdOut : recipe.holdOuts()) {
            Scored scored = measure(holdOut);
            heldOut.add(scored);
            if (holdOut.use() != HoldOut.Use.CARD) {
                pooled.addAll(scored);
            }
        }
        double[] platt = calibrate(pooled);
        double threshold = threshold(pooled);
        SureFigures sure = recipe.sureFalseAlarms() > 0 ? sure(pooled, platt) : null;
        List<Figures> figures = new ArrayList<>();
        for (int i = 0; i < heldOut.size(); i++) {
            HoldOut holdOut = recipe.holdOuts().get(i);
            if (holdOut.use() != HoldOut.Use.THRESHOLD) {
                figures.add(heldOut.get(i).figures(holdOut.name(), threshold));
            }
        }
        LinearModel model = quantise(trainer.fit(recipe.samples(), weights(Recipes::isTrainable)))
                .calibrated(platt[0], platt[1], probability(threshold, platt), sure == null ? 2 : sure.threshold());
        return new Result(model, describe(model, pooled, threshold, figures, sure));
    }

    private Scored measure(HoldOut holdOut) {
        double[] parameters = trainer.fit(recipe.samples(), weights(holdOut.train()));
        Scored scored = new Scored();
        for (Sample sample : recipe.samples()) {
            if (holdOut.test().test(sample)) {
                double highest = Double.NEGATIVE_INFINITY;
                for (Features part : sample.parts()) {
                    highest = Math.max(highest, trainer.logit(part, parameters));
                }
                scored.add(sample, highest);
            }
        }
        return scored;
    }

    /** Both classes weigh the same; within a class, a source weighs as the root of its size. */
    private double[] weights(Predicate<Sample> used) {
        Map<String, Integer> sizes = new HashMap<>();
        for (Sample sample : recipe.samples()) {
            if (used.test(sample)) {
                sizes.merge(sample.source() + sample.positive(), 1, Integer::sum);
            }
        }
        double[] weights = new double[recipe.samples().size()];
        double[] totals = new double[2];
        for (int i = 0; i < weights.length; i++) {
            Sample sample = recipe.samples().get(i);
            if (used.test(sample)) {
                weights[i] = 1 / Math.sqrt(sizes.getOrDefault(sample.source() + sample.positive(), 1));
                totals[sample.positive() ? 1 : 0] += weights[i];
            }
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= 1000 / totals[recipe.samples().get(i).positive() ? 1 : 0];
        }
        return weights;
    }

    /** Slope and offset that make logits probabilities when findings are as common as not (Platt scaling). */
    private static double[] calibrate(Scored scored) {
        List<double[]> rows = new ArrayList<>();
        boolean[] positive = new boolean[scored.samples().size()];
        int findings = 0;
        for (int i = 0; i < positive.length; i++) {
            rows.add(new double[] {scored.logits().get(i)});
            positive[i] = scored.samples().get(i).positive();
            findings += positive[i] ? 1 : 0;
        }
        double[] weights = new double[positive.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 0.5 * weights.length / (positive[i] ? findings : weights.length - findings);
        }
        DenseTrainer.Fit fit = DenseTrainer.fit(rows, positive, weights, 1);
        return new double[] {fit.weights()[0], fit.bias()};
    }

    /** The logit that finds the most over what it falsely flags, within the false alarms that the recipe allows. */
    private double threshold(Scored scored) {
        double[] alarms =
                scored.logitsOf(sample -> !sample.positive() && recipe.alarms().test(sample));
        double[] rest = scored.logitsOf(sample -> !sample.positive());
        double[] findings = scored.logitsOf(Sample::positive);
        double best = Double.NEGATIVE_INFINITY;
        double chosen = Double.POSITIVE_INFINITY;
        double[] candidates = findings.clone();
        Arrays.sort(candidates);
        for (double candidate : candidates) {
            if (shareAtLeast(alarms, candidate) <= recipe.mostFalseAlarms()) {
                double gain = shareAtLeast(findings, candidate) - shareAtLeast(rest, candidate);
                if (gain > best) {
                    best = gain;
                    chosen = candidate;
                }
            }
        }
        return chosen;
    }

    private SureFigures sure(Scored scored, double[] platt) {
        double[] clean =
                scored.logitsOf(sample -> !sample.positive() && recipe.alarms().test(sample));
        Tail tail = Tail.fit(clean, Math.max(TAIL, (double) SMALLEST_TAIL / clean.length));
        double logit = tail.exceededBy(recipe.sureFalseAlarms());
        int alarms = (int) Math.round(shareAtLeast(clean, logit) * clean.length);
        return new SureFigures(
                probability(logit, platt),
                clean.length,
                alarms,
                Wilson.interval(alarms, clean.length).orElseThrow().high(),
                recipe.sureFalseAlarms(),
                shareAtLeast(scored.logitsOf(Sample::positive), logit));
    }

    private static double shareAtLeast(double[] logits, double threshold) {
        int count = 0;
        for (double logit : logits) {
            count += logit >= threshold ? 1 : 0;
        }
        return (double) count / logits.length;
    }

    private static double probability(double logit, double[] platt) {
        return 1 / (1 + StrictMath.exp(-(platt[0] * logit + platt[1])));
    }

    private LinearModel quantise(double[] parameters) {
        int ngrams = 1 << Ngrams.BITS;
        double largest = 0;
        for (int i = 0; i < ngrams; i++) {
            largest = Math.max(largest, Math.abs(parameters[i]));
        }
        float step = (float) (largest / 127);
        byte[] weights = new byte[ngrams];
        for (int i = 0; i < ngrams; i++) {
            weights[i] = (byte) Math.round(parameters[i] / step);
        }
        float[] rules = new float[Rule.values().length];
        for (int i = 0; i < rules.length; i++) {
            rules[i] = (float) parameters[ngrams + i];
        }
        String evaluator = recipe.name().replace('_', '-') + "-lr/" + recipe.version();
        return new LinearModel(
                evaluator, Ngrams.BITS, step, weights, rules, (float) parameters[parameters.length - 1], 1, 0, 0.5, 2);
    }

    private TrainedModel describe(
            LinearModel model, Scored pooled, double threshold, List<Figures> figures, @Nullable SureFigures sure) {
        double[] alarms =
                pooled.logitsOf(sample -> !sample.positive() && recipe.alarms().test(sample));
        double[] findings = pooled.logitsOf(Sample::positive);
        Map<String, int[]> counts = new TreeMap<>();
        for (Sample sample : recipe.samples()) {
            int[] count = counts.computeIfAbsent(sample.source(), name -> new int[2]);
            count[0]++;
            count[1] += sample.positive() ? 1 : 0;
        }
        return new TrainedModel(
                recipe.name(),
                model.name(),
                recipe.finds(),
                counts.entrySet().stream()
                        .map(entry -> new SourceCount(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
                        .toList(),
                figures,
                model.threshold(),
                shareAtLeast(findings, threshold),
                findings.length,
                shareAtLeast(alarms, threshold),
                alarms.length,
                sure,
                recipe.caveats());
    }
}
