package dev.assay.ingest.domain.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings messages of any shape to the canonical one: {@code [{role, parts:[{type, …}], finish_reason?}]}.
 *
 * <p>Accepts parts arrays, OpenAI, Anthropic, Gemini and AI SDK messages and whole requests or responses of these, and plain
 * text. What cannot be understood is kept as one text part.
 */
public final class Messages {
    private static final int MAX_MESSAGES = 10_000;

    /** The canonical messages of a value; {@code role} is who speaks where the value does not say. */
    public static List<Map<String, Object>> canonical(@Nullable Object value, String role, JsonText json) {
        List<Map<String, Object>> messages = new ArrayList<>();
        add(messages, value, role, json, 0);
        return messages;
    }

    private static void add(
            List<Map<String, Object>> messages, @Nullable Object value, String role, JsonText json, int depth) {
        if (value == null || messages.size() >= MAX_MESSAGES) {
            return;
        }
        if (value instanceof String text) {
            addText(messages, text, role, json, depth);
        } else if (value instanceof List<?> list) {
            addList(messages, list, role, json, depth);
        } else if (value instanceof Map<?, ?> map) {
            addMap(messages, map, role, json, depth);
        } else {
            messages.add(message(role, List.of(MessageParts.text(String.valueOf(value)))));
        }
    }

    private static void addText(
            List<Map<String, Object>> messages, String text, String role, JsonText json, int depth) {
        if (text.isEmpty()) {
            return;
        }
        boolean looksLikeJson = text.charAt(0) == '{' || text.charAt(0) == '[';
        Object parsed = looksLikeJson && depth < 3 ? json.read(text) : null;
        if (parsed instanceof Map<?, ?> || parsed instanceof List<?>) {
            add(messages, parsed, role, json, depth + 1);
        } else {
            messages.add(message(role, List.of(MessageParts.text(text))));
        }
    }

    private static void addList(
            List<Map<String, Object>> messages, List<?> list, String role, JsonText json, int depth) {
        List<Object> parts = new ArrayList<>();
        for (Object element : list) {
            boolean isMessage = element instanceof Map<?, ?> map && isMessage(map);
            if (!isMessage && element != null) {
                parts.add(element);
                continue;
            }
            flush(messages, parts, role);
            add(messages, element, role, json, depth + 1);
        }
        flush(messages, parts, role);
    }

    private static void flush(List<Map<String, Object>> messages, List<Object> parts, String role) {
        if (!parts.isEmpty()) {
            messages.add(message(role, MessageParts.canonical(parts)));
            parts.clear();
        }
    }

    private static boolean isMessage(Map<?, ?> map) {
        return map.containsKey("role")
                || map.containsKey("parts")
                || map.containsKey("message")
                || "message".equals(map.get("type"));
    }

    private static void addMap(
            List<Map<String, Object>> messages, Map<?, ?> map, String role, JsonText json, int depth) {
        if (depth > 6) {
            messages.add(message(role, List.of(MessageParts.text(json.write(map)))));
            return;
        }
        if (isMessage(map) && !(map.get("message") instanceof Map<?, ?>)) {
            messages.add(ofMessage(map, role));
            return;
        }
        if (map.get("message") instanceof Map<?, ?> inner) {
            // an OpenAI choice, or the body of a gen_ai.choice event
            Map<String, Object> message = ofMessage(inner, role);
            Object finish = map.get("finish_reason");
            if (finish instanceof String reason && !reason.isEmpty()) {
                message.put("finish_reason", reason);
            }
            messages.add(message);
            return;
        }
        if (addRequest(messages, map, role, json, depth) || addResponse(messages, map, json, depth)) {
            return;
        }
        Map<String, Object> part = MessageParts.canonicalOne(map);
        messages.add(message(role, List.of(part.containsKey("type") ? part : MessageParts.text(json.write(map)))));
    }

