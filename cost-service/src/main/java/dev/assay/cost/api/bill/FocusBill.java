package dev.assay.cost.api.bill;

import dev.assay.cost.domain.reconcile.BilledLine;
import dev.assay.cost.domain.reconcile.BilledPart;
import dev.assay.cost.domain.reconcile.BilledTier;
import dev.assay.cost.domain.reconcile.Cell;
import dev.assay.cost.domain.reconcile.ChargeKind;
import dev.assay.platform.web.Problem;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A data set by the FinOps Open Cost and Usage Specification 1.2, whose columns {@code BilledCost} (what the invoice asks for;
 * {@code EffectiveCost} spreads over time what was bought ahead), {@code BillingCurrency}, {@code ChargeCategory}, {@code
 * ChargePeriodStart}, {@code ChargePeriodEnd} (UTC) and {@code ServiceName} are mandatory. {@code ChargeClass} marks corrections
 * of earlier bills. It has no column for a model: the caller names the one that tells it, if one does.
 */
final class FocusBill {
    private static final List<String> COLUMNS = List.of(
            "BilledCost", "BillingCurrency", "ChargeCategory", "ChargePeriodStart", "ChargePeriodEnd", "ServiceName");

    private FocusBill() {}

    static void csv(String body, BillRequest request, BillDraft draft) {
        String provider = request.provider();
        if (provider == null) {
            throw Problem.badRequest("provider", "must be given: the ledger's name of who sends this bill");
        }
        if (request.services().isEmpty()) {
            throw Problem.badRequest("service", "must name the services of the bill that calls are made to");
        }
        String modelColumn = request.modelColumn();
        List<String> columns = new ArrayList<>(COLUMNS);
        if (modelColumn != null) {
            columns.add(modelColumn);
        }
        for (CsvRecords.Line record : CsvRecords.read(body, BillFormat.MOST_LINES, columns)) {
            if (request.services().contains(record.get("ServiceName"))) {
                draft.add(line(record, provider, request));
            }
        }
    }

    private static BilledLine line(CsvRecords.Line record, String provider, BillRequest request) {
        BillValues.currency("BillingCurrency", record.get("BillingCurrency"), request.currency());
        BigDecimal amount = BillValues.amount("BilledCost", record.get("BilledCost"));
        String modelColumn = request.modelColumn();
        String model = modelColumn == null ? null : record.find(modelColumn);
        ChargeKind kind = kind(record.get("ChargeCategory"), record.find("ChargeClass"));
        return BilledLine.of(
                day(record, kind),
                provider,
                model == null ? null : BillValues.name("model_column", model),
                kind,
                new Cell(BilledTier.UNKNOWN, BilledPart.UNKNOWN),
                amount,
                Math.max(0, amount.scale()));
    }

    /** The day on which the charge's period begins, which usage must not leave: it is compared with that day's calls. */
    private static LocalDate day(CsvRecords.Line record, ChargeKind kind) {
        Instant start = BillValues.time("ChargePeriodStart", record.get("ChargePeriodStart"));
        Instant end = BillValues.time("ChargePeriodEnd", record.get("ChargePeriodEnd"));
        LocalDate day = BillValues.day(start);
        if (kind == ChargeKind.USAGE
                && end.isAfter(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())) {
            throw Problem.unprocessable(
                    "ChargePeriodEnd", "must be within the UTC day of the start for usage: export by the day or hour");
        }
        return day;
    }

    private static ChargeKind kind(String category, @Nullable String chargeClass) {
        boolean correction = "correction".equalsIgnoreCase(chargeClass);
        return switch (category.toLowerCase(Locale.ROOT)) {
            case "usage" -> correction ? ChargeKind.CREDIT : ChargeKind.USAGE;
            case "credit", "adjustment" -> ChargeKind.CREDIT;
            case "tax", "purchase" -> ChargeKind.FEE;
            default ->
                throw Problem.unprocessable(
                        "ChargeCategory",
                        "must be Usage, Purchase, Tax, Credit or Adjustment, got: " + BillValues.shown(category));
        };
    }
}
