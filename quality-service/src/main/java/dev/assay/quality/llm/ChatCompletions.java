package dev.assay.quality.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.assay.platform.outbound.OutboundHttp;
import dev.assay.platform.outbound.OutboundUrl;
import dev.assay.platform.outbound.Resolved;
import dev.assay.quality.app.JudgeClient;
import dev.assay.quality.config.JudgeSettings;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Asks {@code POST <base>/chat/completions} with structured output, and reads so much of an answer and no more.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/create">OpenAI API reference: create chat
 *     completion</a>
 */
@ApplicationScoped
class ChatCompletions implements JudgeClient {
    private static final int MAX_ANSWER = 512 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final OutboundHttp http;
    private final JudgeSettings settings;

    ChatCompletions(Vertx vertx, JudgeSettings settings) {
        this.http = new OutboundHttp(vertx, settings.allowedHosts(), "ASSAY_JUDGE_ALLOWED_HOSTS");
        this.settings = settings;
    }

    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("the answer is too large", null, false, false);
        }
    }

    @Override
    public Uni<Optional<String>> refusal(String text) {
        OutboundUrl url;
        try {
            url = completions(text);
        } catch (OutboundUrl.Invalid invalid) {
            return Uni.createFrom().item(Optional.of(String.valueOf(invalid.getMessage())));
        }
        return http.resolve(url)
                .map(resolved -> resolved instanceof Resolved.Forbidden forbidden
                        ? Optional.of(forbidden.reason())
                        : Optional.empty());
    }

    @Override
    public Uni<Reply> ask(Question question) {
        OutboundUrl url;
        try {
            url = completions(question.url());
        } catch (OutboundUrl.Invalid invalid) {
            return Uni.createFrom().item(new Reply.None("address_refused", false, true));
        }
        return http.resolve(url).chain(resolved -> {
            if (resolved instanceof Resolved.Address address) {
                return ask(question, url, address);
            }
            return Uni.createFrom()
                    .item(
                            resolved instanceof Resolved.Forbidden
                                    ? new Reply.None("address_refused", false, true)
                                    : new Reply.None("unreachable", true, true));
        });
    }

    /** Of a base URL such as {@code https://api.openai.com/v1}. */
    private static OutboundUrl completions(String base) throws OutboundUrl.Invalid {
        OutboundUrl url = OutboundUrl.parse(base);
        if (url.target().contains("?")) {
            throw new OutboundUrl.Invalid("must have no query");
        }
        return url.withTarget(url.target().replaceAll("/+$", "") + "/chat/completions");
    }

    private Uni<Reply> ask(Question question, OutboundUrl url, Resolved.Address to) {
        Map<String, String> headers = question.key() == null
                ? Map.of("Accept", "application/json")
                : Map.of("Accept", "application/json", "Authorization", "Bearer " + question.key());
        return http.post(url, to, headers, body(question), ChatCompletions::read)
                .ifNoItem()
                .after(settings.timeout())
                .fail()
                .onFailure()
                .recoverWithItem(ChatCompletions::failure);
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
            JsonNode answer = JSON.readTree(body);
            JsonNode choice = answer.path("choices").path(0);
            JsonNode content = choice.path("message").path("content");
            if (choice.path("message").path("refusal").isTextual()) {
                return new Reply.None("refused", false, false);
            }
            if (choice.path("finish_reason").asText("").equals("length")) {
                return new Reply.None("cut_off", true, false);
            }
            return content.isTextual()
                    ? new Reply.Content(
                            content.textValue(), tokens(answer.path("usage").path("total_tokens")))
                    : new Reply.None("invalid_answer", true, false);
        } catch (JsonProcessingException notJson) {
            return new Reply.None("invalid_answer", true, false);
        }
    }

    private static @Nullable Long tokens(JsonNode told) {
        return told.isIntegralNumber() && told.canConvertToLong() && told.longValue() >= 0 ? told.longValue() : null;
    }

    static String body(Question question) {
        ObjectNode body =
                JSON.createObjectNode().put("model", question.model()).put("temperature", question.temperature());
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
    static Reply failure(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new Reply.None(Reply.None.TIMEOUT, true, true);
        }
        if (failure instanceof TooLarge) {
            return new Reply.None("answer_too_large", false, false);
        }
        return new Reply.None(isBeforeTheQuestion(failure) ? "unreachable" : Reply.None.BROKEN_OFF, true, true);
    }

    /** Whether there was no connection yet; everything else may have come after the question. */
    private static boolean isBeforeTheQuestion(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnknownHostException
                || failure instanceof SSLHandshakeException;
    }
}
