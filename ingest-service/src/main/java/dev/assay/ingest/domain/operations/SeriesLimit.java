package dev.assay.ingest.domain.operations;

import dev.assay.contracts.common.v1.Dimensions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The series of one project, and what becomes of a call that would open another one beyond the limit: the values of its
 * most varied dimension fold into {@code other}, then those of the next, until it falls into a series that there is.
 *
 * <p>Totals stay exact; only the split beyond the limit is coarser. An eighth of the limit is kept for series with
 * {@code other}; past that, everything folds.
 */
public final class SeriesLimit {
    /** What stands for the values beyond the limit. */
    public static final String OTHER = "other";

    private static final int OTHER_SHARE = 8;
    private static final List<Dimension> DIMENSIONS = List.of(
            new Dimension(Dimensions::getEnvironment, Dimensions.Builder::setEnvironment),
            new Dimension(Dimensions::getApp, Dimensions.Builder::setApp),
            new Dimension(Dimensions::getEndpoint, Dimensions.Builder::setEndpoint),
            new Dimension(Dimensions::getProvider, Dimensions.Builder::setProvider),
            new Dimension(Dimensions::getModel, Dimensions.Builder::setModel),
            new Dimension(Dimensions::getVariant, Dimensions.Builder::setVariant),
            new Dimension(Dimensions::getPromptVersion, Dimensions.Builder::setPromptVersion));

    private final int limit;
    private final Set<Dimensions> known = new HashSet<>();
    private final List<Set<String>> values = new ArrayList<>();

    private record Dimension(Function<Dimensions, String> get, BiConsumer<Dimensions.Builder, String> set) {}

    /** A project with no series yet. */
    public SeriesLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit of series must be >= 1, got: " + limit);
        }
        this.limit = limit;
        DIMENSIONS.forEach(dimension -> values.add(new HashSet<>()));
    }

    /** Adds series that are stored. */
    public void know(Collection<Dimensions> series) {
        series.forEach(this::know);
    }

    /** How many series there are. */
    public int size() {
        return known.size();
    }

    public boolean knows(Dimensions series) {
        return known.contains(series);
    }

    /** What a call that asks for these dimensions counts under; known from then on. */
    public Dimensions admit(Dimensions asked) {
        if (known.contains(asked)) {
            return asked;
        }
        if (known.size() < limit) {
            know(asked);
            return asked;
        }
        Dimensions.Builder folded = asked.toBuilder();
        for (Dimension dimension : mostVariedFirst()) {
            if (!dimension.get().apply(asked).isEmpty()) {
                dimension.set().accept(folded, OTHER);
                Dimensions candidate = folded.build();
                if (known.contains(candidate) || known.size() < limit + reserve()) {
                    know(candidate);
                    return candidate;
                }
            }
        }
        Dimensions all = folded.build();
        know(all);
        return all;
    }

    private int reserve() {
        return Math.max(1, limit / OTHER_SHARE);
    }

    private void know(Dimensions series) {
        if (known.add(series)) {
            for (int i = 0; i < DIMENSIONS.size(); i++) {
                values.get(i).add(DIMENSIONS.get(i).get().apply(series));
            }
        }
    }

    private List<Dimension> mostVariedFirst() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < DIMENSIONS.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingInt(i -> -values.get(i).size()));
        return order.stream().map(DIMENSIONS::get).toList();
    }
}
