package dev.assay.cost.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.cost.app.PricedCall;
import dev.assay.cost.domain.pricing.Charge;
import dev.assay.cost.domain.pricing.Decimals;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer for one call: the ledger's row, class by class. The amounts of {@code classes} sum to {@code list_cost}.
 *
 * @param priceMatch how the model's name led to the price
 * @param priceAssumed the call is older than the first known price, which was taken for it
 * @param reportedCost what the sender said, whatever we make of it
 */
@RegisterForReflection
record PricedCallView(
        @JsonProperty("event_id") String eventId,
        @JsonProperty("start_time") Instant startTime,
        @Nullable String environment,
        @Nullable String app,
        @Nullable String endpoint,
        @Nullable String provider,
        @JsonProperty("request_model") @Nullable String requestModel,
        @JsonProperty("response_model") @Nullable String responseModel,
        @JsonProperty("service_tier") @Nullable String serviceTier,
        @JsonProperty("user_id") @Nullable String userId,
        @JsonProperty("task_id") @Nullable String taskId,
        @JsonProperty("list_cost") @Nullable String listCost,
        String currency,
        @JsonProperty("price_version") @Nullable String priceVersion,
        @JsonProperty("price_key") @Nullable String priceKey,
        @JsonProperty("price_match") @Nullable String priceMatch,
        @JsonProperty("price_assumed") boolean priceAssumed,
        @JsonProperty("unpriced_reason") @Nullable String unpricedReason,
        @JsonProperty("unpriced_detail") @Nullable String unpricedDetail,
        List<Line> classes,
        @JsonProperty("reported_cost") @Nullable String reportedCost,
        @JsonProperty("reported_cost_currency") @Nullable String reportedCostCurrency) {

    /** One class of what the call used. {@code rate} is the price list's name of the unit price. */
    @RegisterForReflection
    record Line(
            @JsonProperty("class") String chargeClass,
            BigDecimal quantity,
            @JsonProperty("unit_price") String unitPrice,
            String rate,
            String amount) {}

    static PricedCallView of(PricedCall call) {
        Call told = call.billing();
        String listCost = call.listCost() == null ? null : Decimals.text(call.listCost());
        return new PricedCallView(
                call.eventId(),
                Instant.EPOCH.plus(call.startMicros(), ChronoUnit.MICROS),
                given(call.dimensions().getEnvironment()),
                given(call.dimensions().getApp()),
                given(call.dimensions().getEndpoint()),
                given(told.getProvider()),
                given(told.getRequestModel()),
                given(told.getResponseModel()),
                given(told.getServiceTier()),
                given(told.getUserId()),
                given(told.getTaskId()),
                listCost,
                call.currency(),
                call.priceVersion(),
                call.priceKey(),
                call.priceMatch(),
                call.priceAssumed(),
                call.unpricedReason(),
                call.unpricedDetail(),
                call.charges().stream().map(PricedCallView::line).toList(),
                told.hasReportedCost() ? reportedCost(told) : null,
                told.hasReportedCost() ? reportedCurrency(told, call.currency()) : null);
    }

    private static Line line(Charge charge) {
        return new Line(
                charge.chargeClass().label(),
                Decimals.trimmed(charge.quantity()),
                Decimals.text(charge.unitPrice()),
                charge.rate(),
                Decimals.text(charge.amount()));
    }

    private static String reportedCost(Call told) {
        byte[] unscaled = told.getReportedCost().getUnscaled().toByteArray();
        BigInteger digits = unscaled.length == 0 ? BigInteger.ZERO : new BigInteger(unscaled);
        return Decimals.text(new BigDecimal(digits, told.getReportedCost().getScale()));
    }

    private static String reportedCurrency(Call told, String ofProject) {
        return told.getReportedCostCurrency().isEmpty() ? ofProject : told.getReportedCostCurrency();
    }

    private static @Nullable String given(String value) {
        return value.isEmpty() ? null : value;
    }
}
