package dev.assay.platform.kpi;

import java.util.Locale;

/** Which of the five views a KPI belongs to; each has its endpoint. */
public enum Area {
    OPERATIONS,
    COST,
    QUALITY,
    SAFETY,
    USERS;

    /** The name in paths, as {@code operations}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
