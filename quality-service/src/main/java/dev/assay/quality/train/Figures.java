package dev.assay.quality.train;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How well scores separate findings from the rest, on texts not trained on. */
record Figures(
        String heldOut,
        int texts,
        int findings,
        @Nullable Double auc,
        double @Nullable [] aucInterval,
        @Nullable Double precision,
        @Nullable Double recall,
        @Nullable Double falseAlarmRate) {

    /** Measures scored texts; a figure that one class alone cannot give is {@code null}. */
    static Figures of(String heldOut, double[] scores, boolean[] positive, double threshold) {
        int findings = 0;
        int hits = 0;
        int alarms = 0;
        for (int i = 0; i < scores.length; i++) {
            findings += positive[i] ? 1 : 0;
            if (scores[i] >= threshold) {
                hits += positive[i] ? 1 : 0;
                alarms += positive[i] ? 0 : 1;
            }
        }
        int rest = scores.length - findings;
        boolean both = findings > 0 && rest > 0;
        Double auc = both ? auc(scores, positive) : null;
        return new Figures(
                heldOut,
                scores.length,
                findings,
                auc,
                auc == null ? null : interval(auc, findings, rest),
                both && hits + alarms > 0 ? (double) hits / (hits + alarms) : null,
                findings == 0 ? null : (double) hits / findings,
                rest == 0 ? null : (double) alarms / rest);
    }

    /** The probability that a finding scores higher than another text (Mann–Whitney), ties counting half. */
    static double auc(double[] scores, boolean[] positive) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
        double rankSum = 0;
        double findings = 0;
        int i = 0;
        while (i < order.length) {
            int j = i;
            while (j < order.length && scores[order[j]] == scores[order[i]]) {
                j++;
            }
            for (int k = i; k < j; k++) {
                if (positive[order[k]]) {
                    rankSum += (i + j + 1) / 2.0;
                    findings++;
                }
            }
            i = j;
        }
        return (rankSum - findings * (findings + 1) / 2) / (findings * (scores.length - findings));
    }

    /** The 95 % interval of Hanley and McNeil, "The meaning and use of the area under a ROC curve", 1982. */
    static double[] interval(double auc, int findings, int rest) {
        double q1 = auc / (2 - auc);
        double q2 = 2 * auc * auc / (1 + auc);
        double variance = (auc * (1 - auc) + (findings - 1) * (q1 - auc * auc) + (rest - 1) * (q2 - auc * auc))
                / ((double) findings * rest);
        double margin = 1.96 * Math.sqrt(Math.max(variance, 0));
        return new double[] {Math.max(0, auc - margin), Math.min(1, auc + margin)};
    }
}
