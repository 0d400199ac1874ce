package dev.assay.client.langchain4j;

import dev.assay.client.AssayClient;
import dev.assay.client.LlmCall;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Reports every call of the chat models that it is given to: model, tokens, duration, finish reason, errors.
 *
 * <p>A listener does not see the first token of a streamed answer. Give a streaming model to {@link AssayStreamingChatModel}
 * instead, which reports it; both on one model would report each call twice.
 */
public final class AssayChatModelListener implements ChatModelListener {
    private record Begun(LlmCall.Builder call, long nanos) {}

    private final AssayClient client;
    private final ChatCalls calls;
    private final BiConsumer<LlmCall.Builder, ChatRequest> labels;

    /** Reports without texts. */
    public AssayChatModelListener(AssayClient client) {
        this(client, false, (call, request) -> {});
    }

    /**
     * Reports as told.
     *
     * @param withTexts whether prompts, answers and error messages are reported, which the quality KPIs need
     * @param labels adds what only the application knows: app, user, session, prompt version
     */
    public AssayChatModelListener(
            AssayClient client, boolean withTexts, BiConsumer<LlmCall.Builder, ChatRequest> labels) {
        this.client = client;
        this.calls = new ChatCalls(withTexts);
        this.labels = labels;
    }

    @Override
    public void onRequest(ChatModelRequestContext context) {
        LlmCall.Builder call = calls.begun(context.chatRequest(), context.modelProvider(), Instant.now());
        labels.accept(call, context.chatRequest());
        context.attributes().put(this, new Begun(call, System.nanoTime()));
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
        if (begun(context.attributes()) instanceof Begun begun) {
            calls.answered(begun.call(), context.chatResponse(), took(begun));
            client.record(begun.call().build());
        }
    }

    @Override
    public void onError(ChatModelErrorContext context) {
        if (begun(context.attributes()) instanceof Begun begun) {
            calls.failed(begun.call(), context.error(), took(begun));
            client.record(begun.call().build());
        }
    }

    private Object begun(Map<Object, Object> attributes) {
        return attributes.getOrDefault(this, "not begun here");
    }

    private static Duration took(Begun begun) {
        return Duration.ofNanos(System.nanoTime() - begun.nanos());
    }
}
