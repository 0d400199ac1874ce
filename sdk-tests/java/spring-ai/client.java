import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.RetryUtils;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.retry.support.RetryTemplate;

/** What Spring Boot wires by itself, by hand: Spring AI's observations become OpenTelemetry spans. */
class Client {
    private static final String QUESTION = "What is the capital of France?";

    public static void main(String[] arguments) {
        OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.initialize().getOpenTelemetrySdk();
        ObservationRegistry observations = ObservationRegistry.create();
        observations
                .observationConfig()
                .observationHandler(new DefaultTracingObservationHandler(new OtelTracer(
                        sdk.getTracer("org.springframework.boot"), new OtelCurrentTraceContext(), event -> {})));
        OpenAiApi api = OpenAiApi.builder()
                .baseUrl(System.getenv("OPENAI_BASE_URL").replaceAll("/v1$", ""))
                .apiKey(System.getenv("OPENAI_API_KEY"))
                .build();
        RetryTemplate once = RetryTemplate.builder().maxAttempts(1).build();
        OpenAiChatModel chat = OpenAiChatModel.builder()
                .openAiApi(api)
                .defaultOptions(OpenAiChatOptions.builder()
                        .model("gpt-4o-mini")
                        .streamUsage(true)
                        .build())
                .retryTemplate(once)
                .observationRegistry(observations)
                .build();
        chat.call(new Prompt(QUESTION));
        chat.stream(new Prompt(QUESTION)).collectList().block();
        new OpenAiEmbeddingModel(
                        api,
                        MetadataMode.EMBED,
                        OpenAiEmbeddingOptions.builder()
                                .model("text-embedding-3-small")
                                .build(),
                        once,
                        observations)
                .embed("Paris");
        try {
            chat.call(new Prompt("rate-limit-me"));
            throw new IllegalStateException("wanted to be answered 429");
        } catch (NonTransientAiException | TransientAiException limited) {
            // what the provider does then is not this client's concern
        }
        sdk.shutdown().join(10, java.util.concurrent.TimeUnit.SECONDS);
        System.exit(0);
    }
}
