package dev.assay.cost.api.bill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.cost.domain.reconcile.BilledLine;
import dev.assay.cost.domain.reconcile.BilledPart;
import dev.assay.cost.domain.reconcile.BilledTier;
import dev.assay.cost.domain.reconcile.Cell;
import dev.assay.cost.domain.reconcile.ChargeKind;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Anthropic's cost report, by its API reference ("Get Cost Report"): {@code amount} is decimal text in the currency's lowest
 * unit, so "123.45" in USD is 1.2345 dollars; model, token type and tier are told when grouped by description. The report
 * leaves out what is spent on the priority tier.
 */
final class AnthropicCostReport {
    private static final String PROVIDER = "anthropic";
    private static final int DIGITS_OF_A_CENT = 2;

    private AnthropicCostReport() {}

    static void json(String body, BillRequest request, BillDraft draft) {
        ReportPage.each(body, draft, AnthropicCostReport::day, (day, result) -> {
            BillValues.currency("currency", result.path("currency").asText(), request.currency());
            BigDecimal amount =
                    BillValues.amount("amount", result.path("amount").asText()).movePointLeft(DIGITS_OF_A_CENT);
            JsonNode model = result.path("model");
            draft.add(BilledLine.of(
                    day,
                    request.provider(PROVIDER),
                    model.isTextual() ? BillValues.name("model", model.asText()) : null,
                    amount.signum() < 0 ? ChargeKind.CREDIT : ChargeKind.USAGE,
                    new Cell(tier(result), part(result)),
                    amount,
                    Math.max(0, amount.scale())));
        });
    }

    private static LocalDate day(JsonNode bucket) {
        return BillValues.wholeDay(
                "starting_at",
                BillValues.time("starting_at", bucket.path("starting_at").asText()),
                bucket.path("ending_at").isTextual()
                        ? BillValues.time("ending_at", bucket.path("ending_at").asText())
                        : null);
    }

    /** Whether it is for tokens; what is not (searches, code execution) names no model, tier or token type. */
    private static boolean ofTokens(JsonNode result) {
        JsonNode type = result.path("cost_type");
        return !type.isTextual() || type.asText().equals("tokens");
    }

    private static BilledTier tier(JsonNode result) {
        JsonNode tier = result.path("service_tier");
        if (!tier.isTextual()) {
            return ofTokens(result) ? BilledTier.UNKNOWN : BilledTier.STANDARD;
        }
        return tier.asText().equals("standard") ? BilledTier.STANDARD : BilledTier.OTHER;
    }

    private static BilledPart part(JsonNode result) {
        return switch (result.path("token_type").asText()) {
            case "uncached_input_tokens" -> BilledPart.INPUT;
            case "output_tokens" -> BilledPart.OUTPUT;
            case "cache_read_input_tokens",
                    "cache_creation.ephemeral_5m_input_tokens",
                    "cache_creation.ephemeral_1h_input_tokens" -> BilledPart.CACHE;
            default -> ofTokens(result) ? BilledPart.UNKNOWN : BilledPart.OTHER;
        };
    }
}
