package dev.assay.cost.api.bill;

import dev.assay.cost.domain.reconcile.BilledLine;
import dev.assay.cost.domain.reconcile.BilledPart;
import dev.assay.cost.domain.reconcile.BilledTier;
import dev.assay.cost.domain.reconcile.Cell;
import dev.assay.cost.domain.reconcile.ChargeKind;
import dev.assay.platform.web.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A data set by the FinOps Open Cost and Usage Specification 1.2, whose columns {@code BilledCost}, {@code BillingCurrency},
 * {@code ChargeCategory}, {@code ChargePeriodStart} (UTC) and {@code ServiceName} are mandatory. It has no column for a
 * model: the caller names the one that tells it, if one does.
 */
final class FocusBill {
    private static final List<String> COLUMNS =
            List.of("BilledCost", "BillingCurrency", "ChargeCategory", "ChargePeriodStart", "ServiceName");

    private FocusBill() {}

    static List<BilledLine> csv(String body, BillRequest request) {
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
        List<BilledLine> lines = new ArrayList<>();
        for (CsvRecords.Line record : CsvRecords.read(body, BillFormat.MOST_LINES, columns)) {
            if (!request.services().contains(record.get("ServiceName"))) {
                continue;
            }
            BillValues.currency("BillingCurrency", record.get("BillingCurrency"), request.currency());
            BigDecimal amount = BillValues.amount("BilledCost", record.get("BilledCost"));
            String model = modelColumn == null ? null : record.find(modelColumn);
            lines.add(BilledLine.of(
                    BillValues.day("ChargePeriodStart", record.get("ChargePeriodStart")),
                    provider,
                    model == null ? null : BillValues.name("model_column", model),
                    kind(record.get("ChargeCategory")),
                    new Cell(BilledTier.UNKNOWN, BilledPart.UNKNOWN),
                    amount,
                    Math.max(0, amount.scale())));
        }
        return lines;
    }

    private static ChargeKind kind(String category) {
        return switch (category.toLowerCase(Locale.ROOT)) {
            case "usage" -> ChargeKind.USAGE;
            case "credit", "adjustment" -> ChargeKind.CREDIT;
            case "tax", "purchase" -> ChargeKind.FEE;
            default ->
                throw Problem.unprocessable(
                        "ChargeCategory",
                        "must be Usage, Purchase, Tax, Credit or Adjustment, got: " + BillValues.shown(category));
        };
    }
}
