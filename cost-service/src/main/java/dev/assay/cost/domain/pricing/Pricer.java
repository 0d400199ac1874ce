package dev.assay.cost.domain.pricing;

import dev.assay.cost.domain.pricing.ChargeClass.Side;
import dev.assay.cost.domain.pricing.PricingOutcome.Priced;
import dev.assay.cost.domain.pricing.PricingOutcome.Unpriced;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prices a call's usage by a rate card, in exact decimals, with no rounding anywhere.
 *
 * <p>Every token that was told must have a price, or the call as a whole is unpriced: a sum that leaves something out would
 * look like a cost and be none. One exception: a card that prices no tokens on a side (speech by the second, images by the
 * piece) does not bill that side's tokens where it bills such a unit of the call.
 */
public final class Pricer {
    private static final Set<String> MODES_OF_ONE_QUERY = Set.of("rerank", "search", "vector_store");

    private Pricer() {}

    /** The bill, or why there is none. */
    public static PricingOutcome price(RateCard card, Usage usage) {
        if (!card.row().hasRates()) {
            return new Unpriced(UnpricedReason.NO_RATES, card.row().key());
        }
        if (card.isUndecidable() || usage.inputSeconds().signum() > 0 && SpeechSeconds.areUndecidable(card.row())) {
            return new Unpriced(UnpricedReason.RATE_UNDECIDABLE, card.row().key());
        }
        Map<ChargeClass, UnitPrice> prices = card.prices(usage.inputTokens(), usage.serviceTier());
        Map<ChargeClass, BigDecimal> quantities = quantities(card, prices, usage);
        List<Charge> charges = new ArrayList<>(quantities.size());
        List<ChargeClass> missing = new ArrayList<>(0);
        for (Map.Entry<ChargeClass, BigDecimal> entry : quantities.entrySet()) {
            ChargeClass chargeClass = entry.getKey();
            UnitPrice price = unitPrice(card, prices, usage, chargeClass);
            if (price == null) {
                missing.add(chargeClass);
            } else {
                charges.add(Charge.of(chargeClass, entry.getValue(), withFactors(card, usage, chargeClass, price)));
            }
        }
        for (ChargeClass chargeClass : missing) {
            if (charges.isEmpty() || mustHavePrice(card, chargeClass, prices, charges)) {
                return new Unpriced(UnpricedReason.NO_RATE_FOR_CLASS, chargeClass.label());
            }
        }
        return Priced.of(charges);
    }

    /** Whether a call by this card has a cost without any usage being told: one call is one query at least. */
    public static boolean billsEachCall(RateCard card) {
        return isOfOneQuery(card, card.prices(0, ServiceTier.STANDARD));
    }

    /** What the call used of each class, without zeros and without what another class already stands for. */
    private static Map<ChargeClass, BigDecimal> quantities(
            RateCard card, Map<ChargeClass, UnitPrice> prices, Usage usage) {
        TokenSplit split = TokenSplit.of(usage);
        Map<ChargeClass, BigDecimal> quantities = new EnumMap<>(ChargeClass.class);
        for (ChargeClass chargeClass : ChargeClass.values()) {
            put(quantities, chargeClass, split.of(chargeClass));
        }
        put(quantities, ChargeClass.CITATION, usage.citationTokens());
        put(quantities, ChargeClass.INPUT_SECONDS, usage.inputSeconds());
        put(quantities, ChargeClass.OUTPUT_VIDEO_SECONDS, usage.outputVideoSeconds());
        put(quantities, ChargeClass.PAGES, usage.pages());
        put(quantities, ChargeClass.WEB_SEARCHES, usage.webSearches());
        put(quantities, ChargeClass.QUERIES, queries(card, prices, usage));
        if (prices.containsKey(ChargeClass.REQUESTS)) {
            put(quantities, ChargeClass.REQUESTS, 1);
        }
        // characters measure the same text as tokens do: one of the two is billed
        boolean tokensAreBilled = usage.inputTokens() > 0 && prices.containsKey(ChargeClass.INPUT_TEXT);
        if (!tokensAreBilled) {
            put(quantities, ChargeClass.INPUT_CHARACTERS, usage.inputCharacters());
        }
        putImages(card, usage, quantities);
        return quantities;
    }

