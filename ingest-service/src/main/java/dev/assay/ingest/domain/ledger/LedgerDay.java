package dev.assay.ingest.domain.ledger;

import dev.assay.contracts.llm.v1.Call;

/** The day under which the ledger files an event for good: that of the first start time seen, in UTC. */
public final class LedgerDay {
    private static final long MICROS_PER_DAY = 24L * 60 * 60 * 1_000_000;

    /** Days since 1970-01-01; of the event time where no start is known. */
    public static int of(Call call) {
        long time = call.hasStartTimeUs()
                ? call.getStartTimeUs()
                : call.getEnvelope().getEventTimeUs();
        return (int) Math.floorDiv(time, MICROS_PER_DAY);
    }

    private LedgerDay() {}
}
