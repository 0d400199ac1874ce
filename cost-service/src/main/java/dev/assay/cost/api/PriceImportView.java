package dev.assay.cost.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.cost.app.PriceImports.Import;
import dev.assay.cost.app.PriceImports.Preview;
import dev.assay.cost.app.PriceImports.Version;
import dev.assay.cost.domain.pricing.CatalogueDiff.Change;
import dev.assay.cost.domain.pricing.CatalogueDiff.RateChange;
import dev.assay.cost.domain.pricing.Decimals;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An imported list of prices and what it changes. Of each kind of change the first 500 by key are shown; the counts are of
 * all.
 *
 * @param effectiveFrom null for a minute after it is applied
 * @param baseVersion the version that it is compared with
 * @param models how many the list has
 * @param unknownRates names of rates that calls are not priced by and that are not known to be left out
 */
@RegisterForReflection
record PriceImportView(
        String id,
        String version,
        String state,
        @JsonProperty("effective_from") @Nullable Instant effectiveFrom,
        @JsonProperty("base_version") String baseVersion,
        String source,
        String currency,
        @JsonProperty("created_time") Instant createdTime,
        @JsonProperty("created_by") String createdBy,
        @JsonProperty("applied_time") @Nullable Instant appliedTime,
        @JsonProperty("applied_by") @Nullable String appliedBy,
        int models,
        @JsonProperty("added_count") int addedCount,
        @JsonProperty("removed_count") int removedCount,
        @JsonProperty("changed_count") int changedCount,
        List<String> added,
        List<String> removed,
        List<Changed> changed,
        @JsonProperty("unknown_rates") List<String> unknownRates) {
    private static final int MOST_SHOWN = 500;

    /** A model's rates that differ, by name. */
    @RegisterForReflection
    record Changed(String key, Map<String, Rates> rates) {
        static Changed of(Change change) {
            Map<String, Rates> rates = new LinkedHashMap<>();
            change.rates().forEach((name, rate) -> rates.put(name, Rates.of(rate)));
            return new Changed(change.key(), rates);
        }
    }

    /** A rate as decimal text; null where there is none. */
    @RegisterForReflection
    record Rates(@Nullable String before, @Nullable String after) {
        static Rates of(RateChange change) {
            return new Rates(text(change.before()), text(change.after()));
        }

        private static @Nullable String text(@Nullable BigDecimal rate) {
            return rate == null ? null : Decimals.text(rate);
        }
    }

    /** A version of the catalogue. */
    @RegisterForReflection
    record VersionView(
            String version,
            @JsonProperty("effective_from") Instant effectiveFrom,
            String currency,
            String source,
            @JsonProperty("installed_time") Instant installedTime) {
        static VersionView of(Version version) {
            return new VersionView(
                    version.version(),
                    version.effectiveFrom(),
                    version.currency(),
                    version.source(),
                    version.installedTime());
        }
    }

    @RegisterForReflection
    record Page(List<VersionView> items) {}

    /** An import without what it changes. */
    @RegisterForReflection
    record Summary(
            String id,
            String version,
            String state,
            @JsonProperty("effective_from") @Nullable Instant effectiveFrom,
            @JsonProperty("base_version") String baseVersion,
            String source,
            @JsonProperty("created_time") Instant createdTime,
            @JsonProperty("created_by") String createdBy,
            @JsonProperty("applied_time") @Nullable Instant appliedTime,
            @JsonProperty("applied_by") @Nullable String appliedBy) {
        static Summary of(Import job) {
            return new Summary(
                    job.id().toString(),
                    job.version(),
                    job.state().label(),
                    job.effectiveFrom(),
                    job.baseVersion(),
                    job.source(),
                    job.createdTime(),
                    job.createdBy(),
                    job.appliedTime(),
                    job.appliedBy());
        }
    }

    @RegisterForReflection
    record Imports(List<Summary> items) {}

    static PriceImportView of(Preview preview) {
        Import job = preview.job();
        return new PriceImportView(
                job.id().toString(),
                job.version(),
                job.state().label(),
                job.effectiveFrom(),
                job.baseVersion(),
                job.source(),
                job.currency(),
                job.createdTime(),
                job.createdBy(),
                job.appliedTime(),
                job.appliedBy(),
                preview.models(),
                preview.diff().added().size(),
                preview.diff().removed().size(),
                preview.diff().changed().size(),
                preview.diff().added().stream().limit(MOST_SHOWN).toList(),
                preview.diff().removed().stream().limit(MOST_SHOWN).toList(),
                preview.diff().changed().stream()
                        .limit(MOST_SHOWN)
                        .map(Changed::of)
                        .toList(),
                preview.unknownRates());
    }
}
