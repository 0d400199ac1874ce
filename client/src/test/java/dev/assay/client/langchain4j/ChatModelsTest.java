package dev.assay.client.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.assay.client.AssayClient;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The models stand for a provider's; all else is real. */
class ChatModelsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ChatResponse ANSWER = ChatResponse.builder()
            .aiMessage(AiMessage.from("Paris"))
            .id("chatcmpl-1")
            .modelName("gpt-4o-mini-2024-07-18")
            .tokenUsage(new TokenUsage(12, 3))
            .finishReason(FinishReason.STOP)
            .build();
    private static final ChatRequest QUESTION = ChatRequest.builder()
            .modelName("gpt-4o-mini")
            .messages(SystemMessage.from("Answer shortly."), UserMessage.from("Capital of France?"))
            .build();

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private AssayClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/calls", exchange -> {
            for (String line :
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                received.add(JSON.readTree(line));
            }
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        server.start();
        client = AssayClient.to("http://127.0.0.1:" + server.getAddress().getPort(), "a-key")
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void aListenerReportsACallWithItsTokens() {
        Model model = new Model(new AssayChatModelListener(client, true, (call, request) -> call.app("geo")), null);
        assertThat(model.chat(QUESTION).aiMessage().text()).isEqualTo("Paris");
        JsonNode call = only();
        assertThat(call.get("provider").asText()).isEqualTo("openai");
        assertThat(call.get("request_model").asText()).isEqualTo("gpt-4o-mini");
        assertThat(call.get("response_model").asText()).isEqualTo("gpt-4o-mini-2024-07-18");
        assertThat(call.get("input_tokens").asLong()).isEqualTo(12);
        assertThat(call.get("output_tokens").asLong()).isEqualTo(3);
        assertThat(call.at("/finish_reasons/0").asText()).isEqualTo("stop");
        assertThat(call.get("app").asText()).isEqualTo("geo");
        assertThat(call.at("/input/1/content").asText()).isEqualTo("Capital of France?");
        assertThat(call.get("output").asText()).isEqualTo("Paris");
        assertThat(call.get("duration_ms").asDouble()).isNotNegative();
        assertThat(call.has("ttft_ms")).isFalse();
    }

    @Test
    void textsStayWhereTheyAreUnlessWanted() {
        new Model(new AssayChatModelListener(client), null).chat(QUESTION);
        assertThat(only().toString()).doesNotContain("Capital").doesNotContain("Paris");
    }

    @Test
    void aFailureIsAFailedCall() {
        Model model = new Model(
                new AssayChatModelListener(client), new RateLimitException(new HttpException(429, "slow down")));
        assertThatThrownBy(() -> model.chat(QUESTION)).isInstanceOf(RateLimitException.class);
        JsonNode call = only();
        assertThat(call.get("status").asText()).isEqualTo("error");
        assertThat(call.get("error_type").asText()).isEqualTo("RateLimitException");
        assertThat(call.get("http_status").asInt()).isEqualTo(429);
        assertThat(call.has("input_tokens")).isFalse();
    }

    @Test
    void aStreamingModelReportsItsTimeToFirstToken() {
        List<String> pieces = new ArrayList<>();
        new AssayStreamingChatModel(new Streaming(null), client).chat(QUESTION, new Collecting(pieces));
        assertThat(pieces).containsExactly("Par", "is", "Paris");
        JsonNode call = only();
        assertThat(call.get("stream").asBoolean()).isTrue();
        assertThat(call.get("ttft_ms").asDouble())
                .isNotNegative()
                .isLessThanOrEqualTo(call.get("duration_ms").asDouble());
        assertThat(call.get("output_tokens").asLong()).isEqualTo(3);
    }

    @Test
    void aStreamThatBreaksOffIsAFailedCallOnce() {
        List<String> pieces = new ArrayList<>();
        new AssayStreamingChatModel(new Streaming(new IllegalStateException("gone")), client)
                .chat(QUESTION, new Collecting(pieces));
        assertThat(pieces).containsExactly("Par", "is", "failed: gone");
        JsonNode call = only();
        assertThat(call.get("error_type").asText()).isEqualTo("IllegalStateException");
        assertThat(call.has("ttft_ms")).isTrue();
    }

    private JsonNode only() {
        assertThat(client.flush(Duration.ofSeconds(20))).isTrue();
        assertThat(received).hasSize(1);
        return received.get(0);
    }

    private record Model(
            ChatModelListener listener, @Nullable RuntimeException failure) implements ChatModel {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            if (failure != null) {
                throw failure;
            }
            return ANSWER;
        }

        @Override
        public List<ChatModelListener> listeners() {
            return List.of(listener);
        }

        @Override
        public ModelProvider provider() {
            return ModelProvider.OPEN_AI;
        }
    }

    private record Streaming(@Nullable Throwable failure) implements StreamingChatModel {
        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            handler.onPartialResponse("Par");
            handler.onPartialResponse("is");
            if (failure != null) {
                handler.onError(failure);
            } else {
                handler.onCompleteResponse(ANSWER);
            }
        }
    }

    private record Collecting(List<String> pieces) implements StreamingChatResponseHandler {
        @Override
        public void onPartialResponse(String piece) {
            pieces.add(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            pieces.add(response.aiMessage().text());
        }

        @Override
        public void onError(Throwable error) {
            pieces.add("failed: " + error.getMessage());
        }
    }
}
