package dev.assay.platform.stats;

import java.util.Optional;

/**
 * Wilson's score interval for a rate: right also for rare events and few observations, where it never leaves 0 to 1 and is
 * never a single point.
 *
 * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson (1927), Probable inference</a>
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C857::AID-SIM777%3E3.0.CO;2-E">Newcombe (1998),
 *     Two-sided confidence intervals for the single proportion, method 3</a>
 */
public final class Wilson {
    private Wilson() {}

    /** The 95 % interval of {@code good} out of {@code n}; empty if there were none. */
    public static Optional<Interval> interval(long good, long n) {
        if (n < 0 || good < 0 || good > n) {
            throw new IllegalArgumentException("good must be 0 to n, got: " + good + " of " + n);
        }
        return n == 0 ? Optional.empty() : Optional.of(interval((double) good / n, n, Normal.Z95));
    }

    static Interval interval(double rate, double n, double z) {
        double z2 = z * z;
        double denominator = n + z2;
        double centre = (n * rate + z2 / 2) / denominator;
        double half = z / denominator * Math.sqrt(n * rate * (1 - rate) + z2 / 4);
        // exactly 0 and 1 at the edges, where rounding would leave a trace
        return new Interval(rate == 0 ? 0 : Math.max(0, centre - half), rate == 1 ? 1 : Math.min(1, centre + half));
    }
}
