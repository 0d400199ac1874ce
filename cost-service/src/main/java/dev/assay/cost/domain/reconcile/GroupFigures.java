package dev.assay.cost.domain.reconcile;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Both sides of a day, provider and model, gathered line by line. */
final class GroupFigures {
    private final Map<Cell, BigDecimal> billed = new HashMap<>();
    private final Map<Cell, BigDecimal> computed = new HashMap<>();
    private BigDecimal credits = BigDecimal.ZERO;
    private BigDecimal fees = BigDecimal.ZERO;
    private BigDecimal roundingBound = BigDecimal.ZERO;
    private BigDecimal computedAtImport = BigDecimal.ZERO;
    private boolean tiersTold = true;
    private boolean partsTold = true;
    private long calls;
    private long unpricedCalls;
    private long tokens;
    private long unpricedTokens;

    void add(BilledLine line) {
        switch (line.kind()) {
            case CREDIT -> credits = credits.add(line.amount());
            case FEE -> fees = fees.add(line.amount());
            case USAGE -> {
                billed.merge(line.cell(), line.amount(), BigDecimal::add);
                roundingBound = roundingBound.add(line.roundingBound());
                tiersTold &= line.cell().tier() != BilledTier.UNKNOWN;
                partsTold &= line.cell().part() != BilledPart.UNKNOWN;
            }
        }
    }

    void add(ComputedGroup group) {
        group.costs().forEach((cell, cost) -> computed.merge(cell, cost, BigDecimal::add));
        calls += group.calls();
        unpricedCalls += group.unpricedCalls();
        tokens += group.tokens();
        unpricedTokens += group.unpricedTokens();
    }

    void add(ComputedCost atImport) {
        computedAtImport = computedAtImport.add(atImport.cost());
    }

    /** Billed less computed by cell, as finely as every line of the bill tells it. */
    Map<Cell, BigDecimal> differences() {
        Map<Cell, BigDecimal> differences = new HashMap<>();
        billed.forEach((cell, amount) -> differences.merge(cell.coarse(tiersTold, partsTold), amount, BigDecimal::add));
        computed.forEach((cell, amount) ->
                differences.merge(cell.coarse(tiersTold, partsTold), amount.negate(), BigDecimal::add));
        return differences;
    }

    BigDecimal billedUsage() {
        return sum(billed);
    }

    BigDecimal computedNow() {
        return sum(computed);
    }

    BigDecimal computedAtImport() {
        return computedAtImport;
    }

    BigDecimal credits() {
        return credits;
    }

    BigDecimal fees() {
        return fees;
    }

    BigDecimal roundingBound() {
        return roundingBound;
    }

    long calls() {
        return calls;
    }

    long unpricedCalls() {
        return unpricedCalls;
    }

    long tokens() {
        return tokens;
    }

    long unpricedTokens() {
        return unpricedTokens;
    }

    private static BigDecimal sum(Map<Cell, BigDecimal> amounts) {
        return amounts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
