package dev.assay.alert.domain.rule;

import java.util.Arrays;
import java.util.Optional;

/** How a value is held against a threshold. */
public enum Comparison {
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    LESS_OR_EQUAL("<=");

    private final String symbol;

    Comparison(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    /** Whether {@code value} is on the wrong side of {@code threshold}. */
    public boolean holds(double value, double threshold) {
        return switch (this) {
            case GREATER -> value > threshold;
            case GREATER_OR_EQUAL -> value >= threshold;
            case LESS -> value < threshold;
            case LESS_OR_EQUAL -> value <= threshold;
        };
    }

    /** Whether what is too large is wrong, rather than what is too small. */
    public boolean isUpper() {
        return this == GREATER || this == GREATER_OR_EQUAL;
    }

    public static Optional<Comparison> ofSymbol(String symbol) {
        return Arrays.stream(values())
                .filter(comparison -> comparison.symbol.equals(symbol))
                .findFirst();
    }
}
