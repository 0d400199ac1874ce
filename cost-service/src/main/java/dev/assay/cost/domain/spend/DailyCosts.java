package dev.assay.cost.domain.spend;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Consecutive complete days, oldest first, with no day left out.
 *
 * <p>History begins with the first day that had a call: before it there was nothing to measure, after it a day without calls
 * is a day that cost nothing.
 */
public record DailyCosts(List<DailyCost> days) {
    /** Fewer days of history than this cannot tell what is usual. */
    public static final int MIN_HISTORY_DAYS = 7;

    public DailyCosts {
        days = List.copyOf(days);
        for (int i = 1; i < days.size(); i++) {
            if (!days.get(i).date().equals(days.get(i - 1).date().plusDays(1))) {
                throw new IllegalArgumentException("days must follow each other, got "
                        + days.get(i - 1).date() + " and then " + days.get(i).date());
            }
        }
    }

    /** The last {@code n} days, or all of them if there are fewer. */
    public DailyCosts last(int n) {
        return new DailyCosts(days.subList(Math.max(0, days.size() - n), days.size()));
    }

    /** The days from the first one with a call on. */
    public DailyCosts history() {
        for (int i = 0; i < days.size(); i++) {
            if (days.get(i).calls() > 0) {
                return new DailyCosts(days.subList(i, days.size()));
            }
        }
        return new DailyCosts(List.of());
    }

    public BigDecimal total() {
        return days.stream().map(DailyCost::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The mean over all days; empty if there are none. */
    public Optional<BigDecimal> mean() {
        return days.isEmpty()
                ? Optional.empty()
                : Optional.of(total().divide(BigDecimal.valueOf(days.size()), MathContext.DECIMAL64));
    }

    /** The middle day's cost; of an even number of days the mean of the middle two. */
    public Optional<BigDecimal> median() {
        List<BigDecimal> sorted = days.stream().map(DailyCost::cost).sorted().toList();
        if (sorted.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal upper = sorted.get(sorted.size() / 2);
        BigDecimal lower = sorted.get((sorted.size() - 1) / 2);
        return Optional.of(lower.add(upper).divide(BigDecimal.valueOf(2)));
    }

    public Optional<BigDecimal> max() {
        return days.stream().map(DailyCost::cost).max(Comparator.naturalOrder());
    }

    public Optional<BigDecimal> min() {
        return days.stream().map(DailyCost::cost).min(Comparator.naturalOrder());
    }
}
