package dev.assay.platform.stats;

import java.util.Optional;

/**
 * Newcombe's interval for the difference of two independent rates, made of their Wilson intervals.
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I">Newcombe (1998),
 *     Interval estimation for the difference between independent proportions, method 10</a>
 */
public final class Newcombe {
    private Newcombe() {}

    /** The 95 % interval of {@code good1/n1 - good2/n2}; empty if one of them has no observations. */
    public static Optional<Interval> difference(long good1, long n1, long good2, long n2) {
        Optional<Interval> first = Wilson.interval(good1, n1);
        Optional<Interval> second = Wilson.interval(good2, n2);
        if (first.isEmpty() || second.isEmpty()) {
            return Optional.empty();
        }
        double p1 = (double) good1 / n1;
        double p2 = (double) good2 / n2;
        double below = Math.hypot(p1 - first.get().low(), second.get().high() - p2);
        double above = Math.hypot(first.get().high() - p1, p2 - second.get().low());
        return Optional.of(new Interval(p1 - p2 - below, p1 - p2 + above));
    }
}
