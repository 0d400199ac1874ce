package dev.assay.cost.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.common.v1.Revision;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.contracts.llm.v1.Withdrawn;
import dev.assay.cost.domain.pricing.Decimals;
import dev.assay.cost.domain.pricing.PriceBook;
import dev.assay.cost.domain.pricing.PricingOutcome.Priced;
import dev.assay.cost.domain.pricing.PricingOutcome.Unpriced;
import dev.assay.cost.domain.pricing.ShippedPrices;
import dev.assay.cost.domain.pricing.UnpricedReason;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PriceCallTest {
    private static final PriceBook BOOK = new PriceBook(List.of(ShippedPrices.CATALOGUE), List.of());
    private static final long SEPTEMBER = Instant.parse("2026-09-15T12:00:00Z").toEpochMilli() * 1000;

    @Test
    void pricesByUsage() {
        Bill bill =
                price(call -> call.setInputTokens(1_000).setCacheReadTokens(400).setOutputTokens(100));

        assertThat(cost(bill)).isEqualTo("0.003"); // 600 x 0.0000025 + 400 x 0.00000125 + 100 x 0.00001
        assertThat(bill.priceKey()).isEqualTo("gpt-4o");
        assertThat(bill.priceVersion()).isEqualTo("2026-08-01");
        assertThat(bill.assumed()).isFalse();
    }

    @Test
    void saysWhenThePriceIsYoungerThanTheCall() {
        long july = Instant.parse("2026-07-01T00:00:00Z").toEpochMilli() * 1000;

        assertThat(price(call -> call.setInputTokens(1).setStartTimeUs(july)).assumed())
                .isTrue();
    }

    @Test
    void aFailureWithoutUsageIsNotBilled() {
        Bill bill = price(call -> call.setStatus(Status.STATUS_ERROR).setErrorClass("rate_limit"));

        assertThat(bill.outcome()).isEqualTo(Priced.free());
        assertThat(bill.priceKey()).isNull();
        assertThat(price(call -> call.setStatus(Status.STATUS_ERROR).setRequestModel("unheard-of"))
                        .outcome())
                .isEqualTo(Priced.free()); // whatever the model costs
    }

    @Test
    void aFailureWithUsageIsBilledByIt() {
        assertThat(cost(price(call -> call.setStatus(Status.STATUS_ERROR)
                        .setErrorClass("timeout")
                        .setInputTokens(1_000))))
                .isEqualTo("0.0025");
    }

    @Test
    void aCancelledCallWithoutUsageIsUnpriced() {
        assertThat(price(call -> call.setStatus(Status.STATUS_ERROR).setErrorClass("cancelled"))
                        .outcome())
                .isEqualTo(new Unpriced(UnpricedReason.USAGE_MISSING, ""));
    }

    @Test
    void aSuccessWithoutUsageIsUnpriced() {
        assertThat(price(call -> {}).outcome()).isEqualTo(new Unpriced(UnpricedReason.USAGE_MISSING, ""));
    }

    @Test
    void anUnknownModelIsUnpricedWithItsName() {
        assertThat(price(call -> call.setRequestModel("unheard-of").setInputTokens(5))
                        .outcome())
                .isEqualTo(new Unpriced(UnpricedReason.UNKNOWN_MODEL, "unheard-of"));
        assertThat(price(call -> call.setRequestModel("").setInputTokens(5)).outcome())
                .isEqualTo(new Unpriced(UnpricedReason.NO_MODEL, ""));
        assertThat(price(call -> call.setProvider("github_copilot").setInputTokens(5))
                        .outcome())
                .isEqualTo(new Unpriced(UnpricedReason.NO_RATES, "github_copilot/gpt-4o"));
    }

    @Test
    void anotherCurrencyIsNotAddedUp() {
        assertThat(PriceCall.price(BOOK, "t", "EUR", call(call -> call.setInputTokens(5)), usage(5))
                        .outcome())
                .isEqualTo(new Unpriced(UnpricedReason.OTHER_CURRENCY, "USD"));
    }

    @Test
    void readsTotalsThatWereNotToldFromTheirParts() {
        assertThat(CallUsage.of(call(c -> c.setCacheReadTokens(10).setCacheWrite1HTokens(5)))
                        .inputTokens())
                .isEqualTo(15);
        assertThat(CallUsage.of(call(c -> c.setReasoningTokens(7))).outputTokens())
                .isEqualTo(7);
        assertThat(CallUsage.of(call(c -> c.setReasoningTokens(949).setOutputTokens(125)))
                        .outputTokens())
                .isEqualTo(1074); // more reasoning than output: told beside it
    }

    @Test
    void splitsCacheWritesByHowLongTheyLast() {
        var usage = CallUsage.of(
                call(c -> c.setInputTokens(100).setCacheWriteTokens(30).setCacheWrite1HTokens(20)));

        assertThat(usage.cacheWrite5mTokens()).isEqualTo(10);
        assertThat(usage.cacheWrite1hTokens()).isEqualTo(20);
    }

    @Test
    void takesRegionAndSpeedFromParametersOrMetadata() {
        var usage = CallUsage.of(call(c -> c.putRequestParams("speed", "fast").putMetadata("inference_geo", "US")));

        assertThat(usage.fast()).isTrue();
        assertThat(usage.region()).isEqualTo("us");
    }

    @Test
    void readsSecondsAsTheyWereWritten() {
        assertThat(CallUsage.of(call(c -> c.setInputSeconds(61.5))).inputSeconds())
                .isEqualByComparingTo("61.5");
        assertThat(CallUsage.of(call(c -> c.setInputSeconds(0.1 + 0.2))).inputSeconds())
                .isEqualByComparingTo("0.3");
    }

    @Test
    void refusesARecordThatCannotBeAccounted() {
        assertThatThrownBy(() -> CallChange.parse(new byte[] {1, 2, 3})).hasMessageContaining("no CallRevised");
        assertThatThrownBy(() -> CallChange.parse(revised().build().toByteArray()))
                .hasMessage("state must be call or withdrawn");
        assertThatThrownBy(() -> CallChange.parse(revised()
                        .setCall(call(c -> c.setInputTokens(-3)))
                        .build()
                        .toByteArray()))
                .hasMessage("inputTokens must be >= 0, got: -3");
        assertThatThrownBy(() -> CallChange.parse(revised()
                        .setCall(call(c -> c.setInputTokens(Long.MAX_VALUE).setOutputTokens(1)))
                        .build()
                        .toByteArray()))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> CallChange.parse(revised()
                        .setCall(call(c -> c.setInputSeconds(Double.NaN)))
                        .build()
                        .toByteArray()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CallChange.parse(revised()
                        .setLedgerDay(3)
                        .setWithdrawn(Withdrawn.getDefaultInstance())
                        .build()
                        .toByteArray()))
                .hasMessageStartingWith("ledger_day must be");
    }

    private static CallRevised.Builder revised() {
        return CallRevised.newBuilder()
                .setEnvelope(Envelope.newBuilder().setTenant("t").setEventId("e"))
                .setRevision(Revision.newBuilder().setPosition(1))
                .setLedgerDay(20_700);
    }

    private static Bill price(Consumer<Call.Builder> change) {
        Call call = call(change);
        return PriceCall.price(BOOK, "t", "USD", call, CallUsage.of(call));
    }

    private static Call call(Consumer<Call.Builder> change) {
        Call.Builder call = Call.newBuilder()
                .setProvider("openai")
                .setRequestModel("gpt-4o")
                .setStatus(Status.STATUS_OK)
                .setStartTimeUs(SEPTEMBER);
        change.accept(call);
        return call.build();
    }

    private static dev.assay.cost.domain.pricing.Usage usage(long tokens) {
        return CallUsage.of(call(c -> c.setInputTokens(tokens)));
    }

    private static String cost(Bill bill) {
        return Decimals.text(((Priced) bill.outcome()).listCost());
    }
}
