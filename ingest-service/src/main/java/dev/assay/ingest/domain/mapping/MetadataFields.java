package dev.assay.ingest.domain.mapping;

import dev.assay.contracts.llm.v1.Call;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What else the sender attached: everything under a dialect's metadata prefix, and small attributes that the mapping does
 * not know, under their own names. Bounded in number and length.
 *
 * <p>What became a field of its own (user, session, tags) is not repeated here: an erasure must find it in one place.
 */
final class MetadataFields {
    private static final int MAX_ENTRIES = 64;
    private static final int MAX_KEY_CHARS = 200;
    private static final int MAX_VALUE_CHARS = 4096;
    private static final int MAX_UNKNOWN_CHARS = 256;

    private static final List<String> PREFIXES = List.of(
            "langfuse.observation.metadata.",
            "langfuse.trace.metadata.",
            "traceloop.association.properties.",
            "ai.telemetry.metadata.",
            "langsmith.metadata.",
            "metadata.");

    /** Content, parameters, and what repeats other fields. */
    private static final List<String> LEFT_OUT = List.of(
            "llm.input_messages.",
            "llm.output_messages.",
            "llm.prompts.",
            "llm.tools.",
            "gen_ai.prompt.",
            "gen_ai.completion.",
            "gen_ai.request.",
            "gen_ai.tool.",
            "gen_ai.usage.",
            "gen_ai.client.",
            "ai.prompt.",
            "ai.settings.",
            "ai.request.headers.",
            "ai.response.",
            "ai.toolCall.",
            "ai.value",
            "ai.embedding",
            "embedding.",
            "retrieval.",
            "document",
            "exception.",
            "telemetry.",
            "langfuse.internal.",
            "operation.name",
            "resource.name");

    static void apply(SourceSpan source, Call.Builder call) {
        for (Attributes.Other other : source.attributes().others()) {
            String key = withoutPrefix(other.key());
            if (key != null) {
                put(call, key, other.value(), source.json());
            }
        }
        Map<?, ?> metadata = source.object(GenAiAttributes.METADATA);
        if (metadata != null) {
            metadata.forEach((key, value) -> {
                if (!key.equals("user_id")) {
                    put(call, String.valueOf(key), value, source.json());
                }
            });
        }
        for (Attributes.Other other : source.attributes().others()) {
            if (withoutPrefix(other.key()) == null && !isLeftOut(other.key())) {
                putUnknown(call, other.key(), other.value());
            }
        }
    }

    /** Whether a span that is no LLM span still carries something for its trace. */
    static boolean isPresent(Attributes attributes) {
        for (Attributes.Other other : attributes.others()) {
            if (withoutPrefix(other.key()) != null) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String withoutPrefix(String key) {
        for (String prefix : PREFIXES) {
            if (key.startsWith(prefix) && key.length() > prefix.length()) {
                return key.substring(prefix.length());
            }
        }
        return null;
    }

    private static boolean isLeftOut(String key) {
        for (String prefix : LEFT_OUT) {
            if (key.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static void put(Call.Builder call, String key, @Nullable Object value, JsonText json) {
        if (value == null || key.length() > MAX_KEY_CHARS || call.getMetadataCount() >= MAX_ENTRIES) {
            return;
        }
        String scalar = Coercion.text(value);
        String text = scalar != null ? scalar : value instanceof String ? "" : json.write(value);
        if (text.length() > MAX_VALUE_CHARS) {
            text = text.substring(0, MAX_VALUE_CHARS);
            if (!call.getTruncatedList().contains("metadata")) {
                call.addTruncated("metadata");
            }
        }
        if (!text.isEmpty()) {
            call.putMetadata(key, text);
        }
    }

    private static void putUnknown(Call.Builder call, String key, Object value) {
        String text = Coercion.text(value);
        if (text != null
                && text.length() <= MAX_UNKNOWN_CHARS
                && key.length() <= MAX_KEY_CHARS
                && call.getMetadataCount() < MAX_ENTRIES) {
            call.putMetadata(key, text);
        }
    }

    private MetadataFields() {}
}
