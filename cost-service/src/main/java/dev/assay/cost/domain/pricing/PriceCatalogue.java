package dev.assay.cost.domain.pricing;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * One version of the price list: immutable rows, and the rules by which a call's provider and model lead to one of them.
 *
 * <p>Safe for any thread. Rate cards are made on first use.
 */
public final class PriceCatalogue {
    private static final Set<String> GATEWAYS = Set.of("", "openai", "litellm", "portkey", "helicone", "unknown");

    /** What first-party model names look like, for calls that do not tell their provider. */
    private static final List<Map.Entry<Pattern, String>> VENDORS = List.of(
            Map.entry(
                    Pattern.compile("(?:ft:)?(?:gpt-|chatgpt-|o\\d|text-embedding-3|dall-e|whisper|tts-).*"), "openai"),
            Map.entry(Pattern.compile("claude-.*"), "anthropic"),
            Map.entry(Pattern.compile("gemini-.*|veo-.*|imagen-.*"), "gemini"),
            Map.entry(
                    Pattern.compile("(?:mistral|ministral|magistral|codestral|devstral|pixtral|open-mi[sx]t)\\S*"),
                    "mistral"),
            Map.entry(Pattern.compile("grok-.*"), "xai"),
            Map.entry(Pattern.compile("deepseek-.*"), "deepseek"),
            Map.entry(Pattern.compile("(?:command|embed-|rerank-).*"), "cohere"),
            Map.entry(Pattern.compile("sonar.*"), "perplexity"),
            Map.entry(Pattern.compile("voyage-.*"), "voyage"));

    private final String version;
    private final Instant effectiveFrom;
    private final String currency;
    private final Map<String, PriceRow> rows = new HashMap<>();
    private final Map<String, PriceRow> rowsByLowerKey = new HashMap<>();
    private final Set<String> families = new HashSet<>();
    private final Map<String, RateCard> cards = new ConcurrentHashMap<>();

    /**
     * A version.
     *
     * @param effectiveFrom from when its prices hold
     * @param currency ISO 4217, the currency of all its rates
     */
    public PriceCatalogue(String version, Instant effectiveFrom, String currency, Collection<PriceRow> rows) {
        this.version = version;
        this.effectiveFrom = effectiveFrom;
        this.currency = currency;
        for (PriceRow row : rows) {
            if (this.rows.put(row.key(), row) != null) {
                throw new IllegalArgumentException("catalogue " + version + " lists " + row.key() + " twice");
            }
            rowsByLowerKey.putIfAbsent(row.key().toLowerCase(Locale.ROOT), row);
            families.add(ProviderFamily.nameOf(row.provider()));
        }
    }

    /** The same prices, holding from another time. */
    public PriceCatalogue effectiveFrom(Instant from) {
        return from.equals(effectiveFrom) ? this : new PriceCatalogue(version, from, currency, rows.values());
    }

    public String version() {
        return version;
    }

    public Instant effectiveFrom() {
        return effectiveFrom;
    }

    public String currency() {
        return currency;
    }

    public Collection<PriceRow> rows() {
        return List.copyOf(rows.values());
    }

    /** The row of this key. */
    public Optional<PriceRow> row(String key) {
        return Optional.ofNullable(rows.get(key));
    }

    /** The rate card of one of this catalogue's rows. */
    public RateCard card(PriceRow row) {
        return cards.computeIfAbsent(row.key(), key -> RateCard.of(row));
    }

    /**
     * The row for a call: by the response's model, else by the request's. A provider that the catalogue knows is never
     * priced by another seller's list; gateways and OpenAI-compatible clients name models of everyone, so there the name
     * decides.
     */
    public Optional<PriceMatch> match(String provider, String responseModel, String requestModel) {
        Optional<PriceMatch> byResponse = matchOne(provider, responseModel);
        return byResponse.isPresent() || requestModel.equals(responseModel)
                ? byResponse
                : matchOne(provider, requestModel);
    }

    private Optional<PriceMatch> matchOne(String provider, String model) {
        if (model.isBlank()) {
            return Optional.empty();
        }
        Map<String, MatchRule> names = ModelNames.candidates(model.strip());
        Optional<PriceMatch> match = matchFamilies(ProviderFamily.of(provider), names);
        if (match.isPresent()) {
            return match;
        }
        boolean gateway = GATEWAYS.contains(provider.toLowerCase(Locale.ROOT));
        if (gateway || !isKnown(provider)) {
            match = matchByName(names, gateway);
        }
        return match;
    }

    private boolean isKnown(String provider) {
        return ProviderFamily.of(provider).stream().anyMatch(family -> families.contains(family.name()));
    }

    private Optional<PriceMatch> matchFamilies(List<ProviderFamily> candidates, Map<String, MatchRule> names) {
        for (Map.Entry<String, MatchRule> name : names.entrySet()) {
            for (ProviderFamily family : candidates) {
                Optional<PriceRow> bare = find(name.getKey()).filter(row -> isOf(row, family));
                if (bare.isPresent()) {
                    return Optional.of(new PriceMatch(bare.get(), name.getValue()));
                }
                for (String prefix : family.keyPrefixes()) {
                    Optional<PriceRow> prefixed = find(prefix + name.getKey());
                    if (prefixed.isPresent()) {
                        MatchRule rule =
                                name.getValue() == MatchRule.EXACT ? MatchRule.PROVIDER_PREFIX : name.getValue();
                        return Optional.of(new PriceMatch(prefixed.get(), rule));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<PriceMatch> matchByName(Map<String, MatchRule> names, boolean infer) {
        for (String name : names.keySet()) {
            Optional<PriceRow> row = find(name);
            if (row.isPresent()) {
                return Optional.of(new PriceMatch(row.get(), MatchRule.NAME_ONLY));
            }
            if (infer) {
                for (Map.Entry<Pattern, String> vendor : VENDORS) {
                    if (vendor.getKey().matcher(name).matches()) {
                        Optional<PriceMatch> match = matchFamilies(
                                List.of(ProviderFamily.named(vendor.getValue())), Map.of(name, MatchRule.NAME_ONLY));
                        if (match.isPresent()) {
                            return Optional.of(new PriceMatch(match.get().row(), MatchRule.NAME_ONLY));
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<PriceRow> find(String key) {
        PriceRow row = rows.get(key);
        return Optional.ofNullable(row != null ? row : rowsByLowerKey.get(key.toLowerCase(Locale.ROOT)));
    }

    private static boolean isOf(PriceRow row, ProviderFamily family) {
        return ProviderFamily.nameOf(row.provider()).equals(family.name());
    }
}
