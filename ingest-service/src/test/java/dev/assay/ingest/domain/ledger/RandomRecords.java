package dev.assay.ingest.domain.ledger;

import com.google.protobuf.ByteString;
import dev.assay.contracts.common.v1.Decimal;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.contracts.llm.v1.UsageState;
import java.util.Random;

/** Records of one event that agree and disagree in all ways that the merge knows. */
final class RandomRecords {

    /** A record with a random half of the fields, of few values, so that ties are common. */
    static Call of(String eventId, Random random) {
        Call.Builder record =
                Calls.record(eventId).setRecordKindValue(1 + random.nextInt(4)).setUpdateTimeUs(random.nextInt(3));
        record.getEnvelopeBuilder()
                .setReceivedTimeUs(Calls.START + random.nextInt(5))
                .setEventTimeUs(Calls.START + random.nextInt(3))
                .setSourceValue(1 + random.nextInt(3));
        if (random.nextBoolean()) {
            record.setStartTimeUs(Calls.START + random.nextInt(3) * Calls.SECOND);
        }
        if (random.nextBoolean()) {
            record.setEndTimeUs(Calls.START + random.nextInt(4) * Calls.SECOND);
        }
        if (random.nextBoolean()) {
            record.setKind(Kind.forNumber(1 + random.nextInt(4))).setCountable(random.nextBoolean());
        }
        if (random.nextBoolean()) {
            record.setInputTokens(random.nextInt(3)).setOutputTokens(random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            record.setCacheReadTokens(random.nextInt(3)).setTtftUs(random.nextInt(3) * 1000L);
        }
        if (random.nextInt(3) == 0) {
            record.setTpotUs(random.nextInt(3) * 1000L).setTpotApproximate(random.nextBoolean());
        }
        if (random.nextBoolean()) {
            record.setUsageState(UsageState.forNumber(random.nextInt(4)));
        }
        outcome(record, random);
        text(record, random);
        return record.build();
    }

    private static void outcome(Call.Builder record, Random random) {
        if (random.nextBoolean()) {
            record.setStatus(Status.forNumber(1 + random.nextInt(2)));
            if (random.nextBoolean()) {
                record.setErrorClass("timeout").setErrorMessage("m" + random.nextInt(3));
            }
        }
        if (random.nextInt(3) == 0) {
            record.setReportedCost(Decimal.newBuilder()
                            .setUnscaled(ByteString.copyFrom(new byte[] {(byte) random.nextInt(3)}))
                            .setScale(2))
                    .setReportedCostCurrency(random.nextBoolean() ? "USD" : "EUR");
        }
        if (random.nextInt(3) == 0) {
            record.setStream(random.nextBoolean());
        }
    }

    private static void text(Call.Builder record, Random random) {
        if (random.nextBoolean()) {
            record.setUserId("u" + random.nextInt(3));
        }
        if (random.nextBoolean()) {
            record.setInput("in " + random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            record.addTags("t" + random.nextInt(3));
        }
        if (random.nextBoolean()) {
            record.putMetadata("k" + random.nextInt(3), "v" + random.nextInt(3));
        }
        if (random.nextInt(4) == 0) {
            record.putRequestParams("temperature", "0." + random.nextInt(3));
        }
    }

    private RandomRecords() {}
}
