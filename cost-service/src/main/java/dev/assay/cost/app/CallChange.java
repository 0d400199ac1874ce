package dev.assay.cost.app;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.contracts.common.v1.Decimal;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.cost.app.LedgerEntry.Details;
import dev.assay.cost.domain.pricing.Decimals;
import dev.assay.cost.domain.pricing.PriceBook;
import dev.assay.cost.domain.pricing.PricingOutcome.Priced;
import dev.assay.cost.domain.pricing.Usage;
import dev.assay.cost.domain.spend.Contribution;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * One checked record of {@code llm.calls.v1}: a call as it is now, or that it no longer counts.
 *
 * @param call null when the call is withdrawn
 */
public record CallChange(
        CallKey key,
        String eventId,
        CallRevision revision,
        @Nullable Call call,
        Usage usage) {
    /** Days that a ledger can have: 2000-01-01 to 2099-12-31. */
    private static final int FIRST_DAY = 10_957;

    private static final int LAST_DAY = 47_481;

    /**
     * The change of a record's value.
     *
     * @throws IllegalArgumentException if it cannot be accounted; the message says why
     */
    public static CallChange parse(byte[] value) {
        CallRevised revised;
        try {
            revised = CallRevised.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no CallRevised: " + e.getMessage(), e);
        }
        String tenant = revised.getEnvelope().getTenant();
        String eventId = revised.getEnvelope().getEventId();
        if (tenant.isEmpty() || eventId.isEmpty()) {
            throw new IllegalArgumentException("envelope must have tenant and event_id");
        }
        int day = revised.getLedgerDay();
        if (day < FIRST_DAY || day > LAST_DAY) {
            throw new IllegalArgumentException("ledger_day must be " + FIRST_DAY + " to " + LAST_DAY + ", got: " + day);
        }
        CallKey key = CallKey.of(tenant, day, eventId);
        CallRevision revision = CallRevision.of(revised.getRevision());
        return switch (revised.getStateCase()) {
            case CALL -> of(key, eventId, revision, revised.getCall());
            case WITHDRAWN ->
                new CallChange(key, eventId, revision, null, Usage.builder().build());
            case STATE_NOT_SET -> throw new IllegalArgumentException("state must be call or withdrawn");
        };
    }

    /** Whose record it is, as far as it tells; empty if it does not. */
    public static String tenantOf(byte[] value) {
        try {
            return CallRevised.parseFrom(value).getEnvelope().getTenant();
        } catch (InvalidProtocolBufferException e) {
            return "";
        }
    }

    private static CallChange of(CallKey key, String eventId, CallRevision revision, Call call) {
        if (!call.hasStartTimeUs()) {
            throw new IllegalArgumentException("call must have start_time_us");
        }
        Usage usage = CallUsage.of(call);
        usage.totalTokens(); // overflows here, where the record can still be refused
        return new CallChange(key, eventId, revision, call, usage);
    }

    /** The ledger's row: priced by the book if the call counts. */
    LedgerEntry entry(PriceBook book, String currency) {
        if (call == null) {
            return new LedgerEntry(key, eventId, revision, null);
        }
        Bill bill = PriceCall.price(book, key.tenant(), currency, call, usage);
        Contribution contribution = new Contribution(
                dimensions(call),
                call.getStartTimeUs(),
                call.getUserId().isEmpty() ? null : CallKey.userHash(key.tenant(), call.getUserId()),
                usage.totalTokens(),
                bill.outcome() instanceof Priced priced ? priced.listCost() : null,
                reportedCost(call, bill.currency()));
        return new LedgerEntry(key, eventId, revision, new Details(billingOf(call), bill, contribution));
    }

    /** The series that the call counts under, as ingest's ledger set it. */
    private static Dimensions dimensions(Call call) {
        if (call.hasDimensions()) {
            return call.getDimensions();
        }
        return Dimensions.newBuilder()
                .setEnvironment(call.getEnvironment())
                .setApp(call.getApp())
                .setEndpoint(call.getEndpoint())
                .setProvider(call.getProvider())
                .setModel(PriceCall.modelOf(call))
                .setVariant(call.getVariant())
                .setPromptVersion(call.getPromptVersion())
                .build();
    }

    /** A reported zero beside tokens means that the sender had no price; another currency does not add up with ours. */
    private @Nullable BigDecimal reportedCost(Call reporting, String currency) {
        if (!reporting.hasReportedCost()) {
            return null;
        }
        BigDecimal cost = decimal(reporting.getReportedCost());
        boolean unknown = cost.signum() == 0 && usage.totalTokens() > 0;
        boolean sameCurrency = reporting.getReportedCostCurrency().isEmpty()
                || reporting.getReportedCostCurrency().equals(currency);
        return unknown || !sameCurrency ? null : Decimals.trimmed(cost);
    }

    private static BigDecimal decimal(Decimal value) {
        byte[] unscaled = value.getUnscaled().toByteArray();
        return new BigDecimal(unscaled.length == 0 ? BigInteger.ZERO : new BigInteger(unscaled), value.getScale());
    }

    /** What is needed to price the call again, without content. */
    private static Call billingOf(Call call) {
        Call.Builder billing = call.toBuilder()
                .clearEnvelope()
                .clearDimensions()
                .clearSystem()
                .clearInput()
                .clearOutput()
                .clearContext()
                .clearToolCalls()
                .clearMetadata()
                .clearRequestParams()
                .clearTags()
                .clearTruncated()
                .clearAnomalies()
                .clearErrorMessage()
                .clearErrorType()
                .clearFinishReasons()
                .clearSessionId()
                .clearTraceId()
                .clearSpanId()
                .clearParentSpanId()
                .clearScopeName()
                .clearScopeVersion()
                .clearDialect()
                .clearSdkLanguage()
                .clearProviderRaw()
                .clearResponseId()
                .clearRelease()
                .clearPromptName();
        CallUsage.PRICING_PARAMETERS.forEach(name -> {
            String told = CallUsage.told(call, name);
            if (!told.isEmpty()) {
                billing.putRequestParams(name, told);
            }
        });
        return billing.build();
    }
}
