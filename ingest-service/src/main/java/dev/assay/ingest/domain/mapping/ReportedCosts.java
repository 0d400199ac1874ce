package dev.assay.ingest.domain.mapping;

import dev.assay.contracts.llm.v1.Call;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the sender believes the call cost. Kept apart from our own list cost.
 *
 * <p>A zero means that the SDK had no price, so it is unknown.
 */
final class ReportedCosts {
    private static final String US_DOLLAR = "USD";

    static void apply(SourceSpan source, Call.Builder call) {
        Attributes attributes = source.attributes();
        BigDecimal cost = ofLangfuse(source);
        if (cost == null) {
            cost = first(
                    attributes,
                    GenAiAttributes.GEN_AI_COST_TOTAL_COST,
                    GenAiAttributes.LLM_COST_TOTAL,
                    GenAiAttributes.GEN_AI_USAGE_COST);
        }
        if (cost == null) {
            cost = sum(attributes);
        }
        String currency = US_DOLLAR;
        if (cost == null) {
            String text = attributes.text(GenAiAttributes.GEN_AI_CLIENT_ESTIMATED_COST);
            int unit = text == null ? -1 : startOfUnit(text);
            if (text != null && unit > 0) {
                cost = Coercion.decimal(text.substring(0, unit));
                currency =
                        unit == text.length() ? US_DOLLAR : text.substring(unit).trim();
            }
        }
        if (cost != null && cost.signum() > 0 && currency.length() == 3) {
            call.setReportedCost(Amounts.toProto(cost));
            call.setReportedCostCurrency(currency);
        }
    }

    private static @Nullable BigDecimal ofLangfuse(SourceSpan source) {
        Map<?, ?> details = source.object(GenAiAttributes.LANGFUSE_OBSERVATION_COST_DETAILS);
        if (details == null) {
            return null;
        }
        BigDecimal total = Coercion.decimal(details.get("total"));
        if (total != null) {
            return total;
        }
        BigDecimal sum = null;
        for (Object part : details.values()) {
            BigDecimal amount = Coercion.decimal(part);
            if (amount != null) {
                sum = sum == null ? amount : sum.add(amount);
            }
        }
        return sum;
    }

    private static @Nullable BigDecimal first(Attributes attributes, GenAiAttributes... names) {
        for (GenAiAttributes name : names) {
            BigDecimal amount = Coercion.decimal(attributes.get(name));
            if (amount != null) {
                return amount;
            }
        }
        return null;
    }

    private static @Nullable BigDecimal sum(Attributes attributes) {
        BigDecimal input = Coercion.decimal(attributes.get(GenAiAttributes.GEN_AI_COST_INPUT_COST));
        BigDecimal output = Coercion.decimal(attributes.get(GenAiAttributes.GEN_AI_COST_OUTPUT_COST));
        if (input == null) {
            return output;
        }
        return output == null ? input : input.add(output);
    }

    private static int startOfUnit(String text) {
        int at = 0;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || ".-+eE".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        // an amount in euros must not read its E as an exponent
        while (at > 0 && !Character.isDigit(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private ReportedCosts() {}
}
