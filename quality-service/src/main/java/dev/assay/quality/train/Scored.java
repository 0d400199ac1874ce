package dev.assay.quality.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Samples with the logits that models gave which had not seen them. */
record Scored(List<Sample> samples, List<Double> logits) {

    Scored() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    void add(Sample sample, double logit) {
        samples.add(sample);
        logits.add(logit);
    }

    void addAll(Scored other) {
        samples.addAll(other.samples);
        logits.addAll(other.logits);
    }

    double[] logitsOf(Predicate<Sample> which) {
        List<Double> chosen = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            if (which.test(samples.get(i))) {
                chosen.add(logits.get(i));
            }
        }
        return chosen.stream().mapToDouble(Double::doubleValue).toArray();
    }

    Figures figures(String name, double threshold) {
        boolean[] positive = new boolean[samples.size()];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = samples.get(i).positive();
        }
        return Figures.of(name, logitsOf(sample -> true), positive, threshold);
    }
}
