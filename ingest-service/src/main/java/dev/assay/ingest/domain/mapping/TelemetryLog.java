package dev.assay.ingest.domain.mapping;

import org.jspecify.annotations.Nullable;

/**
 * One log record as it was sent.
 *
 * @param eventName the record's own event name; empty when the sender puts it into an attribute
 * @param traceId 32 lowercase hex digits; empty when absent or all-zero, null when of another length
 * @param spanId 16 lowercase hex digits; empty when absent or all-zero, null when of another length
 * @param timeNanos when it happened, else when it was observed; 0 when neither is known
 */
public record TelemetryLog(
        String eventName,
        @Nullable String traceId,
        @Nullable String spanId,
        long timeNanos,
        @Nullable Object body,
        Attributes attributes) {}
