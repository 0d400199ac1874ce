package dev.assay.quality.domain.detect;

/** The hash of words and n-grams. Models depend on it: it never changes within a model format. */
final class Hash {
    private Hash() {}

    /** Spreads a 32-bit value over all its bits (the finaliser of MurmurHash3). */
    static int mix(int h) {
        h ^= h >>> 16;
        h *= 0x85ebca6b;
        h ^= h >>> 13;
        h *= 0xc2b2ae35;
        return h ^ (h >>> 16);
    }

    /** The hash that {@link Words} gives this already normalised word. */
    static int ofWord(String word) {
        int h = 0;
        for (int i = 0; i < word.length(); i++) {
            h = h * 31 + word.charAt(i);
        }
        return mix(h);
    }

    /** Hash of two words in this order. */
    static int pair(int first, int second) {
        return mix(first * 0x9e3779b1 + second);
    }
}
