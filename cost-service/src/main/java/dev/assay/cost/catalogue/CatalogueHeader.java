package dev.assay.cost.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;

/**
 * The first line of a catalogue file.
 *
 * @param format always {@link CatalogueFile#FORMAT}
 * @param version names the version on ledger rows; the date of the list
 * @param effectiveFrom from when the prices hold, ISO 8601
 * @param currency of all figures
 * @param source where the figures come from
 * @param licence under which they were published
 * @param rows how many rows follow
 */
@JsonPropertyOrder({"format", "version", "effective_from", "currency", "source", "licence", "rows"})
public record CatalogueHeader(
        String format,
        String version,
        @JsonProperty("effective_from") String effectiveFrom,
        String currency,
        String source,
        String licence,
        int rows) {

    Instant effectiveInstant() {
        return Instant.parse(effectiveFrom);
    }
}
