package dev.assay.quality.domain.detect;

import org.jspecify.annotations.Nullable;

/**
 * What a detector says about one text.
 *
 * @param score probability of the finding, 0–1 (for groundedness: of being supported)
 * @param label whether it is one; {@code null} when the detector cannot tell
 * @param version the detector, with its version
 */
public record Finding(double score, @Nullable Boolean label, String version) {
    public Finding {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score must be 0 to 1, got: " + score);
        }
    }
}
