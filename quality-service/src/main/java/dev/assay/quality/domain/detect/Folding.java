package dev.assay.quality.domain.detect;

import java.text.Normalizer;

/** Folds accented Latin, and full-width letters to the plain ones. */
final class Folding {
    private static final char FIRST = 0x80;
    private static final char LAST = 0x24f;
    private static final char[] LATIN = new char[LAST - FIRST + 1];

    static {
        for (char c = FIRST; c <= LAST; c++) {
            String decomposed = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKD);
            char base = decomposed.charAt(0);
            LATIN[c - FIRST] = base < FIRST && Character.isLetterOrDigit(base) ? Character.toLowerCase(base) : c;
        }
    }

    private Folding() {}

    static char fold(char c) {
        if (c < FIRST) {
            return c;
        }
        if (c <= LAST) {
            return LATIN[c - FIRST];
        }
        if (c >= 0xff41 && c <= 0xff5a) { // full-width a to z
            return (char) (c - 0xff41 + 'a');
        }
        return c;
    }
}
