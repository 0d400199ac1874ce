package dev.assay.quality.domain.detect;

/**
 * The distinct hashed features of a text: words, pairs of words, and character n-grams of three to five letters within
 * a word and its bounding spaces.
 *
 * <p>A reusable buffer, not thread-safe.
 */
public final class Ngrams {
    /** Features are numbers below 2 to this power. */
    public static final int BITS = 16;

    private static final int MASK = (1 << BITS) - 1;
    private static final int WORD_SEED = 0x3c6ef372;
    private static final int SHORTEST = 3;
    private static final int LONGEST = 5;

    private final int[] seen = new int[1 << BITS];
    private int stamp;
    private int[] words = new int[4096];
    private int[] chars = new int[16384];
    private int wordCount;
    private int charCount;

    /** Takes the features of words {@code [from, to)}. */
    public Ngrams read(Words text, int from, int to) {
        begin(to - from, from < to ? text.end(to - 1) - text.start(from) : 0);
        int previous = WORD_SEED;
        for (int i = from; i < to; i++) {
            int h = text.hash(i);
            addWord(Hash.mix(h ^ WORD_SEED));
            addWord(Hash.pair(previous, h));
            previous = h;
            addCharacters(text.letters(), text.start(i), text.end(i));
        }
        return this;
    }

    private void begin(int wordsExpected, int charsExpected) {
        if (++stamp == 0) {
            java.util.Arrays.fill(seen, 0);
            stamp = 1;
        }
        wordCount = 0;
        charCount = 0;
        if (words.length < 2 * wordsExpected) {
            words = new int[2 * wordsExpected];
        }
        int most = (LONGEST - SHORTEST + 1) * (charsExpected + 2 * wordsExpected + 2);
        if (chars.length < most) {
            chars = new int[most];
        }
    }

    private void addWord(int h) {
        int feature = h & MASK;
        if (seen[feature] != stamp) {
            seen[feature] = stamp;
            words[wordCount++] = feature;
        }
    }

    private void addCharacters(char[] letters, int start, int end) {
        for (int i = start - 1; i < end; i++) {
            int h = i < start ? ' ' : letters[i];
            int last = Math.min(i + LONGEST, end + 1);
            for (int j = i + 1; j < last; j++) {
                h = h * 0x01000193 ^ letters[j];
                if (j - i >= SHORTEST - 1) {
                    int feature = Hash.mix(h + j - i) & MASK;
                    if (seen[feature] != stamp) {
                        seen[feature] = stamp;
                        chars[charCount++] = feature;
                    }
                }
            }
        }
    }

    /** Distinct word features; only the first {@link #wordCount} entries count. */
    public int[] words() {
        return words;
    }

    /** Number of distinct word features. */
    public int wordCount() {
        return wordCount;
    }

    /** Distinct character features; only the first {@link #charCount} entries count. */
    public int[] chars() {
        return chars;
    }

    /** Number of distinct character features. */
    public int charCount() {
        return charCount;
    }
}
