package dev.assay.alert.domain.backtest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well pages tell of the incidents that there were.
 *
 * @param precision the share of pages that are about an incident, 0 to 1; null without pages
 * @param recall the share of incidents that a page is about, 0 to 1; null without incidents
 */
public record Score(@Nullable Double precision, @Nullable Double recall) {

    /** The score of pages over a test that ends at minute {@code testEnd}. */
    public static Score of(List<Page> pages, List<Labelled> incidents, long testEnd) {
        long right = pages.stream()
                .filter(page -> incidents.stream().anyMatch(incident -> incident.isToldBy(page, testEnd)))
                .count();
        long told = incidents.stream()
                .filter(incident -> pages.stream().anyMatch(page -> incident.isToldBy(page, testEnd)))
                .count();
        return new Score(share(right, pages.size()), share(told, incidents.size()));
    }

    private static @Nullable Double share(long part, long whole) {
        return whole == 0 ? null : Double.valueOf(part / (double) whole);
    }
}
