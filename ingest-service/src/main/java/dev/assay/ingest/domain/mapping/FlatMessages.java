package dev.assay.ingest.domain.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Messages that were flattened into numbered attributes, put together again.
 *
 * <p>{@code llm.input_messages.0.message.content} of OpenInference, {@code gen_ai.prompt.0.content} of OpenLLMetry. The
 * numbers order; a number that is no number, or too large, is left out.
 */
final class FlatMessages {
    private static final int MAX_INDEX = 9_999;

    /** The messages under a prefix, in order; empty when there are none. */
    static List<Map<String, Object>> read(Attributes attributes, AttributeFamily family) {
        if (!attributes.has(family)) {
            return List.of();
        }
        TreeMap<Integer, Map<String, Object>> messages = new TreeMap<>();
        for (Attributes.Other other : attributes.others()) {
            if (other.key().startsWith(family.prefix())) {
                String[] path = other.key().substring(family.prefix().length()).split("\\.", 8);
                Integer index = index(path[0]);
                if (index != null && path.length > 1) {
                    Map<String, Object> message = messages.computeIfAbsent(index, i -> new LinkedHashMap<>());
                    put(message, path, path[1].equals("message") ? 2 : 1, other.value());
                }
            }
        }
        return new ArrayList<>(messages.values());
    }

    private static void put(Map<String, Object> message, String[] path, int at, Object value) {
        if (at >= path.length) {
            return;
        }
        switch (path[at]) {
            case "role", "content", "finish_reason", "tool_call_id", "name" -> message.put(path[at], value);
            case "contents" -> putContent(message, path, at + 1, value);
            case "tool_calls" -> putToolCall(message, path, at + 1, value);
            case "function_call_name" -> child(message, "function_call").put("name", value);
            case "function_call_arguments_json" ->
                child(message, "function_call").put("arguments", value);
            default -> {
                // a field of a message that no shape knows
            }
        }
    }

    /** {@code M.message_content.type} and {@code M.message_content.text}. */
    private static void putContent(Map<String, Object> message, String[] path, int at, Object value) {
        Map<String, Object> part = numbered(message, "content", path, at);
        if (part != null && path.length > at + 2) {
            part.put(path[at + 2], value);
        }
    }

    /** {@code M.tool_call.function.name} of OpenInference, {@code M.name} of OpenLLMetry. */
    private static void putToolCall(Map<String, Object> message, String[] path, int at, Object value) {
        Map<String, Object> call = numbered(message, "tool_calls", path, at);
        if (call != null && path.length > at + 1) {
            call.put(path[path.length - 1], value);
            call.putIfAbsent("type", "tool_call");
        }
    }

    private static @Nullable Map<String, Object> numbered(
            Map<String, Object> message, String field, String[] path, int at) {
        Integer index = at < path.length ? index(path[at]) : null;
        if (index == null || index > 1_000) {
            return null;
        }
        Object present = message.get(field);
        if (!(present instanceof Numbered)) {
            present = new Numbered();
            message.put(field, present);
        }
        return ((Numbered) present).at(index);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> message, String field) {
        return (Map<String, Object>) message.computeIfAbsent(field, f -> new LinkedHashMap<String, Object>());
    }

    private static @Nullable Integer index(String text) {
        if (text.isEmpty() || text.length() > 4) {
            return null;
        }
        int index = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return null;
            }
            index = index * 10 + (digit - '0');
        }
        return index <= MAX_INDEX ? index : null;
    }

    /** A list whose elements may come in any order; gaps stay out. */
    private static final class Numbered extends java.util.AbstractList<Map<String, Object>> {
        private final TreeMap<Integer, Map<String, Object>> elements = new TreeMap<>();
        private @Nullable List<Map<String, Object>> ordered;

        Map<String, Object> at(int index) {
            ordered = null;
            return elements.computeIfAbsent(index, i -> new LinkedHashMap<>());
        }

        @Override
        public Map<String, Object> get(int index) {
            if (ordered == null) {
                ordered = new ArrayList<>(elements.values());
            }
            return ordered.get(index);
        }

        @Override
        public int size() {
            return elements.size();
        }
    }

    private FlatMessages() {}
}
