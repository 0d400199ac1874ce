package dev.assay.cost.api;

import dev.assay.cost.app.PricedCall;
import dev.assay.cost.domain.pricing.Charge;
import dev.assay.cost.domain.pricing.ChargeClass;
import dev.assay.cost.domain.pricing.Decimals;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as a <a href="https://focus.finops.org/focus-specification/v1-2/">FOCUS 1.2</a> data set: a row for each class
 * of each priced call.
 *
 * <p>Assay sees no invoice, so billed, effective and contracted cost are the list cost, and {@code x_CostBasis} says so. A call
 * without a price has one row without prices and with costs of 0, since the specification allows no null there;
 * {@code x_UnpricedReason} marks it, and totals of such a data set are a lower bound.
 */
final class FocusCsv {
    /** Columns of the specification, in its alphabetical order, then our own, as its naming rule for extensions asks. */
    static final List<String> COLUMNS = List.of(
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodEnd",
            "BillingPeriodStart",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ChargeFrequency",
            "ChargePeriodEnd",
            "ChargePeriodStart",
            "ConsumedQuantity",
            "ConsumedUnit",
            "ContractedCost",
            "ContractedUnitPrice",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "ListUnitPrice",
            "PricingCategory",
            "PricingQuantity",
            "PricingUnit",
            "ProviderName",
            "PublisherName",
            "ResourceId",
            "ServiceCategory",
            "ServiceName",
            "ServiceSubcategory",
            "SkuId",
            "SkuMeter",
            "SkuPriceId",
            "SubAccountId",
            "SubAccountName",
            "Tags",
            "x_CostBasis",
            "x_EventId",
            "x_PriceVersion",
            "x_UnpricedReason");

    private static final String LIST = "list";

    private FocusCsv() {}

    static String header() {
        return String.join(",", COLUMNS) + "\r\n";
    }

    /** A call's rows. */
    static String rows(String project, PricedCall call) {
        if (call.listCost() == null) {
            return row(project, call, null);
        }
        StringBuilder rows = new StringBuilder();
        call.charges().forEach(charge -> rows.append(row(project, call, charge)));
        return rows.toString();
    }

    private static String row(String project, PricedCall call, @Nullable Charge charge) {
        Instant start = Instant.EPOCH.plus(call.startMicros(), ChronoUnit.MICROS);
        Instant hour = start.truncatedTo(ChronoUnit.HOURS);
        LocalDate month = start.atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
        String cost = charge == null ? "0" : Decimals.text(charge.amount());
        String unitPrice = charge == null ? null : Decimals.text(charge.unitPrice());
        String quantity = charge == null ? null : Decimals.text(charge.quantity());
        String unit = charge == null ? null : unit(charge.chargeClass());
        String meter = charge == null ? null : charge.chargeClass().label();
        String model = call.dimensions().getModel();
        String provider = call.dimensions().getProvider().isEmpty()
                ? "unknown"
                : call.dimensions().getProvider();
        String sku = charge == null ? null : call.priceKey() + "/" + meter;
        return new CsvLine()
                .own(cost)
                .text(project)
                .text(project)
                .own(call.currency())
                .own(midnight(month.plusMonths(1)))
                .own(midnight(month))
                .own("Usage")
                .own(null)
                .text(meter == null ? model + ", no price" : model + ", " + meter.replace('_', ' '))
                .own("Usage-Based")
                .own(hour.plus(Duration.ofHours(1)))
                .own(hour)
                .own(quantity)
                .own(unit)
                .own(cost)
                .own(unitPrice)
                .own(cost)
                .text(provider)
                .own(cost)
                .own(unitPrice)
                .own(charge == null ? null : "Standard")
                .own(quantity)
                .own(unit)
                .text(provider)
                .text(provider)
                .text(model)
                .own("AI and Machine Learning")
                .text(provider)
                .own("Generative AI")
                .text(sku)
                .own(meter)
                .text(charge == null ? null : call.priceVersion() + "/" + call.priceKey() + "/" + charge.rate())
                .text(call.dimensions().getApp())
                .text(call.dimensions().getApp())
                .own(tags(call))
                .own(LIST)
                .text(call.eventId())
                .own(call.priceVersion())
                .own(call.unpricedReason())
                .end();
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static String unit(ChargeClass chargeClass) {
        return switch (chargeClass) {
            case INPUT_SECONDS, OUTPUT_VIDEO_SECONDS -> "Seconds";
            case INPUT_CHARACTERS -> "Characters";
            case IMAGES -> "Images";
            case QUERIES, WEB_SEARCHES -> "Queries";
            case PAGES -> "Pages";
            case REQUESTS -> "Requests";
            default -> "Tokens";
        };
    }

    /** The specification's key-value format: one JSON object of texts. */
    private static String tags(PricedCall call) {
        Map<String, String> tags = new TreeMap<>();
        tags.put("environment", call.dimensions().getEnvironment());
        tags.put("endpoint", call.dimensions().getEndpoint());
        tags.put("variant", call.dimensions().getVariant());
        tags.put("prompt_version", call.dimensions().getPromptVersion());
        tags.put("user_id", call.billing().getUserId());
        tags.put("task_id", call.billing().getTaskId());
        tags.values().removeIf(String::isEmpty);
        return JsonText.object(tags);
    }
}
