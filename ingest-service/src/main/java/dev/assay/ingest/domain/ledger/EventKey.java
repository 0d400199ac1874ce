package dev.assay.ingest.domain.ledger;

import dev.assay.contracts.llm.v1.Call;
import java.nio.charset.StandardCharsets;

/**
 * The Kafka key that decides an event's partition: the events of one trace meet in one, and those of none go by their own
 * id.
 */
public record EventKey(String value) {
    private static final char SEPARATOR = '/';

    /** The key of an event as it stands. */
    public static EventKey of(Call call) {
        return of(
                call.getEnvelope().getTenant(),
                call.getTraceId(),
                call.getEnvelope().getEventId());
    }

    /** The key of an event; {@code traceId} is empty when it has none. */
    public static EventKey of(String tenant, String traceId, String eventId) {
        return new EventKey(tenant + SEPARATOR + (traceId.isEmpty() ? eventId : traceId));
    }

    /** The key of a record, as it came from Kafka. */
    public static EventKey parse(byte[] bytes) {
        return new EventKey(new String(bytes, StandardCharsets.UTF_8));
    }

    /** The key as it goes to Kafka. */
    public byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
