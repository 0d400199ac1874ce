package dev.assay.cost.api.bill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.cost.domain.reconcile.BilledLine;
import dev.assay.cost.domain.reconcile.BilledPart;
import dev.assay.cost.domain.reconcile.BilledTier;
import dev.assay.cost.domain.reconcile.Cell;
import dev.assay.cost.domain.reconcile.ChargeKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's costs, by its API reference ("Costs", object {@code organization.costs.result}): {@code amount.value} in
 * {@code amount.currency}, and, when grouped so, {@code line_item}.
 *
 * <p>The reference leaves open how a line item is written. What comes before its last comma is taken for the model and what
 * comes after it for the part of it; one without a comma is taken for a model.
 */
final class OpenAiCosts {
    private static final String PROVIDER = "openai";

    private OpenAiCosts() {}

    static List<BilledLine> json(String body, BillRequest request) {
        List<BilledLine> lines = new ArrayList<>();
        ReportPage.each(body, (bucket, result) -> {
            JsonNode amount = result.path("amount");
            JsonNode item = result.path("line_item");
            BillValues.currency("amount.currency", amount.path("currency").asText(), request.currency());
            lines.add(line(
                    BillValues.dayOfSeconds(
                            "start_time", bucket.path("start_time").asText()),
                    item.isTextual() ? item.asText() : null,
                    BillValues.amount("amount.value", amount.path("value").asText()),
                    request));
        });
        return lines;
    }

    static List<BilledLine> csv(String body, BillRequest request) {
        List<BilledLine> lines = new ArrayList<>();
        for (CsvRecords.Line record : CsvRecords.read(
                body, BillFormat.MOST_LINES, List.of("start_time", "amount_value", "amount_currency"))) {
            String amount = record.find("amount_value");
            if (amount == null) {
                continue; // a day on which nothing was billed
            }
            BillValues.currency("amount_currency", record.get("amount_currency"), request.currency());
            lines.add(line(
                    BillValues.dayOfSeconds("start_time", record.get("start_time")),
                    record.find("line_item"),
                    BillValues.amount("amount_value", amount),
                    request));
        }
        return lines;
    }

    private static BilledLine line(LocalDate day, @Nullable String item, BigDecimal amount, BillRequest request) {
        int comma = item == null ? -1 : item.lastIndexOf(',');
        String model = item == null ? null : BillValues.name("line_item", comma < 0 ? item : item.substring(0, comma));
        BilledPart part = item == null || comma < 0 ? BilledPart.UNKNOWN : part(item.substring(comma + 1));
        return BilledLine.of(
                day,
                request.provider(PROVIDER),
                model,
                amount.signum() < 0 ? ChargeKind.CREDIT : ChargeKind.USAGE,
                new Cell(BilledTier.UNKNOWN, part),
                amount,
                Math.max(0, amount.scale()));
    }

    private static BilledPart part(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "input" -> BilledPart.INPUT;
            case "cached input" -> BilledPart.CACHE;
            case "output" -> BilledPart.OUTPUT;
            default -> BilledPart.UNKNOWN;
        };
    }
}
