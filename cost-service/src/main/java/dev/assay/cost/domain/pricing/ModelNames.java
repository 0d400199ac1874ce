package dev.assay.cost.domain.pricing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names under which a model may stand in the catalogue, best first, with the rule that made each. Every rule is
 * explained, with examples, in {@code docs/prices.md}.
 */
final class ModelNames {
    private static final Pattern ARN = Pattern.compile(
            "arn:[a-z-]+:bedrock:[^:]*:[^:]*:" + "(foundation-model|inference-profile|default-prompt-router)/(.+)");
    private static final Pattern REGIONAL_ARN =
            Pattern.compile("arn:[a-z-]+:bedrock:([a-z0-9-]+):[^:]*:foundation-model/(.+)");
    private static final Pattern RESOURCE_PATH = Pattern.compile("(?:models|.*/publishers/[^/]+/models)/([^/]+)");
    private static final Pattern VENDOR_PATH = Pattern.compile("(?:openai|anthropic|google|gemini|vertex_ai|bedrock"
            + "|azure|azure_ai|mistral|mistralai|xai|x-ai|deepseek|cohere|groq)/(.+)");
    private static final Pattern OPENAI_FINE_TUNE = Pattern.compile("(ft:[^:]+):.*");
    private static final Pattern AZURE_FINE_TUNE = Pattern.compile("([^:]+)\\.ft-[0-9a-f]+.*");
    private static final Pattern REGION_PREFIX =
            Pattern.compile("(?:us|eu|apac|au|jp|ca|sa|me|af|global|us-gov)\\.(.+)");
    private static final Pattern CONTEXT_SUFFIX = Pattern.compile("(.+?):\\d+k");
    private static final Pattern AT_SUFFIX = Pattern.compile("(.+)@[A-Za-z0-9-]+");
    private static final Pattern DATE_SUFFIX = Pattern.compile("(.+?)[-@]20\\d{2}-?[01]\\d-?[0-3]\\d");

    private ModelNames() {}

    static Map<String, MatchRule> candidates(String model) {
        Map<String, MatchRule> names = new LinkedHashMap<>();
        names.put(model, MatchRule.EXACT);
        addAll(names, MatchRule.RESOURCE_NAME, ModelNames::inItsRegion);
        addAll(names, MatchRule.RESOURCE_NAME, name -> group(ARN, name, 2));
        addAll(names, MatchRule.RESOURCE_NAME, name -> group(RESOURCE_PATH, name, 1));
        addAll(names, MatchRule.RESOURCE_NAME, name -> group(VENDOR_PATH, name, 1));
        addAll(names, MatchRule.FINE_TUNE, name -> group(OPENAI_FINE_TUNE, name, 1));
        addAll(names, MatchRule.FINE_TUNE, name -> group(AZURE_FINE_TUNE, name, 1));
        addAll(names, MatchRule.VERSION_SUFFIX, name -> group(CONTEXT_SUFFIX, name, 1));
        addAll(names, MatchRule.REGION_PREFIX, name -> group(REGION_PREFIX, name, 1));
        addAll(names, MatchRule.DATE_SUFFIX, name -> group(DATE_SUFFIX, name, 1));
        addAll(names, MatchRule.VERSION_SUFFIX, name -> group(AT_SUFFIX, name, 1));
        addAll(
                names,
                MatchRule.VERSION_SUFFIX,
                name -> name.endsWith("-latest")
                        ? Optional.of(name.substring(0, name.length() - "-latest".length()))
                        : Optional.empty());
        addAll(
                names,
                MatchRule.LATEST,
                name -> name.endsWith("-latest") || name.startsWith("ft:")
                        ? Optional.empty()
                        : Optional.of(name + "-latest"));
        return names;
    }

    private static void addAll(
            Map<String, MatchRule> names, MatchRule rule, Function<String, Optional<String>> change) {
        for (String name : names.keySet().toArray(String[]::new)) {
            change.apply(name).ifPresent(changed -> names.putIfAbsent(changed, rule));
        }
    }

    /** A model on demand costs what its region asks, where the catalogue lists the region: {@code us-gov-west-1/…}. */
    private static Optional<String> inItsRegion(String name) {
        Matcher matcher = REGIONAL_ARN.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1) + "/" + matcher.group(2)) : Optional.empty();
    }

    private static Optional<String> group(Pattern pattern, String name, int group) {
        Matcher matcher = pattern.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(group)) : Optional.empty();
    }
}
