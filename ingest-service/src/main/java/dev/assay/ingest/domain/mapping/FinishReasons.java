package dev.assay.ingest.domain.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a model stopped, in one vocabulary. */
public final class FinishReasons {
    private static final int MAX_REASONS = 16;
    private static final int MAX_CHARS = 64;

    /** One reason: lower case, underscores, synonyms folded. */
    public static String normalize(String raw) {
        String reason = raw.trim().toLowerCase(Locale.ROOT).replace('-', '_');
        return switch (reason) {
            case "end_turn", "stop_sequence", "completed" -> "stop";
            case "max_tokens" -> "length";
            case "tool_use", "tool_calls", "function_call" -> "tool_call";
            case "safety", "refusal" -> "content_filter";
            default -> reason;
        };
    }

    /** The reasons of a span as they were sent: an array, JSON text of one, or bare text. */
    static List<String> raw(SourceSpan source) {
        List<String> reasons = new ArrayList<>(1);
        for (GenAiAttributes name : FieldNames.FINISH_REASONS) {
            Object value = source.attributes().get(name);
            if (value != null) {
                addAll(reasons, value, source.json());
                if (!reasons.isEmpty()) {
                    return reasons;
                }
            }
        }
        if (source.attributes().has(AttributeFamily.FLAT_COMPLETION)) {
            for (Attributes.Other other : source.attributes().others()) {
                if (other.key().startsWith(AttributeFamily.FLAT_COMPLETION.prefix())
                        && other.key().endsWith(".finish_reason")) {
                    add(reasons, other.value());
                }
            }
        }
        return reasons;
    }

    private static void addAll(List<String> reasons, Object value, JsonText json) {
        List<?> list = Coercion.list(value);
        if (list == null && value instanceof String text && text.startsWith("[")) {
            list = Coercion.list(json.read(text));
        }
        if (list == null) {
            add(reasons, value);
        } else {
            list.forEach(reason -> add(reasons, reason));
        }
    }

    static void add(List<String> reasons, @Nullable Object value) {
        String reason = Coercion.text(value);
        if (reason != null && reason.length() <= MAX_CHARS && reasons.size() < MAX_REASONS) {
            reasons.add(reason);
        }
    }

    private FinishReasons() {}
}
