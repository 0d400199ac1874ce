package dev.assay.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * One goal's outcome: ours and the denominator, measured in turns, and their ratio.
 *
 * @param goal as {@code P1}
 * @param what in words
 * @param unit of the two figures
 * @param ours one figure a turn
 * @param denominator one figure a turn, measured beside ours
 * @param floor what the ratio must reach; for a goal where less is better, what it must not pass
 * @param lessIsBetter whether a smaller ratio is the better one
 */
record Ratio(
        String goal,
        String what,
        String unit,
        double[] ours,
        double[] denominator,
        double floor,
        double target,
        boolean lessIsBetter) {

    double median() {
        return median(turnRatios());
    }

    boolean reachesFloor() {
        return lessIsBetter ? median() <= floor : median() >= floor;
    }

    private double[] turnRatios() {
        double[] ratios = new double[ours.length];
        for (int i = 0; i < ours.length; i++) {
            ratios[i] = ours[i] / denominator[i];
        }
        return ratios;
    }

    String line() {
        double[] ratios = turnRatios();
        boolean target = lessIsBetter ? median() <= target() : median() >= target();
        String verdict = target ? "target reached" : reachesFloor() ? "floor reached" : "BELOW FLOOR";
        return String.format(
                Locale.ROOT,
                "%-3s %-62s ours %,12.1f  denominator %,12.1f %-10s ratio %.3f (%.3f to %.3f; floor %s%.3f, target"
                        + " %.3f)  %s",
                goal,
                what,
                median(ours),
                median(denominator),
                unit,
                median(),
                Arrays.stream(ratios).min().orElseThrow(),
                Arrays.stream(ratios).max().orElseThrow(),
                lessIsBetter ? "<= " : ">= ",
                floor,
                target(),
                verdict);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
