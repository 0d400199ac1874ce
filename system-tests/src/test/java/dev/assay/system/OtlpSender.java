package dev.assay.system;

import dev.assay.system.Traffic.Call;
import dev.assay.system.Traffic.Ending;
import dev.assay.system.Traffic.Part;
import dev.assay.system.Traffic.Sending;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The OpenTelemetry Java SDK's own OTLP exporters, one per project. */
final class OtlpSender implements Sender {
    private final Map<String, SpanExporter> exporters = new HashMap<>();

    private OtlpSender(Map<String, String> keys, Function<String, SpanExporter> exporter) {
        keys.forEach((project, key) -> exporters.put(project, exporter.apply("Bearer " + key)));
    }

    static OtlpSender http(String url, Map<String, String> keys) {
        return new OtlpSender(
                keys,
                key -> OtlpHttpSpanExporter.builder()
                        .setEndpoint(url + "/v1/traces")
                        .addHeader("Authorization", key)
                        .setCompression("gzip")
                        .setTimeout(10, TimeUnit.SECONDS)
                        .build());
    }

    static OtlpSender grpc(String url, Map<String, String> keys) {
        return new OtlpSender(
                keys,
                key -> OtlpGrpcSpanExporter.builder()
                        .setEndpoint(url)
                        .addHeader("authorization", key)
                        .setCompression("gzip")
                        .setTimeout(10, TimeUnit.SECONDS)
                        .build());
    }

    @Override
    public boolean send(String project, List<Sending> batch) {
        List<SpanData> spans = batch.stream().map(OtlpSender::span).toList();
        CompletableResultCode result = exporters.get(project).export(spans).join(30, TimeUnit.SECONDS);
        return result.isSuccess();
    }

    private static SpanData span(Sending sending) {
        Call call = sending.call();
        boolean wrapper = sending.part() == Part.WRAPPER;
        SpanContext own = context(call.traceId(), wrapper ? outerId(call) : call.spanId());
        SpanContext parent =
                call.wrapped() && !wrapper ? context(call.traceId(), outerId(call)) : SpanContext.getInvalid();
        long start = nanos(call.start());
        return TestSpanData.builder()
                .setName("chat " + call.model().name())
                .setKind(SpanKind.CLIENT)
                .setSpanContext(own)
                .setParentSpanContext(parent)
                .setStartEpochNanos(start)
                .setEndEpochNanos(start + call.durationMicros() * 1_000)
                .setHasEnded(true)
                .setStatus(call.ending() == Ending.OK ? StatusData.unset() : StatusData.error())
                .setAttributes(attributes(call))
                .setTotalAttributeCount(20)
                .setResource(Resource.create(
                        Attributes.builder().put("service.name", call.app()).build()))
                .setInstrumentationScopeInfo(
                        InstrumentationScopeInfo.create(wrapper ? "com.example.framework" : "com.example.client"))
                .build();
    }

    private static Attributes attributes(Call call) {
        AttributesBuilder attributes = Attributes.builder()
                .put("gen_ai.operation.name", "chat")
                .put("gen_ai.provider.name", call.model().provider())
                .put("gen_ai.request.model", call.model().name())
                .put("gen_ai.response.model", call.model().name())
                .put("gen_ai.response.id", "resp-" + call.number())
                .put("user.id", call.user());
        put(attributes, "gen_ai.usage.input_tokens", call.inputTokens());
        put(attributes, "gen_ai.usage.cache_read.input_tokens", call.cacheReadTokens());
        put(attributes, "gen_ai.usage.output_tokens", call.outputTokens());
        put(attributes, "gen_ai.usage.reasoning.output_tokens", call.reasoningTokens());
        if (call.ttftMicros() != null) {
            attributes.put("gen_ai.response.time_to_first_chunk", call.ttftMicros() / 1e6);
        }
        if (call.ending() != Ending.OK) {
            attributes.put("error.type", RestSender.errorType(call.ending()));
        }
        return attributes.build();
    }

    private static void put(AttributesBuilder attributes, String key, Long value) {
        if (value != null) {
            attributes.put(key, value.longValue());
        }
    }

    private static String outerId(Call call) {
        return call.spanId().substring(0, 14) + (call.spanId().endsWith("ff") ? "00" : "ff");
    }

    private static SpanContext context(String traceId, String spanId) {
        return SpanContext.create(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault());
    }

    private static long nanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }

    @Override
    public void close() {
        exporters.values().forEach(SpanExporter::close);
    }
}
