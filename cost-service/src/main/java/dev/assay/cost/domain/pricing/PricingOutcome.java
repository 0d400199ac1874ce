package dev.assay.cost.domain.pricing;

import java.math.BigDecimal;
import java.util.List;

/** What pricing a call came to: a bill, or the reason why there is none. */
public sealed interface PricingOutcome {

    /** The call's list cost, class by class; the charges' amounts sum to it exactly. */
    record Priced(List<Charge> charges, BigDecimal listCost) implements PricingOutcome {
        public Priced {
            charges = List.copyOf(charges);
        }

        static Priced of(List<Charge> charges) {
            BigDecimal sum = BigDecimal.ZERO;
            for (Charge charge : charges) {
                sum = sum.add(charge.amount());
            }
            return new Priced(charges, Decimals.trimmed(sum));
        }

        /** A call that the provider does not bill. */
        public static Priced free() {
            return new Priced(List.of(), BigDecimal.ZERO);
        }
    }

    /**
     * The call's cost is not known, which is not the same as nothing.
     *
     * @param detail what was missing: the model's name, the class or the unit
     */
    record Unpriced(UnpricedReason reason, String detail) implements PricingOutcome {}
}
