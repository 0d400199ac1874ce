package dev.assay.cost.domain.pricing;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One seller under the names that telemetry and catalogue use for it.
 *
 * @param name the family's name
 * @param keyPrefixes what its keys in the catalogue start with, where they are not bare
 */
record ProviderFamily(String name, List<String> keyPrefixes) {

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("azure.ai.openai", "azure"),
            Map.entry("azure.ai.inference", "azure"),
            Map.entry("azure_openai", "azure"),
            Map.entry("azure_ai", "azure"),
            Map.entry("azure_text", "azure"),
            Map.entry("aws.bedrock", "bedrock"),
            Map.entry("aws", "bedrock"),
            Map.entry("amazon", "bedrock"),
            Map.entry("amazon-bedrock", "bedrock"),
            Map.entry("aws_bedrock", "bedrock"),
            Map.entry("bedrock_converse", "bedrock"),
            Map.entry("bedrock_mantle", "bedrock"),
            Map.entry("gcp.vertex_ai", "vertex_ai"),
            Map.entry("vertexai", "vertex_ai"),
            Map.entry("gcp.gemini", "gemini"),
            Map.entry("google_genai", "gemini"),
            Map.entry("google_ai_studio", "gemini"),
            Map.entry("palm", "gemini"),
            Map.entry("gcp.gen_ai", "google"),
            Map.entry("gcp", "google"),
            Map.entry("mistral_ai", "mistral"),
            Map.entry("mistralai", "mistral"),
            Map.entry("codestral", "mistral"),
            Map.entry("text-completion-codestral", "mistral"),
            Map.entry("x_ai", "xai"),
            Map.entry("ibm.watsonx.ai", "watsonx"),
            Map.entry("moonshot_ai", "moonshot"),
            Map.entry("cohere_chat", "cohere"),
            Map.entry("text-completion-openai", "openai"),
            Map.entry("together", "together_ai"),
            Map.entry("togetherai", "together_ai"),
            Map.entry("fireworks", "fireworks_ai"),
            Map.entry("fireworks_ai-embedding-models", "fireworks_ai"),
            Map.entry("voyageai", "voyage"),
            Map.entry("vercel", "vercel_ai_gateway"));

    private static final Map<String, List<String>> PREFIXES = Map.of(
            "azure", List.of("azure/", "azure_ai/"),
            "bedrock", List.of("bedrock/", "bedrock_mantle/"),
            "mistral", List.of("mistral/", "codestral/"));

    /** The families that a provider's name stands for, the likelier first; Google's name alone may mean either shop. */
    static List<ProviderFamily> of(String provider) {
        String name = nameOf(provider);
        return name.equals("google") ? List.of(named("gemini"), named("vertex_ai")) : List.of(named(name));
    }

    static String nameOf(String provider) {
        String lower = provider.toLowerCase(Locale.ROOT);
        if (lower.startsWith("vertex_ai")) {
            return "vertex_ai"; // the catalogue splits it by vendor: vertex_ai-anthropic_models, …
        }
        return NAMES.getOrDefault(lower, lower);
    }

    static ProviderFamily named(String name) {
        return new ProviderFamily(name, PREFIXES.getOrDefault(name, List.of(name + "/")));
    }
}
