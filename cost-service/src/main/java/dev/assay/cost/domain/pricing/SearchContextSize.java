package dev.assay.cost.domain.pricing;

import java.util.Locale;

/** How much of the web a search brought into the context; searches are billed by it. Medium where it was not told. */
public enum SearchContextSize {
    LOW,
    MEDIUM,
    HIGH;

    private final String rate = "search_context_cost_per_query.search_context_size_" + name().toLowerCase(Locale.ROOT);

    /** The name of this size's rate for one search. */
    String rate() {
        return rate;
    }

    /** The size of this name; medium when it is empty or unknown, as the providers do. */
    public static SearchContextSize of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "low" -> LOW;
            case "high" -> HIGH;
            default -> MEDIUM;
        };
    }
}
