package dev.assay.quality.store;

import dev.assay.quality.domain.detect.Detector;
import dev.assay.quality.domain.detect.Finding;
import dev.assay.quality.domain.detect.Verdict;
import org.jspecify.annotations.Nullable;

/** The labels of a verdict as stored: two bits each, known and true, in the order of {@link Detector}. */
final class Labels {
    private Labels() {}

    static int bits(@Nullable Verdict verdict) {
        int bits = 0;
        if (verdict != null) {
            for (Detector detector : Detector.values()) {
                Finding finding = detector.in(verdict);
                Boolean label = finding == null ? null : finding.label();
                if (label != null) {
                    bits |= (label ? 3 : 1) << (2 * detector.ordinal());
                }
            }
        }
        return bits;
    }

    static @Nullable Boolean of(int bits, Detector detector) {
        int own = bits >>> (2 * detector.ordinal()) & 3;
        return own == 0 ? null : Boolean.valueOf(own == 3);
    }
}
