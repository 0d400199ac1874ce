package dev.assay.quality.domain.users;

import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;

/**
 * A question as the set of its words: enough to tell a rephrasing from another question, and nothing that could be read.
 * Two questions are alike when their words overlap by half or more (Jaccard), as in {@link QueryGroups}.
 */
public final class QueryWords {
    /** The most words that are kept. */
    public static final int MOST = 64;

    private static final int LONGEST_QUERY = 4_000;
    private static final int SHORTEST_WORD = 3;

    private QueryWords() {}

    /** Hashes of the words without their plural s, sorted; a question of short words alone keeps those. */
    public static int[] of(String query) {
        TreeSet<Integer> all = new TreeSet<>();
        TreeSet<Integer> telling = new TreeSet<>();
        String cut = query.length() > LONGEST_QUERY ? query.substring(0, LONGEST_QUERY) : query;
        for (String word : cut.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            String stem =
                    word.length() > SHORTEST_WORD && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
            if (!stem.isEmpty() && all.size() < MOST) {
                all.add(stem.hashCode());
                if (stem.length() >= SHORTEST_WORD) {
                    telling.add(stem.hashCode());
                }
            }
        }
        int[] words = (telling.isEmpty() ? all : telling)
                .stream().mapToInt(Integer::intValue).toArray();
        Arrays.sort(words);
        return words;
    }
}
