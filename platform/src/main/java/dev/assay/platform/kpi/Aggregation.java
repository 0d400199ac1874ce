package dev.assay.platform.kpi;

/** How a KPI comes out of its window. */
public enum Aggregation {
    COUNT,
    SUM,
    /** A share of the observations; its interval is Wilson's. */
    RATE,
    MEAN,
    QUANTILE,
    /** A sum by another sum or by time. */
    QUOTIENT,
    /** Told minute by minute. */
    MINUTELY,
    /** Not from windows: a service works it out from its ledger or its settings. */
    LEDGER
}
