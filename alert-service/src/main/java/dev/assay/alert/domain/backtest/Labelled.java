package dev.assay.alert.domain.backtest;

import java.util.Map;

/**
 * An incident as people know that it was. Minutes since the epoch; the end is exclusive.
 *
 * @param labels what a page's labels must have to be about it; none: any page is
 */
public record Labelled(long from, long to, Map<String, String> labels) {
    public Labelled {
        if (from >= to) {
            throw new IllegalArgumentException("from must be before to, got: " + from + " and " + to);
        }
        labels = Map.copyOf(labels);
    }

    /** Whether a page, which lasts until {@code testEnd} if it has no end, is about it. */
    boolean isToldBy(Page page, long testEnd) {
        Long end = page.episode().endedAt();
        return page.episode().activeSince() < to
                && from < (end == null ? testEnd : end)
                && labels.entrySet().stream()
                        .allMatch(label ->
                                label.getValue().equals(page.labels().values().get(label.getKey())));
    }
}
