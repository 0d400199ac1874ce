package dev.assay.ingest.otlp;

import dev.assay.contracts.common.v1.Source;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.app.AcceptEvents;
import dev.assay.ingest.app.FeedbackIntake;
import dev.assay.ingest.app.Intake;
import dev.assay.ingest.app.MetricLog;
import dev.assay.ingest.app.Rejected;
import dev.assay.ingest.domain.call.Refusal;
import dev.assay.ingest.domain.mapping.JsonText;
import dev.assay.ingest.domain.mapping.LogMapper;
import dev.assay.ingest.domain.mapping.Mapped;
import dev.assay.ingest.domain.mapping.SpanMapper;
import dev.assay.ingest.domain.mapping.TelemetryLog;
import dev.assay.ingest.domain.mapping.TelemetrySpan;
import dev.assay.platform.web.Problem;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes in what an OTLP exporter sends, whichever way it came. */
@ApplicationScoped
public class OtlpExport {
    private final AcceptEvents accept;
    private final MetricLog metricLog;
    private final JsonText json;

    OtlpExport(AcceptEvents accept, MetricLog metricLog, JsonText json) {
        this.accept = accept;
        this.metricLog = metricLog;
        this.json = json;
    }

    /** Decodes a request's bytes. */
    public interface Decoder<T> {
        /** The records, or what is wrong with the bytes. */
        List<T> decode(byte[] body, int from, int length) throws IOException;
    }

    /**
     * What could not be taken in of an export.
     *
     * @param rejected how many spans, log records or data points
     * @param message why, in the words for a log file; empty when all was taken in
     */
    public record Result(int rejected, String message) {
        /** The answer to an export of traces. */
        public ExportTraceServiceResponse toTraces() {
            return OtlpAnswers.tracesMessage(this);
        }

        /** The answer to an export of logs. */
        public ExportLogsServiceResponse toLogs() {
            return OtlpAnswers.logsMessage(this);
        }

        /** The answer to an export of metrics. */
        public ExportMetricsServiceResponse toMetrics() {
            return OtlpAnswers.metricsMessage(this);
        }
    }

    /** Takes spans in. Fails with a {@link Problem}: 400 for what cannot be decoded, 413 for too much, 503. */
    public Uni<Result> traces(String tenant, Source source, Decoder<ScopedSpans> decoder, byte[] body, int length) {
        List<ScopedSpans> scopes = decoded(decoder, body, length);
        Taken taken = new Taken(accept.calls(tenant, source), accept.feedback(tenant, source));
        SpanMapper mapper = new SpanMapper(json);
        int index = 0;
        for (ScopedSpans scoped : scopes) {
            for (TelemetrySpan span : scoped.spans()) {
                taken.take(index, mapper.map(scoped.resource(), scoped.scope(), span));
                for (Mapped evaluation : SpanMapper.evaluations(span)) {
                    taken.take(index, evaluation);
                }
                index++;
            }
        }
        return finish(taken).map(done -> result("spans", done));
    }

    /** Takes log records in. Fails as {@link #traces} does. */
    public Uni<Result> logs(String tenant, Source source, Decoder<ScopedLogs> decoder, byte[] body, int length) {
        List<ScopedLogs> scopes = decoded(decoder, body, length);
        Taken taken = new Taken(accept.calls(tenant, source), accept.feedback(tenant, source));
        LogMapper mapper = new LogMapper(json);
        int index = 0;
        for (ScopedLogs scoped : scopes) {
            for (TelemetryLog log : scoped.logs()) {
                taken.take(index++, mapper.map(scoped.resource(), scoped.scope(), log));
            }
        }
        for (Call.Builder joined : mapper.finish()) {
            taken.calls().takeTelemetry(index++, joined);
        }
        return finish(taken).map(done -> result("logRecords", done));
    }

    /**
     * Takes the GenAI metrics among these in; others are left out, as spans outside LLM work are. Fails as {@link #traces} does.
     */
    public Uni<Result> metrics(String tenant, Decoder<ScopedMetrics> decoder, byte[] body, int length) {
        MetricIntake intake = new MetricIntake(accept.times());
        for (ScopedMetrics scoped : decoded(decoder, body, length)) {
            intake.take(scoped.resource(), scoped.scope(), scoped.metrics());
        }
        return metricLog.add(tenant, intake.accepted()).map(refused -> intake.result(refused));
    }

    private static <T> List<T> decoded(Decoder<T> decoder, byte[] body, int length) {
        try {
            return decoder.decode(body, 0, length);
        } catch (TooManyRecords e) {
            throw Problem.tooLarge(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            // the parser's own words may repeat what the client sent
            throw Problem.badRequest(null, "the body cannot be decoded as the OTLP request that its type says");
        }
    }

    /** What a request brought: calls, and scores that evaluations gave them. */
    private record Taken(Intake calls, FeedbackIntake scores) {
        void take(int index, Mapped mapped) {
            if (mapped instanceof Mapped.Kept kept) {
                calls.takeTelemetry(index, kept.call());
            } else if (mapped instanceof Mapped.Evaluated evaluated) {
                scores.takeScore(index, evaluated.eventId(), evaluated.timeUs(), evaluated.feedback());
            } else if (mapped instanceof Mapped.Refused refused) {
                calls.refuse(index, refused.eventId(), new Refusal(refused.field(), refused.reason()));
            }
        }
    }

    /** Gives what was rejected once all else is stored. */
    private Uni<List<Rejected>> finish(Taken taken) {
        Uni<Intake> calls = accept.finish(taken.calls());
        FeedbackIntake scores = taken.scores();
        if (scores.accepted().isEmpty() && scores.rejected().isEmpty()) {
            return calls.map(Intake::rejected);
        }
        return calls.chain(done -> accept.finish(scores)).map(done -> {
            List<Rejected> rejected = new ArrayList<>(taken.calls().rejected());
            rejected.addAll(scores.rejected());
            return rejected;
        });
    }

    private static Result result(String what, List<Rejected> rejected) {
        if (rejected.isEmpty()) {
            return new Result(0, "");
        }
        StringBuilder message = new StringBuilder();
        for (Rejected one : rejected.subList(0, Math.min(3, rejected.size()))) {
            message.append(what)
                    .append('[')
                    .append(one.index())
                    .append("] ")
                    .append(one.field())
                    .append(one.field().isEmpty() ? "" : " ")
                    .append(one.reason())
                    .append("; ");
        }
        message.append(rejected.size()).append(" rejected");
        return new Result(rejected.size(), message.toString());
    }
}
