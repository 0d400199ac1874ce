package dev.assay.cost.domain.pricing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All prices of all times: the catalogue's versions and the projects' own prices.
 *
 * <p>A call is priced by what was valid when it happened, whenever it arrives. The first catalogue holds for all time before
 * it too, and says so ({@link Quote#assumed}); a project's own price holds from its date on only. Immutable but for a
 * bounded memory of matched names; safe for any thread.
 */
public final class PriceBook {
    private static final int MAX_REMEMBERED = 10_000;

    private final List<PriceCatalogue> versions;
    private final List<PriceOverride> overrides;
    private final Map<String, List<PriceOverride>> overridesByTenant = new HashMap<>();
    private final Map<Asked, Optional<PriceMatch>> remembered = new LinkedHashMap<>();

    private record Asked(String version, String provider, String responseModel, String requestModel) {}

    /**
     * A book.
     *
     * @param overrides in the order in which they were added: of two for one time the later one holds
     */
    public PriceBook(List<PriceCatalogue> versions, List<PriceOverride> overrides) {
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("a price book needs at least one catalogue");
        }
        this.versions = versions.stream()
                .sorted(Comparator.comparing(PriceCatalogue::effectiveFrom))
                .toList();
        this.overrides = List.copyOf(overrides);
        List<PriceOverride> latestFirst = new ArrayList<>(overrides);
        Collections.reverse(latestFirst);
        latestFirst.stream()
                .sorted(Comparator.comparing(PriceOverride::effectiveFrom).reversed())
                .forEach(override -> overridesByTenant
                        .computeIfAbsent(override.tenant(), tenant -> new ArrayList<>())
                        .add(override));
    }

    /** The book with one more price, which holds over those of its time. */
    public PriceBook with(PriceOverride added) {
        List<PriceOverride> more = new ArrayList<>(overrides);
        more.add(added);
        return new PriceBook(versions, more);
    }

    /** The book as if a price had never been added. */
    public PriceBook without(String overrideId) {
        return new PriceBook(
                versions,
                overrides.stream()
                        .filter(override -> !override.id().equals(overrideId))
                        .toList());
    }

    /** The entry for a call, or empty if its model is not in the prices of its time. */
    public Optional<Quote> quote(
            String tenant, String provider, String responseModel, String requestModel, Instant at) {
        for (PriceOverride override : overridesByTenant.getOrDefault(tenant, List.of())) {
            if (!override.effectiveFrom().isAfter(at) && override.covers(provider, responseModel, requestModel)) {
                return Optional.of(new Quote(
                        override.card(),
                        override.version(),
                        override.model(),
                        MatchRule.OVERRIDE,
                        false,
                        override.currency()));
            }
        }
        PriceCatalogue catalogue = versionAt(at);
        return match(catalogue, provider, responseModel, requestModel)
                .map(match -> new Quote(
                        catalogue.card(match.row()),
                        catalogue.version(),
                        match.row().key(),
                        match.rule(),
                        at.isBefore(catalogue.effectiveFrom()),
                        catalogue.currency()));
    }

    /** The catalogue that holds at this time; the first one for all time before it. */
    public PriceCatalogue versionAt(Instant at) {
        PriceCatalogue found = versions.get(0);
        for (PriceCatalogue version : versions) {
            if (!version.effectiveFrom().isAfter(at)) {
                found = version;
            }
        }
        return found;
    }

    private Optional<PriceMatch> match(
            PriceCatalogue catalogue, String provider, String responseModel, String requestModel) {
        Asked asked = new Asked(catalogue.version(), provider, responseModel, requestModel);
        synchronized (remembered) {
            Optional<PriceMatch> known = remembered.get(asked);
            if (known != null) {
                return known;
            }
        }
        Optional<PriceMatch> match = catalogue.match(provider, responseModel, requestModel);
        synchronized (remembered) {
            if (remembered.size() >= MAX_REMEMBERED) {
                remembered.clear(); // names are made up by clients: start again rather than grow
            }
            remembered.put(asked, match);
        }
        return match;
    }
}
