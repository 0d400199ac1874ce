package dev.assay.ingest.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** The ledger's limits. */
@ConfigMapping(prefix = "assay.ledger")
public interface LedgerConfig {
    /** How many series a project may have before further dimension values count under {@code other}. */
    @WithDefault("2000")
    @Min(value = 1, message = "assay.ledger.series-limit must be 1 to 100000")
    @Max(value = 100_000, message = "assay.ledger.series-limit must be 1 to 100000")
    int seriesLimit();

    /**
     * How many events of one trace are looked at together. The events of a larger one each stand alone: no nests, no users
     * or sessions from other spans.
     */
    @WithDefault("2000")
    @Min(value = 2, message = "assay.ledger.trace-limit must be 2 to 10000")
    @Max(value = 10_000, message = "assay.ledger.trace-limit must be 2 to 10000")
    int traceLimit();
}
