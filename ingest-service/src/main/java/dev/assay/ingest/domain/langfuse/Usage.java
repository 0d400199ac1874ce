package dev.assay.ingest.domain.langfuse;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.domain.mapping.Coercion;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The usage of an observation in any of the shapes that SDKs have sent, as one flat object of counts.
 *
 * <p>Langfuse's own {@code usage} and {@code usageDetails}, OpenAI's for completions and for responses. OpenAI's totals
 * include their parts, which is said by their total where the sender left it out.
 */
final class Usage {

    /** What the observation used, or null when it does not say, or not in tokens. */
    static @Nullable Map<String, Object> tokens(Body body) {
        Map<?, ?> details = body.object("usageDetails");
        Map<?, ?> usage = details == null || details.isEmpty() ? body.object("usage") : details;
        if (usage == null || !inTokens(usage)) {
            return null;
        }
        Map<String, Object> flat = new LinkedHashMap<>();
        usage.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (value != null && Coercion.map(value) == null && !name.equals("unit") && !name.endsWith("Cost")) {
                flat.put(name, value);
            }
        });
        boolean openAi = part(usage, flat, "prompt_tokens_details", "cached_tokens", "input_cached_tokens")
                | part(usage, flat, "input_tokens_details", "cached_tokens", "input_cached_tokens")
                | part(usage, flat, "prompt_tokens_details", "audio_tokens", "input_audio_tokens")
                | part(usage, flat, "completion_tokens_details", "reasoning_tokens", "output_reasoning_tokens")
                | part(usage, flat, "output_tokens_details", "reasoning_tokens", "output_reasoning_tokens")
                | part(usage, flat, "completion_tokens_details", "audio_tokens", "output_audio_tokens");
        if (openAi && !flat.containsKey("total_tokens") && !flat.containsKey("total")) {
            flat.put(
                    "total",
                    first(flat, "prompt_tokens", "input_tokens") + first(flat, "completion_tokens", "output_tokens"));
        }
        return flat.isEmpty() ? null : flat;
    }

    /** What the observation cost, or null when it does not say. */
    static @Nullable Map<?, ?> costs(Body body) {
        Map<?, ?> details = body.object("costDetails");
        if (details != null && !details.isEmpty()) {
            return details;
        }
        Map<String, Object> costs = new LinkedHashMap<>();
        Map<?, ?> usage = body.object("usage");
        for (String part : new String[] {"input", "output", "total"}) {
            Object cost = usage == null ? null : usage.get(part + "Cost");
            Object ofBody = cost == null ? body.get(part + "Cost") : cost;
            if (ofBody != null) {
                costs.put(part, ofBody);
            }
        }
        return costs.isEmpty() ? null : costs;
    }

    /** Usage that is not counted in tokens. */
    static void applyOtherUnits(Body body, Call.Builder call) {
        Map<?, ?> usage = body.object("usage");
        if (usage == null || inTokens(usage)) {
            return;
        }
        Double input = Coercion.number(usage.get("input"));
        Double total = Coercion.number(usage.get("total"));
        Double amount = input == null ? total : input;
        if (amount == null || amount < 0 || amount > 1e9) {
            return;
        }
        switch (unit(usage)) {
            case "CHARACTERS" -> call.setInputCharacters(Math.round(amount));
            case "SECONDS" -> call.setInputSeconds(amount);
            case "MILLISECONDS" -> call.setInputSeconds(amount / 1000);
            case "IMAGES" -> call.setImages(Math.round(amount));
            default -> call.putMetadata("usage_" + unit(usage).toLowerCase(Locale.ROOT), String.valueOf(amount));
        }
    }

    private static boolean inTokens(Map<?, ?> usage) {
        String unit = unit(usage);
        return unit.isEmpty() || unit.equals("TOKENS");
    }

    private static String unit(Map<?, ?> usage) {
        String unit = Coercion.text(usage.get("unit"));
        return unit == null || unit.length() > 20 ? "" : unit.toUpperCase(Locale.ROOT);
    }

    /** Whether the object of parts is there; its part goes in under Langfuse's name. */
    private static boolean part(Map<?, ?> usage, Map<String, Object> flat, String object, String name, String as) {
        Map<?, ?> parts = Coercion.map(usage.get(object));
        Object value = parts == null ? null : parts.get(name);
        if (value != null) {
            flat.putIfAbsent(as, value);
        }
        return parts != null;
    }

    private static long first(Map<String, Object> flat, String... names) {
        for (String name : names) {
            Long count = Coercion.count(flat.get(name));
            if (count != null) {
                return count;
            }
        }
        return 0;
    }

    private Usage() {}
}