    /** A picture is billed once: by its tokens where they were told and have a rate of their own, else by the piece. */
    private static void putImages(RateCard card, Usage usage, Map<ChargeClass, BigDecimal> quantities) {
        if (usage.images() == 0) {
            return;
        }
        boolean made = card.rate(RateNames.OUTPUT_PER_IMAGE) != null;
        long tokens = made ? usage.outputImageTokens() : usage.inputImageTokens();
        String tokenRate = made ? "output_cost_per_image_token" : "input_cost_per_image_token";
        if (tokens > 0 && card.rate(tokenRate) != null) {
            return;
        }
        if (made || card.rate(RateNames.INPUT_PER_IMAGE) != null) {
            quantities.remove(made ? ChargeClass.OUTPUT_IMAGE : ChargeClass.INPUT_IMAGE);
        }
        put(quantities, ChargeClass.IMAGES, usage.images());
    }

    private static long queries(RateCard card, Map<ChargeClass, UnitPrice> prices, Usage usage) {
        return isOfOneQuery(card, prices) ? Math.max(1, usage.queries()) : usage.queries();
    }

    private static boolean isOfOneQuery(RateCard card, Map<ChargeClass, UnitPrice> prices) {
        return MODES_OF_ONE_QUERY.contains(card.row().mode()) && prices.containsKey(ChargeClass.QUERIES);
    }

    private static boolean mustHavePrice(
            RateCard card, ChargeClass chargeClass, Map<ChargeClass, UnitPrice> prices, List<Charge> charges) {
        return switch (chargeClass) {
            case WEB_SEARCHES -> true;
            case OUTPUT_VIDEO_SECONDS -> !prices.containsKey(ChargeClass.OUTPUT_TEXT);
            default -> chargeClass.side() != Side.UNIT && !isUnbilledSide(card, chargeClass.side(), prices, charges);
        };
    }

    /** Whether the card bills no tokens on this side: units are the whole bill, or an embedding has no output to bill. */
    private static boolean isUnbilledSide(
            RateCard card, Side side, Map<ChargeClass, UnitPrice> prices, List<Charge> charges) {
        if (prices.keySet().stream().anyMatch(priced -> priced.side() == side)) {
            return false;
        }
        return charges.stream().anyMatch(charge -> charge.chargeClass().side() == Side.UNIT)
                || side == Side.OUTPUT && card.row().mode().equals("embedding");
    }

    private static @Nullable UnitPrice unitPrice(
            RateCard card, Map<ChargeClass, UnitPrice> prices, Usage usage, ChargeClass chargeClass) {
        UnitPrice listed = prices.get(chargeClass);
        return switch (chargeClass) {
            case WEB_SEARCHES -> searchPrice(card, usage.searchContextSize());
            case INPUT_SECONDS -> SpeechSeconds.price(card.row(), listed);
            case IMAGES -> listed == null ? PictureSize.price(card.row()) : listed;
            default -> listed;
        };
    }

    private static @Nullable UnitPrice searchPrice(RateCard card, SearchContextSize size) {
        BigDecimal price = card.rate(size.rate());
        return price == null ? null : new UnitPrice(size.rate(), price);
    }

    private static UnitPrice withFactors(RateCard card, Usage usage, ChargeClass chargeClass, UnitPrice price) {
        UnitPrice result = price;
        if (!usage.region().isEmpty()) {
            result = withFactor(card, RateNames.UPLIFT_PREFIX + usage.region(), result);
            if (chargeClass.side() != Side.UNIT) {
                result = withFactor(card, RateNames.PROVIDER_FACTOR_PREFIX + usage.region(), result);
            }
        }
        if (usage.fast() && chargeClass.side() != Side.UNIT) {
            result = withFactor(card, RateNames.PROVIDER_FACTOR_PREFIX + "fast", result);
        }
        return result;
    }

    private static UnitPrice withFactor(RateCard card, String name, UnitPrice price) {
        BigDecimal factor = card.rate(name);
        return factor == null ? price : price.times(name, factor);
    }

    private static void put(Map<ChargeClass, BigDecimal> quantities, ChargeClass chargeClass, long quantity) {
        if (quantity > 0) {
            quantities.put(chargeClass, BigDecimal.valueOf(quantity));
        }
    }

    private static void put(Map<ChargeClass, BigDecimal> quantities, ChargeClass chargeClass, BigDecimal quantity) {
        if (quantity.signum() > 0) {
            quantities.put(chargeClass, quantity);
        }
    }
}
