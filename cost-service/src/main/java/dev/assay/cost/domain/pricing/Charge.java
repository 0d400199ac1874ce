package dev.assay.cost.domain.pricing;

import java.math.BigDecimal;

/**
 * One line of a call's bill: so many units of one class at one price.
 *
 * @param rate the catalogue's name of the rate, with any multiplier that was applied
 * @param amount {@code quantity x unitPrice}, exact
 */
public record Charge(
        ChargeClass chargeClass, BigDecimal quantity, BigDecimal unitPrice, String rate, BigDecimal amount) {

    static Charge of(ChargeClass chargeClass, BigDecimal quantity, UnitPrice unit) {
        return new Charge(
                chargeClass, quantity, unit.price(), unit.rate(), Decimals.trimmed(quantity.multiply(unit.price())));
    }
}
