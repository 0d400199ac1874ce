package dev.assay.cost.domain.reconcile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;

/**
 * Splits the difference of a group into causes, each taking its part of what the ones before it left. What is known
 * exactly goes first; estimates never take more than is left, nor turn its sign.
 */
final class SplitDifference {
    private static final int ESTIMATE_SCALE = 12;

    private final GroupFigures figures;
    private final Map<Cause, BigDecimal> causes = new EnumMap<>(Cause.class);
    private BigDecimal left;

    private SplitDifference(GroupFigures figures) {
        this.figures = figures;
        this.left = figures.billedUsage().subtract(figures.computedNow());
    }

    static Split of(GroupFigures figures) {
        SplitDifference split = new SplitDifference(figures);
        split.known();
        if (figures.calls() == 0) {
            split.take(Cause.NOT_SEEN, split.left.max(BigDecimal.ZERO));
        } else {
            split.reclassified();
            split.unpriced();
        }
        if (split.left.abs().compareTo(figures.roundingBound()) <= 0) {
            split.take(Cause.ROUNDING, split.left);
        }
        BigDecimal billed = figures.billedUsage().add(figures.credits()).add(figures.fees());
        return new Split(figures.computedAtImport(), billed, split.causes, split.left);
    }

    private void known() {
        causes.put(Cause.LATE, figures.computedNow().subtract(figures.computedAtImport()));
        causes.put(Cause.CREDITS, figures.credits());
        causes.put(Cause.TAXES_AND_FEES, figures.fees());
    }

    /**
     * Too much in one cell and too little in its counterpart is the same usage at another rate: the net of both belongs to
     * what tells the cells apart.
     */
    private void reclassified() {
        Map<Cell, BigDecimal> differences = figures.differences();
        for (BilledPart part : BilledPart.values()) {
            exchange(differences, Cause.TIER, new Cell(BilledTier.STANDARD, part), new Cell(BilledTier.OTHER, part));
        }
        for (BilledTier tier : BilledTier.values()) {
            exchange(differences, Cause.CACHE, new Cell(tier, BilledPart.INPUT), new Cell(tier, BilledPart.CACHE));
        }
    }

    private void exchange(Map<Cell, BigDecimal> differences, Cause cause, Cell one, Cell other) {
        BigDecimal first = differences.getOrDefault(one, BigDecimal.ZERO);
        BigDecimal second = differences.getOrDefault(other, BigDecimal.ZERO);
        if (first.signum() * second.signum() < 0) {
            take(cause, first.add(second));
            differences.remove(one);
            differences.remove(other);
        }
    }

    private void unpriced() {
        if (figures.unpricedCalls() > 0 && left.signum() > 0) {
            take(Cause.UNPRICED, estimate().min(left));
        }
    }

    /** By tokens where both sides have some, else by calls; all that is left where no call has a price. */
    private BigDecimal estimate() {
        long pricedCalls = figures.calls() - figures.unpricedCalls();
        if (figures.computedNow().signum() == 0 || pricedCalls == 0) {
            return left;
        }
        boolean byTokens = figures.tokens() > 0 && figures.unpricedTokens() > 0;
        BigDecimal unpriced = BigDecimal.valueOf(byTokens ? figures.unpricedTokens() : figures.unpricedCalls());
        BigDecimal priced = BigDecimal.valueOf(byTokens ? figures.tokens() : pricedCalls);
        return figures.computedNow().multiply(unpriced).divide(priced, ESTIMATE_SCALE, RoundingMode.HALF_EVEN);
    }

    private void take(Cause cause, BigDecimal amount) {
        causes.merge(cause, amount, BigDecimal::add);
        left = left.subtract(amount);
    }
}
