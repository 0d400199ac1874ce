package dev.assay.quality.domain.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into passages of whole sentences, so that one bad sentence in a long answer is judged by itself instead
 * of being diluted.
 */
public final class Passages {
    private Passages() {}

    /** A run of words {@code [from, to)}. */
    public record Passage(int from, int to) {}

    /**
     * Passages of whole sentences of about {@code words} words, a long sentence cut at twice that; at most {@code most}
     * of them. An empty text has none.
     */
    public static List<Passage> of(Words text, int words, int most) {
        List<Passage> passages = new ArrayList<>();
        int from = 0;
        for (int i = 1; i < text.count() && passages.size() < most; i++) {
            boolean enough = i - from >= words && text.startsSentence(i);
            if (enough || i - from >= 2 * words) {
                passages.add(new Passage(from, i));
                from = i;
            }
        }
        if (from < text.count() && passages.size() < most) {
            passages.add(new Passage(from, text.count()));
        }
        return passages;
    }
}
