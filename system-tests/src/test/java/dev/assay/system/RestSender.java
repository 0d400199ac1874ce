package dev.assay.system;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.system.Traffic.Call;
import dev.assay.system.Traffic.Ending;
import dev.assay.system.Traffic.Part;
import dev.assay.system.Traffic.Sending;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** {@code POST /v1/calls} with a JSON array. */
final class RestSender implements Sender {
    private final String url;
    private final Map<String, String> keys;

    RestSender(String url, Map<String, String> keys) {
        this.url = url;
        this.keys = keys;
    }

    @Override
    public boolean send(String project, List<Sending> batch) {
        ArrayNode array = Api.JSON.createArrayNode();
        batch.forEach(sending -> array.add(json(sending)));
        try {
            Api.Answer answer = new Api(url, keys.get(project)).post("/v1/calls", array.toString());
            if (answer.status() >= 400 && answer.status() != 429 && answer.status() != 503) {
                throw new AssertionError("refused for good: " + answer.status() + " " + answer.body());
            }
            if (answer.status() == 207) {
                throw new AssertionError("part of a good batch was refused: " + answer.body());
            }
            return answer.status() == 202;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    static ObjectNode json(Sending sending) {
        Call call = sending.call();
        ObjectNode json = Api.JSON.createObjectNode();
        json.put("event_id", call.eventId());
        json.put("start_time", call.start().toString());
        json.put(
                "end_time",
                call.start().plusNanos(call.durationMicros() * 1_000).toString());
        json.put("provider", call.model().provider());
        json.put("request_model", call.model().name());
        json.put("response_model", call.model().name());
        json.put("operation", "chat");
        json.put("app", call.app());
        json.put("user_id", call.user());
        put(json, "input_tokens", call.inputTokens());
        put(json, "cache_read_tokens", call.cacheReadTokens());
        if (sending.part() != Part.FIRST) {
            put(json, "output_tokens", call.outputTokens());
            put(json, "reasoning_tokens", call.reasoningTokens());
        }
        if (call.ttftMicros() != null) {
            json.put("ttft_ms", call.ttftMicros() / 1_000.0);
        }
        if (call.ending() != Ending.OK) {
            json.put("status", "error");
            json.put("error_type", errorType(call.ending()));
        }
        return json;
    }

    static String errorType(Ending ending) {
        return switch (ending) {
            case SERVER_ERROR -> "500";
            case RATE_LIMIT -> "rate_limit_exceeded";
            case CANCELLED -> "cancelled";
            case OK -> throw new IllegalArgumentException("no error");
        };
    }

    private static void put(ObjectNode json, String field, Long value) {
        if (value != null) {
            json.put(field, value);
        }
    }

    @Override
    public void close() {
        // the client is shared
    }
}
