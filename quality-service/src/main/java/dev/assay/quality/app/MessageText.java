package dev.assay.quality.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * The text in the content of a call: canonical messages ({@code [{"role","parts":[{"type":"text","content"}]}]}), or
 * plain text. Parts that are no text (tool calls, images, reasoning) are left out.
 */
final class MessageText {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private MessageText() {}

    /** What the user last said; {@code null} when nothing is there. */
    static @Nullable String lastOfUser(String content) {
        JsonNode messages = messages(content);
        if (messages == null) {
            return orNull(content);
        }
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).path("role").asText("user").equals("user")) {
                String text = text(messages.get(i));
                if (!text.isBlank()) {
                    return text;
                }
            }
        }
        return null;
    }

    /** All that is said, message by message; {@code null} when nothing is there. */
    static @Nullable String all(String content) {
        JsonNode messages = messages(content);
        if (messages == null) {
            return orNull(content);
        }
        StringBuilder all = new StringBuilder();
        for (JsonNode message : messages) {
            append(all, text(message));
        }
        return orNull(all.toString());
    }

    /** The messages, or {@code null} when the content is plain text (or JSON of another kind, which is read as text). */
    private static @Nullable JsonNode messages(String content) {
        if (!content.startsWith("[")) {
            return null;
        }
        try {
            JsonNode parsed = JSON.readTree(content);
            boolean isMessages = parsed.isArray()
                    && !parsed.isEmpty()
                    && parsed.get(0).isObject()
                    && (parsed.get(0).has("parts") || parsed.get(0).has("role"));
            return isMessages ? parsed : null;
        } catch (JsonProcessingException plainText) {
            return null;
        }
    }

    private static String text(JsonNode message) {
        JsonNode parts = message.has("parts") ? message.get("parts") : message.path("content");
        if (parts.isTextual()) {
            return parts.asText();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : parts) {
            if (part.isTextual()) {
                append(text, part.asText());
            } else if (isText(part.path("type").asText("text"))) {
                JsonNode said = part.has("content") ? part.get("content") : part.path("text");
                append(text, said.isTextual() ? said.asText() : "");
            }
        }
        return text.toString();
    }

    /** A refusal of the model's own kind of part is what the user read, too. */
    private static boolean isText(String type) {
        return type.equals("text") || type.equals("refusal");
    }

    private static void append(StringBuilder text, String more) {
        if (!more.isBlank()) {
            text.append(text.isEmpty() ? "" : "\n").append(more);
        }
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text;
    }
}
