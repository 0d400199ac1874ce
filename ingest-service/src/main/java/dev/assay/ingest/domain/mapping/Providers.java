package dev.assay.ingest.domain.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conventions' name of a provider, from any of the names that SDKs give it. Unknown names pass through. */
public final class Providers {
    private static final Map<String, String> NAMES = names();

    /** The normalised name; empty for none. */
    public static String normalize(String raw) {
        String name = raw.trim().toLowerCase(Locale.ROOT);
        String known = NAMES.get(name);
        if (known != null) {
            return known;
        }
        // the AI SDK appends the API to the provider: openai.chat, google.vertex.chat
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            String base = NAMES.get(name.substring(0, dot));
            if (base != null) {
                return base;
            }
        }
        return name;
    }

    /** As {@link #normalize}, with null for an absent name. */
    static @Nullable String normalizeOrNull(@Nullable String raw) {
        return raw == null ? null : normalize(raw);
    }

    private static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        for (String wellKnown : List.of(
                "anthropic",
                "aws.bedrock",
                "azure.ai.inference",
                "azure.ai.openai",
                "cohere",
                "deepseek",
                "gcp.gemini",
                "gcp.gen_ai",
                "gcp.vertex_ai",
                "groq",
                "ibm.watsonx.ai",
                "mistral_ai",
                "moonshot_ai",
                "openai",
                "perplexity",
                "x_ai")) {
            names.put(wellKnown, wellKnown);
        }
        alias(names, "azure.ai.openai", "az.ai.openai", "azure", "azure_openai", "azure-openai");
        alias(names, "azure.ai.inference", "az.ai.inference");
        alias(names, "aws.bedrock", "bedrock", "aws_bedrock", "bedrock_converse", "aws", "amazon-bedrock");
        alias(names, "gcp.vertex_ai", "vertex_ai", "vertexai", "google.vertex");
        alias(names, "gcp.gemini", "gemini", "google_genai", "google_ai_studio");
        alias(names, "gcp.gen_ai", "google", "gcp.vertex.agent");
        alias(names, "mistral_ai", "mistral", "mistralai");
        alias(names, "x_ai", "xai");
        alias(names, "ibm.watsonx.ai", "ibm.watson.ai", "watsonx");
        alias(names, "moonshot_ai", "moonshot", "moonshotai");
        return Map.copyOf(names);
    }

    private static void alias(Map<String, String> names, String name, String... aliases) {
        for (String alias : aliases) {
            names.put(alias, name);
        }
    }

    private Providers() {}
}
