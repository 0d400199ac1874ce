package dev.assay.ingest.domain.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One span as it was sent, whatever the encoding.
 *
 * @param traceId 32 lowercase hex digits; null when all-zero or of another length
 * @param spanId 16 lowercase hex digits; null when all-zero or of another length
 * @param parentSpanId 16 lowercase hex digits; empty for a root
 * @param startNanos since the epoch
 * @param endNanos since the epoch; 0 when the sender did not say
 * @param statusCode 0 unset, 1 ok, 2 error
 */
public record TelemetrySpan(
        @Nullable String traceId,
        @Nullable String spanId,
        String parentSpanId,
        String name,
        long startNanos,
        long endNanos,
        int statusCode,
        String statusMessage,
        Attributes attributes,
        List<TelemetryEvent> events) {}