    /** A whole request: its system text and its messages. */
    private static boolean addRequest(
            List<Map<String, Object>> messages, Map<?, ?> map, String role, JsonText json, int depth) {
        Object body = firstOf(map, "messages", "contents", "prompt", "input");
        if (body == null || "assistant".equals(role)) {
            return false;
        }
        Object config = map.get("config");
        Object system = firstOf(map, "system", "instructions", "system_instruction", "systemInstruction");
        if (system == null && config instanceof Map<?, ?> settings) {
            system = settings.get("system_instruction");
        }
        add(messages, system, "system", json, depth + 1);
        add(messages, body, role, json, depth + 1);
        return true;
    }

    /** A whole response: OpenAI choices, Responses output, Anthropic content, Gemini candidates. */
    private static boolean addResponse(List<Map<String, Object>> messages, Map<?, ?> map, JsonText json, int depth) {
        Object body = firstOf(map, "choices", "output", "candidates", "content", "messages");
        if (body instanceof List<?> || body instanceof Map<?, ?>) {
            int before = messages.size();
            add(messages, body, "assistant", json, depth + 1);
            return messages.size() > before;
        }
        Object text = firstOf(map, "content", "output_text");
        if (text instanceof String plain && !map.containsKey("type")) {
            messages.add(message("assistant", List.of(MessageParts.text(plain))));
            return true;
        }
        return false;
    }

    private static Map<String, Object> ofMessage(Map<?, ?> map, String defaultRole) {
        String role = map.get("role") instanceof String told ? role(told) : defaultRole;
        List<Object> parts = new ArrayList<>();
        Object reasoning = firstOf(map, "reasoning_content", "reasoning");
        if (reasoning instanceof String text && !text.isEmpty()) {
            parts.add(MessageParts.of("reasoning", "content", text));
        }
        Object content = firstOf(map, "parts", "content", "contents");
        Object toolCallId = map.get("tool_call_id");
        if (role.equals("tool") && toolCallId != null && !map.containsKey("parts")) {
            Map<String, Object> response = MessageParts.of("tool_call_response", "id", toolCallId);
            if (content != null) {
                response.put("response", content);
            }
            parts.add(response);
        } else {
            addContent(parts, content);
        }
        if (map.get("tool_calls") instanceof List<?> calls) {
            parts.addAll(MessageParts.canonical(calls));
        }
        if (map.get("function_call") instanceof Map<?, ?> call) {
            parts.add(MessageParts.ofFunction(null, call));
        }
        if (map.get("refusal") instanceof String refusal && !refusal.isEmpty()) {
            parts.add(MessageParts.of("refusal", "content", refusal));
        }
        Map<String, Object> message = message(role, parts);
        Object finish = firstOf(map, "finish_reason", "stop_reason");
        if (finish instanceof String reason && !reason.isEmpty()) {
            message.put("finish_reason", reason);
        }
        return message;
    }

    private static void addContent(List<Object> parts, @Nullable Object content) {
        if (content instanceof List<?> list) {
            parts.addAll(MessageParts.canonical(list));
        } else if (content instanceof Map<?, ?> map) {
            parts.addAll(
                    map.get("parts") instanceof List<?> inner
                            ? MessageParts.canonical(inner)
                            : List.of(MessageParts.canonicalOne(map)));
        } else if (content != null && !"".equals(content)) {
            parts.add(MessageParts.text(String.valueOf(content)));
        }
    }

    static String role(String told) {
        String role = told.toLowerCase(Locale.ROOT);
        return switch (role) {
            case "human" -> "user";
            case "ai", "model" -> "assistant";
            case "developer" -> "system";
            case "function" -> "tool";
            default -> role.isEmpty() ? "user" : role;
        };
    }

    static Map<String, Object> message(String role, List<?> parts) {
        Map<String, Object> message = new LinkedHashMap<>(4);
        message.put("role", role);
        message.put("parts", parts);
        return message;
    }

    private static @Nullable Object firstOf(Map<?, ?> map, String... keys) {
        for (String key : keys) {
            Object value = map.get(key);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private Messages() {}
}
