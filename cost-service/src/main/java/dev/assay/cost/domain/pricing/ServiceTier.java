package dev.assay.cost.domain.pricing;

import java.util.Locale;

/** The service level a call was served at; each level may have its own rates. */
public enum ServiceTier {
    STANDARD(""),
    BATCH("_batches"),
    FLEX("_flex"),
    PRIORITY("_priority");

    private final String rateSuffix;

    ServiceTier(String rateSuffix) {
        this.rateSuffix = rateSuffix;
    }

    /** What a rate of this tier ends in; empty for the standard tier. */
    String rateSuffix() {
        return rateSuffix;
    }

    /** The tier of this name. Providers' words for the ordinary tier ({@code default}, {@code auto}, …) are standard. */
    public static ServiceTier of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "batch", "batches" -> BATCH;
            case "flex" -> FLEX;
            case "priority" -> PRIORITY;
            default -> STANDARD;
        };
    }
}
