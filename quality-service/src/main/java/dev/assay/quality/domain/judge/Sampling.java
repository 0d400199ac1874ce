package dev.assay.quality.domain.judge;

import java.util.UUID;

/**
 * Which responses a judge sees: a share of all, by the hash of the call so that a repeat decides alike, and on wish every
 * one that the built-in detectors flagged. What was sampled with probability p stands for 1/p responses.
 *
 * @param rate the share, above 0 to 1
 * @param allFlagged whether flagged responses are taken in any case
 */
public record Sampling(double rate, boolean allFlagged) {
    public Sampling {
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate must be above 0 and at most 1, got: " + rate);
        }
    }

    /** The weight of a response in estimates; 0 when it is not sampled. */
    public double weight(UUID event, boolean flagged) {
        if (flagged && allFlagged) {
            return 1;
        }
        // the middle of the hash: its ends decide on other things
        double place = (event.getMostSignificantBits() << 16 >>> 11) * 0x1.0p-53;
        return place < rate ? 1 / rate : 0;
    }

    /** As a part of the epoch's name. */
    public String text() {
        return "rate=" + rate + (allFlagged ? "+flagged" : "");
    }
}
