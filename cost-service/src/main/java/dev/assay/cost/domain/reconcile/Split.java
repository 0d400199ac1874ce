package dev.assay.cost.domain.reconcile;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * A difference and its causes. The causes and what is unexplained add up to {@link #difference()} to the last digit.
 *
 * @param computed the list cost when the bill was imported
 * @param billed what the bill asks for
 * @param causes those that are not 0
 */
public record Split(BigDecimal computed, BigDecimal billed, Map<Cause, BigDecimal> causes, BigDecimal unexplained) {
    /** Nothing computed, nothing billed. */
    public static final Split NONE = new Split(BigDecimal.ZERO, BigDecimal.ZERO, Map.of(), BigDecimal.ZERO);

    public Split {
        EnumMap<Cause, BigDecimal> kept = new EnumMap<>(Cause.class);
        causes.forEach((cause, amount) -> {
            if (amount.signum() != 0) {
                kept.put(cause, amount);
            }
        });
        causes = Collections.unmodifiableMap(kept);
        BigDecimal told = causes.values().stream().reduce(unexplained, BigDecimal::add);
        if (told.compareTo(billed.subtract(computed)) != 0) {
            throw new IllegalArgumentException("causes add up to " + told + ", not to " + billed + " - " + computed);
        }
    }

    /** Billed less computed. */
    public BigDecimal difference() {
        return billed.subtract(computed);
    }

    /** Both together. */
    public Split plus(Split other) {
        EnumMap<Cause, BigDecimal> sum = new EnumMap<>(Cause.class);
        sum.putAll(causes);
        other.causes.forEach((cause, amount) -> sum.merge(cause, amount, BigDecimal::add));
        return new Split(
                computed.add(other.computed), billed.add(other.billed), sum, unexplained.add(other.unexplained));
    }
}
