package dev.assay.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/**
 * One trace of a recording: its resource, and its spans in the order recorded, each with its instrumentation scope, as
 * OTLP/JSON.
 */
record RecordedTrace(Dialect dialect, JsonNode resource, List<RecordedSpan> spans) {

    /** A span and the scope that it came from. */
    record RecordedSpan(JsonNode scope, JsonNode span) {
        long startNanos() {
            return span.path("startTimeUnixNano").asLong();
        }

        long endNanos() {
            return span.path("endTimeUnixNano").asLong();
        }

        boolean failed() {
            return span.path("status").path("code").asInt() == ERROR
                    || span.path("attributes").toString().contains("\"ERROR\"");
        }
    }

    private static final int ERROR = 2;

    /** Who made the recording. */
    enum Dialect {
        VERCEL("vercel-ai-v5.traces.json", "vercel-ai-v7.traces.json"),
        OPENINFERENCE("openinference-js.traces-json-gzip.json"),
        OTEL("otel-contrib-js.traces.json", "openlit-js.traces.json"),
        TRACELOOP("traceloop-js.traces.json"),
        LANGFUSE("langfuse-v5-otel.traces.json");

        private final List<String> files;

        Dialect(String... files) {
            this.files = List.of(files);
        }

        List<String> files() {
            return files;
        }
    }

    RecordedTrace {
        spans = List.copyOf(spans);
    }

    /** When its first span started. */
    long startNanos() {
        return spans.stream().mapToLong(RecordedSpan::startNanos).min().orElseThrow();
    }

    /** How long its longest span took. */
    Duration longest() {
        return Duration.ofNanos(spans.stream()
                .mapToLong(span -> span.endNanos() - span.startNanos())
                .max()
                .orElseThrow());
    }

    /** Whether every span failed: the recording of a request that was refused. */
    boolean isFailure() {
        return spans.stream().allMatch(RecordedSpan::failed);
    }
}
