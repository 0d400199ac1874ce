package dev.assay.ingest.domain.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of a message in canonical types: text, tool_call, tool_call_response, reasoning, uri; others as they are. */
final class MessageParts {

    static List<Object> canonical(List<?> parts) {
        List<Object> canonical = new ArrayList<>(parts.size());
        for (Object part : parts) {
            if (part instanceof Map<?, ?> map) {
                canonical.add(canonicalOne(map));
            } else if (part != null) {
                canonical.add(text(String.valueOf(part)));
            }
        }
        return canonical;
    }

    static Map<String, Object> canonicalOne(Map<?, ?> part) {
        String type = part.get("type") instanceof String told ? told : "";
        return switch (type) {
            case "text", "input_text", "output_text" -> text(asText(first(part, "content", "text")));
            case "tool_call", "tool-call", "tool_use", "function_call", "function" -> ofToolCall(part);
            case "tool_call_response", "tool-result", "tool_result", "function_call_output" -> ofToolResponse(part);
            case "reasoning", "thinking" ->
                of("reasoning", "content", asText(first(part, "content", "text", "thinking", "summary")));
            case "refusal" -> of("refusal", "content", asText(first(part, "content", "refusal")));
            case "image_url" -> ofImage(part);
            case "" -> untyped(part);
            default -> copy(part);
        };
    }

    /** Gemini's parts say by their key what they are. */
    private static Map<String, Object> untyped(Map<?, ?> part) {
        Object call = first(part, "function_call", "functionCall");
        if (call instanceof Map<?, ?> function) {
            return ofFunction(function.get("id"), function);
        }
        Object answer = first(part, "function_response", "functionResponse");
        if (answer instanceof Map<?, ?> response) {
            Map<String, Object> canonical = of("tool_call_response", "id", orEmpty(response.get("id")));
            canonical.put("response", orEmpty(response.get("response")));
            return canonical;
        }
        if (part.get("function") instanceof Map<?, ?>) {
            return ofToolCall(part);
        }
        Object content = first(part, "text", "content");
        if (content instanceof String text) {
            return Boolean.TRUE.equals(part.get("thought")) ? of("reasoning", "content", text) : text(text);
        }
        return copy(part);
    }

    private static Map<String, Object> ofToolCall(Map<?, ?> part) {
        Object id = first(part, "id", "call_id", "toolCallId");
        return part.get("function") instanceof Map<?, ?> function ? ofFunction(id, function) : ofFunction(id, part);
    }

    static Map<String, Object> ofFunction(@Nullable Object id, Map<?, ?> function) {
        Map<String, Object> call = new LinkedHashMap<>(6);
        call.put("type", "tool_call");
        if (id != null) {
            call.put("id", id);
        }
        call.put("name", orEmpty(first(function, "name", "toolName")));
        call.put("arguments", orEmpty(first(function, "arguments", "args", "input")));
        return call;
    }

    private static Map<String, Object> ofToolResponse(Map<?, ?> part) {
        Map<String, Object> response =
                of("tool_call_response", "id", orEmpty(first(part, "id", "call_id", "toolCallId", "tool_use_id")));
        response.put("response", orEmpty(first(part, "response", "result", "output", "content")));
        return response;
    }

    private static Map<String, Object> ofImage(Map<?, ?> part) {
        Object image = part.get("image_url");
        Object uri = image instanceof Map<?, ?> map ? map.get("url") : image;
        Map<String, Object> canonical = of("uri", "uri", orEmpty(uri));
        canonical.put("modality", "image");
        return canonical;
    }

    static Map<String, Object> text(String content) {
        return of("text", "content", content);
    }

    static Map<String, Object> of(String type, String key, Object value) {
        Map<String, Object> part = new LinkedHashMap<>(4);
        part.put("type", type);
        part.put(key, value);
        return part;
    }

    private static Map<String, Object> copy(Map<?, ?> part) {
        Map<String, Object> copy = new LinkedHashMap<>();
        part.forEach((key, value) -> {
            if (value != null) {
                copy.put(String.valueOf(key), value);
            }
        });
        return copy;
    }

    private static String asText(@Nullable Object value) {
        return value == null ? "" : String.valueOf(value);
    }

    private static Object orEmpty(@Nullable Object value) {
        return value == null ? "" : value;
    }

    private static @Nullable Object first(Map<?, ?> map, String... keys) {
        for (String key : keys) {
            Object value = map.get(key);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private MessageParts() {}
}
