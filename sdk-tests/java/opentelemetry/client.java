import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.concurrent.TimeUnit;

/** Spans written by hand after the GenAI conventions, sent by the SDK's own exporter over gRPC. */
class Client {
    public static void main(String[] arguments) {
        OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.initialize().getOpenTelemetrySdk();
        Tracer tracer = sdk.getTracer("shop");

        Span call = chat(tracer);
        call.setAttribute("gen_ai.response.model", "gpt-4o-mini-2024-07-18")
                .setAttribute("gen_ai.usage.input_tokens", 25)
                .setAttribute("gen_ai.usage.cache_read.input_tokens", 16)
                .setAttribute("gen_ai.usage.output_tokens", 12)
                .setAttribute("gen_ai.usage.reasoning.output_tokens", 4)
                .end();

        Span limited = chat(tracer);
        limited.setStatus(StatusCode.ERROR, "Rate limit reached")
                .setAttribute("error.type", "429")
                .end();

        sdk.shutdown().join(10, TimeUnit.SECONDS);
    }

    private static Span chat(Tracer tracer) {
        return tracer.spanBuilder("chat gpt-4o-mini")
                .setAttribute("gen_ai.operation.name", "chat")
                .setAttribute("gen_ai.provider.name", "openai")
                .setAttribute("gen_ai.request.model", "gpt-4o-mini")
                .startSpan();
    }
}
