package dev.assay.platform.kpi;

/** What a KPI's value is measured in. */
public enum Unit {
    COUNT,
    /** 0 to 1. */
    RATIO,
    MILLISECONDS,
    PER_SECOND,
    TOKENS,
    /** A decimal string in answers, beside its currency. */
    MONEY,
    /** 1 to 5. */
    SCORE,
    WORDS,
    /** -100 to 100. */
    POINTS
}
