package dev.assay.quality.domain.tradeoff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The alternatives that no other dominates: none is as good in both respects and better in one. Equal ones are all on it.
 *
 * @see "Kung, Luccio, Preparata (1975), On Finding the Maxima of a Set of Vectors, Journal of the ACM 22(4)"
 */
public final class ParetoFront {
    private ParetoFront() {}

    /** An alternative: what it gives up (less is better) and what it gains (more is better). */
    public record Alternative(double cost, double gain) {
        public Alternative {
            if (!Double.isFinite(cost) || !Double.isFinite(gain)) {
                throw new IllegalArgumentException("cost and gain must be finite, got: " + cost + " and " + gain);
            }
        }
    }

    /** The places in the list of those on the front; none of an empty list. */
    public static Set<Integer> of(List<Alternative> all) {
        List<Integer> cheapestFirst = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            cheapestFirst.add(i);
        }
        cheapestFirst.sort(Comparator.comparingDouble((Integer i) -> all.get(i).cost())
                .thenComparing(i -> all.get(i).gain(), Comparator.reverseOrder()));
        Set<Integer> front = new HashSet<>();
        double most = Double.NEGATIVE_INFINITY;
        double costOfMost = Double.NaN;
        for (int i : cheapestFirst) {
            Alternative it = all.get(i);
            if (it.gain() > most) {
                most = it.gain();
                costOfMost = it.cost();
                front.add(i);
            } else if (it.gain() == most && it.cost() == costOfMost) {
                front.add(i);
            }
        }
        return front;
    }
}
