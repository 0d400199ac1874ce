package dev.assay.quality.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.assay.quality.app.JudgeClient;
import dev.assay.quality.config.JudgeSettings;
import dev.assay.quality.domain.outbound.EndpointUrl;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientRequest;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Asks {@code POST <base>/chat/completions} with structured output, over a connection of its own to the judged address,
 * without following redirects, and reads so much of an answer and no more.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/create">OpenAI API reference: create chat
 *     completion</a>
 */
@ApplicationScoped
class ChatCompletions implements JudgeClient {
    private static final int CONNECT_MS = 5_000;
    private static final int MAX_CONNECTIONS = 128;
    private static final int MAX_ANSWER = 512 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EndpointGuard guard;
    private final JudgeSettings settings;
    private final HttpClient http;

    ChatCompletions(Vertx vertx, EndpointGuard guard, JudgeSettings settings) {
        this.guard = guard;
        this.settings = settings;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout(CONNECT_MS)
                .setMaxPoolSize(MAX_CONNECTIONS)
                .setVerifyHost(true)
                .setTrustAll(false)
                .setMaxHeaderSize(16 * 1024));
    }

    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("the answer is too large", null, false, false);
        }
    }

    @Override
    public Uni<Optional<String>> refusal(String text) {
        EndpointUrl url;
        try {
            url = EndpointUrl.parse(text);
        } catch (IllegalArgumentException invalid) {
            return Uni.createFrom().item(Optional.of(String.valueOf(invalid.getMessage())));
        }
        return guard.resolve(url)
                .map(resolved -> resolved.forbidden() ? Optional.of(resolved.refusal()) : Optional.empty());
    }

    @Override
    public Uni<Reply> ask(Question question) {
        EndpointUrl url = EndpointUrl.parse(question.url());
        return guard.resolve(url).chain(resolved -> {
            InetAddress address = resolved.address();
            return address == null
                    ? Uni.createFrom()
                            .<Reply>item(new Reply.None(
                                    resolved.forbidden() ? "address_refused" : "unreachable",
                                    !resolved.forbidden(),
                                    true))
                    : ask(question, url, address);
        });
    }

    private Uni<Reply> ask(Question question, EndpointUrl url, InetAddress address) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
                .setHost(url.host())
                .setPort(url.port())
                .setSsl(url.tls())
                .setURI(url.path() + "/chat/completions")
                .setFollowRedirects(false)
                .putHeader("Host", url.hostAndPort())
                .putHeader("Content-Type", "application/json")
                .putHeader("Accept", "application/json")
                .putHeader("User-Agent", "Assay");
        if (question.key() != null) {
            options.putHeader("Authorization", "Bearer " + question.key());
        }
        return http.request(options)
                .chain(request -> send(request, body(question)))
                .ifNoItem()
                .after(settings.timeout())
                .fail()
                .onFailure()
                .recoverWithItem(ChatCompletions::failure);
    }

    private static Uni<Reply> send(HttpClientRequest request, String body) {
        return request.send(body)
                .chain(ChatCompletions::read)
                .onTermination()
                .invoke(() -> request.connection().closeAndForget());
    }

    private static Uni<Reply> read(HttpClientResponse response) {
        int status = response.statusCode();
        if (status != 200) {
            boolean later = status == 408 || status == 429 || status >= 500;
            return Uni.createFrom().item(new Reply.None("http_" + status, later, later || status == 401));
        }
        Buffer whole = Buffer.buffer();
        return response.toMulti()
                .onItem()
                .invoke(part -> {
                    if (whole.length() + part.length() > MAX_ANSWER) {
                        throw new TooLarge();
                    }
                    whole.appendBuffer(part);
                })
                .collect()
                .last()
                .map(last -> content(whole.toString()));
    }

    private static Reply content(String body) {
        try {
            JsonNode choice = JSON.readTree(body).path("choices").path(0);
            JsonNode content = choice.path("message").path("content");
            if (choice.path("message").path("refusal").isTextual()) {
                return new Reply.None("refused", false, false);
            }
            if (choice.path("finish_reason").asText("").equals("length")) {
                return new Reply.None("cut_off", true, false);
            }
            return content.isTextual()
                    ? new Reply.Content(content.textValue())
                    : new Reply.None("invalid_answer", true, false);
        } catch (JsonProcessingException notJson) {
            return new Reply.None("invalid_answer", true, false);
        }
    }

    static String body(Question question) {
        ObjectNode body = JSON.createObjectNode().put("model", question.model()).put("temperature", 0);
        ArrayNode messages = body.putArray("messages");
        if (question.system() != null) {
            messages.addObject().put("role", "system").put("content", question.system());
        }
        messages.addObject().put("role", "user").put("content", question.user());
        if (question.schema() != null) {
            ObjectNode format = body.putObject("response_format").put("type", "json_schema");
            format.putObject("json_schema")
                    .put("name", "judgement")
                    .put("strict", true)
                    .putRawValue("schema", new RawValue(question.schema()));
        }
        return body.toString();
    }

    /** In a word of our own: nothing that the other side said. */
    private static Reply failure(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new Reply.None("timeout", true, true);
        }
        if (failure instanceof TooLarge) {
            return new Reply.None("answer_too_large", false, false);
        }
        return new Reply.None("unreachable", true, true);
    }
}
