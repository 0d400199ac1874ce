package dev.assay.cost.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.cost.app.RepriceJobs.Job;
import dev.assay.cost.domain.pricing.Decimals;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A repricing job. Its figures are the preview's until it is applied, then those of what was done last.
 *
 * @param state {@code previewed}, {@code applied} or {@code undone}
 * @param calls whose price changes
 * @param unpricedBefore those of them that had no cost
 * @param difference costAfter less costBefore
 */
@RegisterForReflection
record RepriceView(
        String id,
        String state,
        String model,
        @Nullable String provider,
        @JsonProperty("effective_from") Instant effectiveFrom,
        String currency,
        Map<String, String> rates,
        long calls,
        @JsonProperty("unpriced_before") long unpricedBefore,
        @JsonProperty("cost_before") String costBefore,
        @JsonProperty("cost_after") String costAfter,
        String difference,
        @JsonProperty("created_time") Instant createdTime,
        @JsonProperty("created_by") String createdBy,
        @JsonProperty("applied_time") @Nullable Instant appliedTime,
        @JsonProperty("applied_by") @Nullable String appliedBy,
        @JsonProperty("undone_time") @Nullable Instant undoneTime,
        @JsonProperty("undone_by") @Nullable String undoneBy) {

    /** A project's jobs, the latest first. */
    @RegisterForReflection
    record Page(List<RepriceView> items) {}

    static RepriceView of(Job job) {
        Map<String, String> rates = new TreeMap<>();
        job.override().card().row().rates().forEach((name, rate) -> rates.put(name, Decimals.text(rate)));
        return new RepriceView(
                job.override().id(),
                job.state().label(),
                job.override().model(),
                job.override().provider().isEmpty() ? null : job.override().provider(),
                job.override().effectiveFrom(),
                job.override().currency(),
                rates,
                job.result().calls(),
                job.result().unpricedBefore(),
                Decimals.text(job.result().costBefore()),
                Decimals.text(job.result().costAfter()),
                Decimals.text(job.result().costAfter().subtract(job.result().costBefore())),
                job.createdTime(),
                job.createdBy(),
                job.appliedTime(),
                job.appliedBy(),
                job.undoneTime(),
                job.undoneBy());
    }
}
