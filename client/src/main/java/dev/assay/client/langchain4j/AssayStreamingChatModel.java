package dev.assay.client.langchain4j;

import dev.assay.client.AssayClient;
import dev.assay.client.LlmCall;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** A streaming model that does what the one within does, and reports each call with its time to first token. */
public final class AssayStreamingChatModel implements StreamingChatModel {
    private final StreamingChatModel within;
    private final AssayClient client;
    private final ChatCalls calls;
    private final BiConsumer<LlmCall.Builder, ChatRequest> labels;

    /** Reports without texts. */
    public AssayStreamingChatModel(StreamingChatModel within, AssayClient client) {
        this(within, client, false, (call, request) -> {});
    }

    /**
     * Reports as told.
     *
     * @param withTexts whether prompts, answers and error messages are reported, which the quality KPIs need
     * @param labels adds what only the application knows: app, user, session, prompt version
     */
    public AssayStreamingChatModel(
            StreamingChatModel within,
            AssayClient client,
            boolean withTexts,
            BiConsumer<LlmCall.Builder, ChatRequest> labels) {
        this.within = within;
        this.client = client;
        this.calls = new ChatCalls(withTexts);
        this.labels = labels;
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        LlmCall.Builder call = calls.begun(request, within.provider(), Instant.now()).stream(true);
        labels.accept(call, request);
        TimedHandler timed = new TimedHandler(handler, call, calls, client);
        try {
            within.doChat(request, timed);
        } catch (RuntimeException e) {
            timed.report(e);
            throw e;
        }
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return within.defaultRequestParameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return within.listeners();
    }

    @Override
    public ModelProvider provider() {
        return within.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return within.supportedCapabilities();
    }
}
