package dev.assay.alert.domain.watch;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * A finding over time.
 *
 * @param since when it was first found
 * @param firing whether it was found for as long as its kind asks
 */
public record SelfAlert(Finding finding, Instant since, boolean firing) {
    private static final int DIGITS = 12;

    /** Names this stretch of it: a later one has another name, the same one always the same. */
    public String id() {
        return "self-" + finding.kind().wireName() + "-" + since.toEpochMilli() + "-"
                + UUID.nameUUIDFromBytes(finding.subject().getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "")
                        .substring(0, DIGITS);
    }
}
