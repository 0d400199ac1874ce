package dev.assay.cost.api.bill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.cost.domain.reconcile.BilledLine;
import dev.assay.cost.domain.reconcile.ChargeKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's costs, by its API reference ("Costs", object {@code organization.costs.result}): {@code amount.value}, a number or
 * decimal text, in whole units of {@code amount.currency}, and, when grouped so, {@code line_item}. A bucket is a UTC day.
 */
final class OpenAiCosts {
    private static final String PROVIDER = "openai";

    private OpenAiCosts() {}

    static void json(String body, BillRequest request, BillDraft draft) {
        ReportPage.each(body, draft, OpenAiCosts::day, (day, result) -> {
            JsonNode amount = result.path("amount");
            JsonNode item = result.path("line_item");
            BillValues.currency("amount.currency", amount.path("currency").asText(), request.currency());
            draft.add(line(
                    day,
                    item.isTextual() ? item.asText() : null,
                    BillValues.amount("amount.value", amount.path("value").asText()),
                    request));
        });
    }

    static void csv(String body, BillRequest request, BillDraft draft) {
        for (CsvRecords.Line record : CsvRecords.read(
                body, BillFormat.MOST_LINES, List.of("start_time", "amount_value", "amount_currency"))) {
            LocalDate day = day(record.get("start_time"), record.find("end_time"));
            draft.covers(day);
            String amount = record.find("amount_value");
            if (amount == null) {
                continue; // a day on which nothing was billed
            }
            BillValues.currency("amount_currency", record.get("amount_currency"), request.currency());
            draft.add(line(day, record.find("line_item"), BillValues.amount("amount_value", amount), request));
        }
    }

    private static LocalDate day(JsonNode bucket) {
        JsonNode end = bucket.path("end_time");
        return day(bucket.path("start_time").asText(), end.isMissingNode() || end.isNull() ? null : end.asText());
    }

    private static LocalDate day(String start, @Nullable String end) {
        Instant from = BillValues.seconds("start_time", start);
        return BillValues.wholeDay("start_time", from, end == null ? null : BillValues.seconds("end_time", end));
    }

    private static BilledLine line(LocalDate day, @Nullable String text, BigDecimal amount, BillRequest request) {
        OpenAiLineItem item = OpenAiLineItem.of(text);
        return BilledLine.of(
                day,
                request.provider(PROVIDER),
                item.model(),
                amount.signum() < 0 ? ChargeKind.CREDIT : ChargeKind.USAGE,
                item.cell(),
                amount,
                Math.max(0, amount.scale()));
    }
}
