package dev.assay.ingest.domain.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages that came as events rather than as attributes: one per message in the conventions before 1.37, one for all
 * before 1.28, and the details event of today.
 */
final class ContentEvents {
    static final String DETAILS = "gen_ai.client.inference.operation.details";

    static List<Map<String, Object>> input(SourceSpan source) {
        List<Map<String, Object>> messages = new ArrayList<>();
        for (TelemetryEvent event : source.span().events()) {
            Attributes attributes = event.attributes();
            switch (event.name()) {
                case "gen_ai.content.prompt" ->
                    messages.addAll(
                            Messages.canonical(attributes.get(GenAiAttributes.GEN_AI_PROMPT), "user", source.json()));
                case DETAILS ->
                    messages.addAll(Messages.canonical(
                            attributes.get(GenAiAttributes.GEN_AI_INPUT_MESSAGES), "user", source.json()));
                default -> {
                    String role = inputRole(event.name());
                    if (role != null) {
                        messages.addAll(Messages.canonical(body(attributes, role), role, source.json()));
                    }
                }
            }
        }
        return messages;
    }

    static List<Map<String, Object>> output(SourceSpan source) {
        List<Map<String, Object>> messages = new ArrayList<>();
        for (TelemetryEvent event : source.span().events()) {
            Attributes attributes = event.attributes();
            switch (event.name()) {
                case "gen_ai.content.completion" ->
                    messages.addAll(Messages.canonical(
                            attributes.get(GenAiAttributes.GEN_AI_COMPLETION), "assistant", source.json()));
                case DETAILS ->
                    messages.addAll(Messages.canonical(
                            attributes.get(GenAiAttributes.GEN_AI_OUTPUT_MESSAGES), "assistant", source.json()));
                case "gen_ai.choice" ->
                    messages.addAll(Messages.canonical(body(attributes, "assistant"), "assistant", source.json()));
                default -> {
                    // not content
                }
            }
        }
        return messages;
    }

    /** Who speaks in a per-message event of the input; null for other events. */
    static @Nullable String inputRole(String eventName) {
        return switch (eventName) {
            case "gen_ai.system.message" -> "system";
            case "gen_ai.user.message" -> "user";
            case "gen_ai.assistant.message" -> "assistant";
            case "gen_ai.tool.message" -> "tool";
            default -> null;
        };
    }

    /** On a span event the body's fields are attributes of their own. */
    private static Map<String, Object> body(Attributes attributes, String role) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (Attributes.Other other : attributes.others()) {
            String key = other.key().startsWith("gen_ai.event.") ? other.key().substring(13) : other.key();
            body.put(key, other.value());
        }
        if (!body.containsKey("message")) {
            body.putIfAbsent("role", role);
        }
        return body;
    }

    private ContentEvents() {}
}
