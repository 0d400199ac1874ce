package dev.assay.quality.domain.detect;

import java.util.List;

/** Which categories a word belongs to: a hash table from word to a set of {@link Category}. */
public final class Lexicon {
    private final int[] keys;
    private final long[] categories;

    private Lexicon(int capacity) {
        this.keys = new int[capacity];
        this.categories = new long[capacity];
    }

    /**
     * Parses lines of the form {@code CATEGORY: word word* …}; a star adds the word's regular English endings. Lines
     * that start with {@code #} are comments.
     */
    public static Lexicon parse(List<String> lines) {
        Lexicon lexicon = new Lexicon(1 << 14);
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("lexicon line must be 'CATEGORY: words', got: " + line);
            }
            Category category = Category.valueOf(line.substring(0, colon).strip());
            for (String word : line.substring(colon + 1).strip().split("\\s+")) {
                lexicon.addWithEndings(word, category);
            }
        }
        return lexicon;
    }

    private void addWithEndings(String word, Category category) {
        if (!word.endsWith("*")) {
            add(word, category);
            return;
        }
        String stem = word.substring(0, word.length() - 1);
        add(stem, category);
        add(stem + "s", category);
        if (stem.endsWith("e")) {
            String cut = stem.substring(0, stem.length() - 1);
            add(stem + "d", category);
            add(stem + "r", category);
            add(stem + "rs", category);
            add(cut + "ing", category);
        } else if (stem.endsWith("y")) {
            String cut = stem.substring(0, stem.length() - 1);
            add(cut + "ies", category);
            add(cut + "ied", category);
            add(stem + "ing", category);
        } else {
            String doubled = stem + stem.charAt(stem.length() - 1);
            for (String ending : new String[] {"ed", "ing", "er", "ers"}) {
                add(stem + ending, category);
                add(doubled + ending, category);
            }
            add(stem + "es", category);
        }
    }

    private void add(String word, Category category) {
        int key = Hash.ofWord(word);
        int i = slot(key);
        keys[i] = key;
        categories[i] |= category.bit();
    }

    private int slot(int key) {
        int i = key & (keys.length - 1);
        while (categories[i] != 0 && keys[i] != key) {
            i = (i + 1) & (keys.length - 1);
        }
        return i;
    }

    /** The categories of a word as a set of {@link Category#bit} values; 0 when it has none. */
    long categories(int wordHash) {
        return categories[slot(wordHash)];
    }
}
