package dev.assay.platform.stats;

import java.util.Optional;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * McNemar's exact test of whether two answers to the same cases are right equally often. Only the cases in which they
 * differ say anything.
 *
 * @param difference the second rate less the first
 * @param pValue two-sided, exact
 * @param ci95 the interval of the difference of the paired rates
 * @see <a href="https://doi.org/10.1007/BF02295996">McNemar (1947), Note on the sampling error of the difference between
 *     correlated proportions or percentages</a>
 * @see <a href="https://doi.org/10.1002/sim.6148">Fagerland, Lydersen and Laake (2014), Recommended tests and confidence
 *     intervals for paired binomial proportions (the Bonett-Price interval)</a>
 */
public record McNemar(double difference, double pValue, Interval ci95) {

    /**
     * The test of {@code n} cases.
     *
     * @param gained cases that only the second got right
     * @param lost cases that only the first got right
     * @return empty if there are no cases
     */
    public static Optional<McNemar> test(long gained, long lost, long n) {
        if (gained < 0 || lost < 0 || gained + lost > n) {
            throw new IllegalArgumentException(
                    "gained and lost must be >= 0 and at most n together, got: " + gained + ", " + lost + " of " + n);
        }
        if (n == 0) {
            return Optional.empty();
        }
        long differing = gained + lost;
        double p = 1;
        if (differing > 0) {
            BinomialDistribution coin = new BinomialDistribution(null, Math.toIntExact(differing), 0.5);
            p = Math.min(1, 2 * coin.cumulativeProbability((int) Math.min(gained, lost)));
        }
        double forth = (gained + 1.0) / (n + 2);
        double back = (lost + 1.0) / (n + 2);
        double half = Normal.Z95 * Math.sqrt((forth + back - (forth - back) * (forth - back)) / (n + 2));
        double difference = (double) (gained - lost) / n;
        Interval interval = new Interval(forth - back - half, forth - back + half).within(-1, 1);
        return Optional.of(new McNemar(
                difference,
                p,
                new Interval(Math.min(interval.low(), difference), Math.max(interval.high(), difference))));
    }
}
