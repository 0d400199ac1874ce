package dev.assay.quality.train;

import java.util.Set;
import java.util.function.Predicate;

/**
 * A part of the samples that is measured on after training without it.
 *
 * @param name how the card calls it
 * @param test what is measured on
 * @param train what is trained on meanwhile; never overlaps with {@code test}
 * @param use what its figures are for
 */
record HoldOut(String name, Predicate<Sample> test, Predicate<Sample> train, Use use) {

    /** What a held-out part is for: the card, the threshold and error rates, or both. */
    enum Use {
        BOTH,
        CARD,
        THRESHOLD
    }

    /** Everything of these sources, trained on all others. */
    static HoldOut sources(String name, String... sources) {
        Set<String> held = Set.of(sources);
        return new HoldOut(
                name, sample -> held.contains(sample.source()), sample -> !held.contains(sample.source()), Use.BOTH);
    }

    /** The same for another use. */
    HoldOut only(Use other) {
        return new HoldOut(name, test, train, other);
    }
}
