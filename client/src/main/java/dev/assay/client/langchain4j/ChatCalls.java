package dev.assay.client.langchain4j;

import dev.assay.client.LlmCall;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What LangChain4j's requests, answers and failures mean as a call. */
final class ChatCalls {
    private final boolean withTexts;

    /** @param withTexts whether prompts and answers are reported too */
    ChatCalls(boolean withTexts) {
        this.withTexts = withTexts;
    }

    LlmCall.Builder begun(ChatRequest request, @Nullable ModelProvider provider, Instant start) {
        LlmCall.Builder call = LlmCall.of(Objects.requireNonNullElse(request.modelName(), "unknown"), start)
                .provider(provider(provider))
                .set("operation", "chat");
        if (withTexts) {
            call.input(request.messages().stream().map(ChatMessages::toMap).toList());
        }
        return call;
    }

    void answered(LlmCall.Builder call, ChatResponse response, Duration took) {
        call.duration(took).responseModel(response.modelName()).responseId(response.id());
        TokenUsage usage = response.tokenUsage();
        if (usage != null) {
            call.inputTokens(tokens(usage.inputTokenCount())).outputTokens(tokens(usage.outputTokenCount()));
        }
        if (response.finishReason() != null) {
            call.finishReason(response.finishReason().name().toLowerCase(Locale.ROOT));
        }
        if (withTexts && response.aiMessage().text() != null) {
            call.output(response.aiMessage().text());
        }
    }

    void failed(LlmCall.Builder call, Throwable failure, Duration took) {
        call.duration(took).error(failure.getClass().getSimpleName(), withTexts ? failure.getMessage() : null);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException http) {
                call.httpStatus(http.statusCode());
                return;
            }
        }
    }

    private static @Nullable Long tokens(@Nullable Integer count) {
        return count == null ? null : Long.valueOf(count);
    }

    /** OpenTelemetry's name of the provider. */
    private static @Nullable String provider(@Nullable ModelProvider provider) {
        if (provider == null) {
            return null;
        }
        return switch (provider) {
            case OPEN_AI -> "openai";
            case AZURE_OPEN_AI -> "azure.ai.openai";
            case MICROSOFT_FOUNDRY -> "azure.ai.inference";
            case ANTHROPIC -> "anthropic";
            case AMAZON_BEDROCK -> "aws.bedrock";
            case GOOGLE_AI_GEMINI, GOOGLE_GENAI -> "gcp.gemini";
            case GOOGLE_VERTEX_AI_GEMINI, GOOGLE_VERTEX_AI_ANTHROPIC -> "gcp.vertex_ai";
            case MISTRAL_AI -> "mistral_ai";
            case COHERE -> "cohere";
            case WATSONX -> "ibm.watsonx.ai";
            default -> provider.name().toLowerCase(Locale.ROOT);
        };
    }
}
