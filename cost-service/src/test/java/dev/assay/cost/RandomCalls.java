package dev.assay.cost;

import com.google.protobuf.ByteString;
import dev.assay.contracts.common.v1.Decimal;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.common.v1.Revision;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.contracts.llm.v1.Withdrawn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Calls with a known cost: an oracle of its own, with five prices copied by hand from the providers' pages, that shares no
 * code with the product.
 */
final class RandomCalls {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private final SplittableRandom random;
    private final Instant end;
    private final int days;

    RandomCalls(long seed, Instant end, int days) {
        this.random = new SplittableRandom(seed);
        this.end = end;
        this.days = days;
    }

    /** Dollars per million tokens. A null input price: nobody knows this model. */
    private record Model(
            String provider, String name, @Nullable String input, String cacheRead, String cacheWrite, String output) {}

    private static final List<Model> MODELS = List.of(
            new Model("openai", "gpt-4o", "2.5", "1.25", "2.5", "10"),
            new Model("openai", "gpt-4o-mini", "0.15", "0.075", "0.15", "0.6"),
            new Model("anthropic", "claude-haiku-4-5-20251001", "1", "0.1", "1.25", "5"),
            new Model("anthropic", "claude-opus-4-5-20251101", "5", "0.5", "6.25", "25"),
            new Model("acme", "house-model-7", null, "", "", ""));

    /**
     * One state of a call, and what it must come to.
     *
     * @param cost null when it must be unpriced
     * @param reported null when it must not count
     */
    record State(
            Call call,
            @Nullable BigDecimal cost,
            long tokens,
            @Nullable BigDecimal reported,
            boolean withdrawn) {
        String model() {
            return call.getResponseModel();
        }
    }

    /** A call and the states it goes through; the last one holds. */
    record Story(String eventId, int ledgerDay, List<State> states) {
        State last() {
            return states.get(states.size() - 1);
        }
    }

    List<Story> stories(int n) {
        List<Story> stories = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            List<State> states = new ArrayList<>();
            int revisions = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
            for (int k = 0; k < revisions; k++) {
                states.add(state(k > 0 && k == revisions - 1 && random.nextInt(4) == 0));
            }
            int day = (int) Math.floorDiv(states.get(0).call().getStartTimeUs(), 86_400_000_000L);
            stories.add(new Story("event-" + i, day, states));
        }
        return stories;
    }

    /** The record of one state; each revision comes through another partition, so its generation is higher. */
    static CallRevised record(String tenant, Story story, int k) {
        CallRevised.Builder record = CallRevised.newBuilder()
                .setEnvelope(Envelope.newBuilder().setTenant(tenant).setEventId(story.eventId()))
                .setRevision(Revision.newBuilder().setGeneration(k).setPosition(1000 - k))
                .setLedgerDay(story.ledgerDay());
        State state = story.states().get(k);
        return state.withdrawn()
                ? record.setWithdrawn(Withdrawn.newBuilder().setReason(Withdrawn.Reason.REASON_SUPERSEDED))
                        .build()
                : record.setCall(state.call()).build();
    }

    private State state(boolean withdrawn) {
        Model model = MODELS.get(random.nextInt(MODELS.size()));
        Instant start = end.minus(random.nextLong(days * 86_400_000L), ChronoUnit.MILLIS);
        Call.Builder call = Call.newBuilder()
                .setStartTimeUs(start.toEpochMilli() * 1000)
                .setCountable(true)
                .setProvider(model.provider())
                .setRequestModel(model.name())
                .setResponseModel(model.name())
                .setApp("app-" + random.nextInt(3))
                .setDimensions(Dimensions.newBuilder())
                .setStatus(Status.STATUS_OK);
        if (random.nextInt(10) > 0) {
            call.setUserId("user-" + random.nextInt(40));
        }
        call.setDimensions(Dimensions.newBuilder()
                .setApp(call.getApp())
                .setEnvironment("test")
                .setProvider(model.provider())
                .setModel(model.name()));
        int kind = random.nextInt(20);
        if (kind == 0) { // refused by the provider: not billed
            call.setStatus(Status.STATUS_ERROR).setErrorClass("rate_limit");
            return new State(call.build(), BigDecimal.ZERO, 0, null, withdrawn);
        }
        if (kind == 1) { // a success whose usage was not told
            return new State(call.build(), null, 0, null, withdrawn);
        }
        return priced(call, model, withdrawn);
    }

    private State priced(Call.Builder call, Model model, boolean withdrawn) {
        long text = random.nextLong(5_000);
        long read = random.nextInt(2) == 0 ? random.nextLong(5_000) : 0;
        long written = random.nextInt(4) == 0 ? random.nextLong(5_000) : 0;
        long output = random.nextLong(2_000);
        call.setInputTokens(text + read + written).setOutputTokens(output);
        if (read > 0) {
            call.setCacheReadTokens(read);
        }
        if (written > 0) {
            call.setCacheWriteTokens(written);
        }
        BigDecimal cost = model.input() == null
                ? null
                : perMillion(text, model.input())
                        .add(perMillion(read, model.cacheRead()))
                        .add(perMillion(written, model.cacheWrite()))
                        .add(perMillion(output, model.output()));
        BigDecimal reported = null;
        if (random.nextInt(3) == 0) {
            BigDecimal told = BigDecimal.valueOf(random.nextLong(50_000), 7);
            call.setReportedCost(decimal(told));
            long tokens = text + read + written + output;
            reported = told.signum() == 0 && tokens > 0 ? null : told;
        }
        return new State(call.build(), cost, text + read + written + output, reported, withdrawn);
    }

    static Decimal decimal(BigDecimal value) {
        BigInteger unscaled = value.unscaledValue();
        return Decimal.newBuilder()
                .setUnscaled(ByteString.copyFrom(unscaled.toByteArray()))
                .setScale(value.scale())
                .build();
    }

    private static BigDecimal perMillion(long tokens, @Nullable String dollars) {
        return dollars == null || tokens == 0
                ? BigDecimal.ZERO
                : new BigDecimal(dollars).multiply(BigDecimal.valueOf(tokens)).divide(MILLION);
    }
}
