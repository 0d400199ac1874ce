package dev.assay.client.langchain4j;

import dev.assay.client.AssayClient;
import dev.assay.client.LlmCall;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Hands everything on, and notes when the first piece of the answer came, whatever it was of. */
final class TimedHandler implements StreamingChatResponseHandler {
    private final StreamingChatResponseHandler handler;
    private final LlmCall.Builder call;
    private final ChatCalls calls;
    private final AssayClient client;
    private final long begun = System.nanoTime();
    private final AtomicBoolean first = new AtomicBoolean(true);
    private final AtomicBoolean open = new AtomicBoolean(true);

    TimedHandler(StreamingChatResponseHandler handler, LlmCall.Builder call, ChatCalls calls, AssayClient client) {
        this.handler = handler;
        this.call = call;
        this.calls = calls;
        this.client = client;
    }

    @Override
    public void onPartialResponse(String text) {
        piece();
        handler.onPartialResponse(text);
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        piece();
        handler.onPartialResponse(piece, context);
    }

    @Override
    public void onPartialThinking(PartialThinking piece) {
        piece();
        handler.onPartialThinking(piece);
    }

    @Override
    public void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
        piece();
        handler.onPartialThinking(piece, context);
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece) {
        piece();
        handler.onPartialToolCall(piece);
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
        piece();
        handler.onPartialToolCall(piece, context);
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall tool) {
        piece();
        handler.onCompleteToolCall(tool);
    }

    @Override
    public void onUnmappedRawEvent(Object event) {
        handler.onUnmappedRawEvent(event);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        if (open.compareAndSet(true, false)) {
            calls.answered(call, response, sinceBegun());
            client.record(call.build());
        }
        handler.onCompleteResponse(response);
    }

    @Override
    public void onError(Throwable failure) {
        report(failure);
        handler.onError(failure);
    }

    void report(Throwable failure) {
        if (open.compareAndSet(true, false)) {
            calls.failed(call, failure, sinceBegun());
            client.record(call.build());
        }
    }

    private void piece() {
        if (first.compareAndSet(true, false)) {
            call.timeToFirstToken(sinceBegun());
        }
    }

    private Duration sinceBegun() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
