package dev.assay.alert.domain.watch;

import java.time.Instant;

/**
 * A finding over time.
 *
 * @param since when it was first found
 * @param firing whether it was found for as long as its kind asks
 */
public record SelfAlert(Finding finding, Instant since, boolean firing) {

    /** Names this stretch of it: a later one has another name, the same one always the same. */
    public String id() {
        return "self-" + finding.kind().wireName() + "-" + since.toEpochMilli() + "-"
                + Integer.toHexString(finding.subject().hashCode());
    }
}
