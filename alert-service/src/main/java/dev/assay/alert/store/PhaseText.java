package dev.assay.alert.store;

import dev.assay.alert.domain.evaluation.Phase;
import java.util.Locale;

/** Phases as they stand in columns. */
final class PhaseText {
    private PhaseText() {}

    static Phase read(String text) {
        return Phase.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
