package dev.assay.quality.domain.gate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How an answer is held against the expected one, from 0 to 1. Case, punctuation and blanks do not count.
 *
 * @see <a href="https://arxiv.org/abs/1606.05250">Rajpurkar et al. (2016), SQuAD, section 6.1: exact match and F1</a>
 */
public enum Scorer {
    /** 1 when they are the same. */
    EXACT,
    /** 1 when the expected words stand in the answer, one after the other. */
    CONTAINS,
    /** The harmonic mean of the shares of words that the answer has in common with the expected one. */
    TOKEN_F1;

    /** The score. */
    public double score(String expected, String answer) {
        List<String> wanted = words(expected);
        List<String> given = words(answer);
        return switch (this) {
            case EXACT -> wanted.equals(given) ? 1 : 0;
            case CONTAINS -> contains(given, wanted) ? 1 : 0;
            case TOKEN_F1 -> f1(wanted, given);
        };
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scorer of a name in JSON. */
    public static Optional<Scorer> of(String wireName) {
        return Arrays.stream(values())
                .filter(scorer -> scorer.wireName().equals(wireName))
                .findFirst();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static boolean contains(List<String> given, List<String> wanted) {
        for (int i = 0; i + wanted.size() <= given.size(); i++) {
            if (given.subList(i, i + wanted.size()).equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static double f1(List<String> wanted, List<String> given) {
        if (wanted.isEmpty() || given.isEmpty()) {
            return wanted.equals(given) ? 1 : 0;
        }
        Map<String, Integer> left = new HashMap<>();
        wanted.forEach(word -> left.merge(word, 1, Integer::sum));
        int common = 0;
        for (String word : given) {
            int n = left.getOrDefault(word, 0);
            if (n > 0) {
                common++;
                left.put(word, n - 1);
            }
        }
        return 2.0 * common / (wanted.size() + given.size());
    }
}
