package dev.assay.dashboard.domain;

import java.util.Arrays;
import java.util.Locale;

/** A group of KPIs that one service answers for at one address. */
public enum KpiFamily {
    OPERATIONS("ingest-service"),
    QUALITY("quality-service"),
    SAFETY("quality-service"),
    USERS("quality-service"),
    COST("cost-service");

    private final String service;

    KpiFamily(String service) {
        this.service = service;
    }

    /** The service that answers. */
    public String service() {
        return service;
    }

    /** The name in addresses and answers. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static KpiFamily ofWireName(String name) {
        return Arrays.stream(values())
                .filter(family -> family.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidParameter(
                        "family", "family must be one of operations, quality, safety, users, cost"));
    }
}
