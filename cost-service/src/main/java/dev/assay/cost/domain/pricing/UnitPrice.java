package dev.assay.cost.domain.pricing;

import java.math.BigDecimal;

/** The price of one unit, and the name of the rate it came from. */
record UnitPrice(String rate, BigDecimal price) {

    UnitPrice {
        price = Decimals.trimmed(price);
    }

    UnitPrice times(String multiplierName, BigDecimal multiplier) {
        return new UnitPrice(rate + " x " + multiplierName, price.multiply(multiplier));
    }
}
