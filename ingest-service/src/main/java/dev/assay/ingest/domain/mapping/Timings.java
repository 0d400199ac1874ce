package dev.assay.ingest.domain.mapping;

import dev.assay.contracts.llm.v1.Call;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Start, end, time to first token and time per output token, in microseconds. */
final class Timings {

    static void apply(SourceSpan source, Call.Builder call) {
        TelemetrySpan span = source.span();
        call.setStartTimeUs(span.startNanos() / 1000);
        if (span.endNanos() != 0) {
            boolean backwards = span.endNanos() < span.startNanos();
            if (backwards) {
                call.addAnomalies(Anomalies.END_BEFORE_START);
            }
            call.setEndTimeUs((backwards ? span.startNanos() : span.endNanos()) / 1000);
            call.setDurationUs(source.durationNanos() / 1000);
        }
        Boolean streamed = saidToStream(source);
        // OpenLIT's Python SDK tells a first token of answers that came in one piece, and 0 ms for each of the others
        boolean inOnePiece = source.dialect() == Dialect.OPENLIT && Boolean.FALSE.equals(streamed);
        if (!inOnePiece) {
            applyTtft(source, call);
        }
        applyStream(source, streamed, call);
        if (!inOnePiece) {
            applyTpot(source, call);
        }
    }

    private static void applyTtft(SourceSpan source, Call.Builder call) {
        Long nanos = ttftNanos(source);
        if (nanos == null) {
            return;
        }
        long duration = source.durationNanos();
        // OpenLIT's JS SDK has told 1 ms and 12 ms for a first chunk that took over 50: its figure means something else
        boolean untrusted = source.scope().name().startsWith("@openlit/")
                || (source.dialect() == Dialect.OPENLIT && nanos <= 1_000_000);
        if (untrusted || nanos < 0 || (duration >= 0 && nanos > duration)) {
            call.addAnomalies(Anomalies.TTFT_IMPLAUSIBLE);
            return;
        }
        call.setTtftUs(nanos / 1000);
    }

    private static @Nullable Long ttftNanos(SourceSpan source) {
        Attributes attributes = source.attributes();
        Long nanos = scaled(attributes, FieldNames.TTFT_SECONDS, 1e9);
        if (nanos == null) {
            nanos = scaled(attributes, FieldNames.TTFT_MILLIS, 1e6);
        }
        if (nanos == null) {
            nanos = sinceStart(source, attributes.text(GenAiAttributes.LANGFUSE_OBSERVATION_COMPLETION_START_TIME));
        }
        return nanos == null ? ofFirstChunkEvent(source) : nanos;
    }

    private static @Nullable Long scaled(Attributes attributes, GenAiAttributes[] names, double factor) {
        for (GenAiAttributes name : names) {
            Double number = Coercion.number(attributes.get(name));
            if (number != null) {
                return Math.round(number * factor);
            }
        }
        return null;
    }

    private static @Nullable Long sinceStart(SourceSpan source, @Nullable String isoTime) {
        if (isoTime == null) {
            return null;
        }
        String bare = isoTime.startsWith("\"") && isoTime.endsWith("\"") && isoTime.length() > 1
                ? isoTime.substring(1, isoTime.length() - 1)
                : isoTime;
        try {
            Instant first = Instant.parse(bare);
            return Math.subtractExact(
                    Math.addExact(Math.multiplyExact(first.getEpochSecond(), 1_000_000_000L), first.getNano()),
                    source.span().startNanos());
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable Long ofFirstChunkEvent(SourceSpan source) {
        for (TelemetryEvent event : source.span().events()) {
            boolean first = switch (event.name()) {
                case "ai.stream.firstChunk",
                        "First Token Stream Event",
                        "gen_ai.content.completion.chunk",
                        "llm.content.completion.chunk" -> true;
                default -> false;
            };
            if (first) {
                Long told = scaled(event.attributes(), FieldNames.TTFT_MILLIS, 1e6);
                return told != null
                        ? told
                        : (Long) (event.timeNanos() - source.span().startNanos());
            }
        }
        return null;
    }

    /** Left unknown where the sender does not say: absence does not mean "not streamed". */
    private static void applyStream(SourceSpan source, @Nullable Boolean streamed, Call.Builder call) {
        if (streamed != null) {
            call.setStream(streamed);
            return;
        }
        String operation = source.attributes().text(GenAiAttributes.AI_OPERATION_ID);
        if (call.hasTtftUs() || (operation != null && operation.contains("doStream"))) {
            call.setStream(true);
            return;
        }
        Boolean asked = ModelParameters.stream(source);
        if (asked != null) {
            call.setStream(asked);
        }
    }

    private static @Nullable Boolean saidToStream(SourceSpan source) {
        for (GenAiAttributes name : FieldNames.STREAM) {
            Boolean stream = Coercion.flag(source.attributes().get(name));
            if (stream != null) {
                return stream;
            }
        }
        return null;
    }

    private static void applyTpot(SourceSpan source, Call.Builder call) {
        Attributes attributes = source.attributes();
        Double perToken = Coercion.number(attributes.get(GenAiAttributes.GEN_AI_SERVER_TIME_PER_OUTPUT_TOKEN));
        if (perToken != null && perToken >= 0) {
            call.setTpotUs(Math.round(perToken * 1e6));
            return;
        }
        Double perChunk =
                Coercion.number(attributes.get(GenAiAttributes.GEN_AI_CLIENT_OPERATION_TIME_PER_OUTPUT_CHUNK));
        Double perSecond = Coercion.number(attributes.get(GenAiAttributes.AI_RESPONSE_AVG_OUTPUT_TOKENS_PER_SECOND));
        if (perChunk == null && perSecond != null && perSecond > 0) {
            perChunk = 1 / perSecond;
        }
        if (perChunk != null && perChunk >= 0 && perChunk < 1e6) {
            call.setTpotUs(Math.round(perChunk * 1e6));
            call.setTpotApproximate(true);
        }
    }

    private Timings() {}
}
