package dev.assay.cost.domain.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PriceRow} made ready for pricing: for every context size and service tier the unit price of every class, with
 * all stand-ins for missing rates decided beforehand.
 *
 * <p>A long context reprices the whole call: the segment is chosen by the total input, cached tokens included, which must
 * be strictly above the threshold. Within a segment a rate is looked for with threshold and tier, then with the threshold
 * alone, then with the tier alone, then plain; only then does the next base stand in.
 */
public final class RateCard {
    private final PriceRow row;
    private final List<Segment> segments;
    private final boolean bandsUndecidable;

    private record Segment(long above, Map<ServiceTier, Map<ChargeClass, UnitPrice>> prices) {}

    private RateCard(PriceRow row, List<Segment> segments, boolean bandsUndecidable) {
        this.row = row;
        this.segments = segments;
        this.bandsUndecidable = bandsUndecidable;
    }

    /** The card of this row. */
    public static RateCard of(PriceRow row) {
        boolean undecidable =
                row.bands().stream().anyMatch(band -> !band.measure().equals("input_tokens"));
        List<Segment> segments = new ArrayList<>();
        for (long above : starts(row)) {
            Map<String, BigDecimal> rates = new HashMap<>(row.rates());
            for (PriceRow.Band band : row.bands()) {
                if (band.measure().equals("input_tokens") && band.from() <= Math.max(above, 0)) {
                    rates.putAll(band.rates()); // ascending: the last one that starts here or before wins
                }
            }
            segments.add(new Segment(above, pricesOf(rates, above)));
        }
        segments.sort(Comparator.comparingLong(Segment::above).reversed());
        return new RateCard(row, segments, undecidable);
    }

    /** The row it was made from. */
    public PriceRow row() {
        return row;
    }

    /** Whether its rates depend on something that calls do not tell. */
    boolean isUndecidable() {
        return bandsUndecidable;
    }

    Map<ChargeClass, UnitPrice> prices(long totalInputTokens, ServiceTier tier) {
        for (Segment segment : segments) {
            if (totalInputTokens > segment.above()) {
                return pricesOf(segment, tier);
            }
        }
        throw new IllegalStateException("no segment of " + row.key() + " takes " + totalInputTokens + " tokens");
    }

    @Nullable
    BigDecimal rate(String name) {
        return row.rates().get(name);
    }

    private static Map<ChargeClass, UnitPrice> pricesOf(Segment segment, ServiceTier tier) {
        Map<ChargeClass, UnitPrice> prices = segment.prices().get(tier);
        if (prices == null) {
            throw new IllegalStateException("no prices for tier " + tier);
        }
        return prices;
    }

    private static TreeSet<Long> starts(PriceRow row) {
        TreeSet<Long> starts = new TreeSet<>();
        starts.add(-1L); // below every threshold; an input of zero tokens too
        row.rates().keySet().stream()
                .map(RateNames::threshold)
                .filter(above -> above > 0)
                .forEach(starts::add);
        row.bands().stream()
                .filter(band -> band.from() > 0)
                .map(PriceRow.Band::from)
                .forEach(starts::add);
        return starts;
    }

    private static Map<ServiceTier, Map<ChargeClass, UnitPrice>> pricesOf(Map<String, BigDecimal> rates, long above) {
        TreeSet<Long> thresholds = new TreeSet<>(Comparator.reverseOrder());
        rates.keySet().stream()
                .map(RateNames::threshold)
                .filter(threshold -> threshold > 0 && threshold <= above)
                .forEach(thresholds::add);
        Map<ServiceTier, Map<ChargeClass, UnitPrice>> byTier = new EnumMap<>(ServiceTier.class);
        for (ServiceTier tier : ServiceTier.values()) {
            Map<ChargeClass, UnitPrice> prices = new EnumMap<>(ChargeClass.class);
            for (ChargeClass chargeClass : ChargeClass.values()) {
                UnitPrice price = find(rates, chargeClass, thresholds, tier);
                if (price != null) {
                    prices.put(chargeClass, price);
                }
            }
            byTier.put(tier, Collections.unmodifiableMap(prices));
        }
        return Collections.unmodifiableMap(byTier);
    }

    private static @Nullable UnitPrice find(
            Map<String, BigDecimal> rates, ChargeClass chargeClass, TreeSet<Long> thresholds, ServiceTier tier) {
        if (chargeClass == ChargeClass.REASONING && isBilledAsOutput(rates)) {
            UnitPrice output = find(rates, RateNames.OUTPUT_PER_TOKEN, thresholds, tier);
            if (output != null && !output.rate().equals(RateNames.OUTPUT_PER_TOKEN)) {
                return output;
            }
        }
        for (String base : RateNames.bases(chargeClass)) {
            UnitPrice price = find(rates, base, thresholds, tier);
            if (price != null) {
                return price;
            }
        }
        return null;
    }

    /**
     * A reasoning rate that repeats the output rate says that reasoning is billed as output, so it follows the output's
     * tier and context rates, which catalogues do not repeat for reasoning.
     */
    private static boolean isBilledAsOutput(Map<String, BigDecimal> rates) {
        BigDecimal reasoning = rates.get(RateNames.PER_REASONING_TOKEN);
        BigDecimal output = rates.get(RateNames.OUTPUT_PER_TOKEN);
        return reasoning != null && output != null && reasoning.compareTo(output) == 0;
    }

    private static @Nullable UnitPrice find(
            Map<String, BigDecimal> rates, String base, TreeSet<Long> thresholds, ServiceTier tier) {
        for (long threshold : thresholds) {
            String name = base + "_above_" + threshold / 1000 + "k_tokens";
            UnitPrice price = firstOf(rates, name + tier.rateSuffix(), name);
            if (price != null) {
                return price;
            }
        }
        return firstOf(rates, base + tier.rateSuffix(), base);
    }

    private static @Nullable UnitPrice firstOf(Map<String, BigDecimal> rates, String first, String second) {
        BigDecimal price = rates.get(first);
        if (price != null) {
            return new UnitPrice(first, price);
        }
        price = rates.get(second);
        return price == null ? null : new UnitPrice(second, price);
    }
}
