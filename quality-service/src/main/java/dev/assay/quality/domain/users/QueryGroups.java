package dev.assay.quality.domain.users;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Groups rated queries by likeness, so that one question asked in several wordings is one entry: queries whose words
 * overlap by half or more (Jaccard) belong together.
 */
public final class QueryGroups {
    private static final double ALIKE = 0.5;
    private static final int EXAMPLES = 3;
    private static final int SHORTEST_WORD = 3;

    private QueryGroups() {}

    /** A query and the stars that its answer got. */
    public record RatedQuery(String query, int stars) {}

    /**
     * Queries alike.
     *
     * @param count how many there are
     * @param meanStars their mean rating
     * @param examples some of them, in different wordings
     */
    public record Group(int count, double meanStars, List<String> examples) {
        public Group {
            examples = List.copyOf(examples);
        }
    }

    /** The groups, largest first, then lowest rated. Each query joins the group whose first query it is most like. */
    public static List<Group> of(List<RatedQuery> queries) {
        List<Forming> groups = new ArrayList<>();
        for (RatedQuery query : queries) {
            Set<String> words = words(query.query());
            Forming best = null;
            double bestLikeness = 0;
            for (Forming group : groups) {
                double likeness = likeness(words, group.words);
                if (likeness > bestLikeness) {
                    best = group;
                    bestLikeness = likeness;
                }
            }
            if (best == null || bestLikeness < ALIKE) {
                best = new Forming(words);
                groups.add(best);
            }
            best.add(query);
        }
        return groups.stream()
                .map(Forming::group)
                .sorted(Comparator.comparingInt(Group::count).reversed().thenComparingDouble(Group::meanStars))
                .toList();
    }

    private static final class Forming {
        private final Set<String> words;
        private final List<String> examples = new ArrayList<>();
        private int count;
        private long stars;

        Forming(Set<String> words) {
            this.words = words;
        }

        void add(RatedQuery query) {
            count++;
            stars += query.stars();
            if (examples.size() < EXAMPLES && !examples.contains(query.query())) {
                examples.add(query.query());
            }
        }

        Group group() {
            return new Group(count, (double) stars / count, examples);
        }
    }

    /** Words without their plural s; the shortest ones say little. A query of short words alone keeps them. */
    private static Set<String> words(String query) {
        Set<String> all = new HashSet<>();
        Set<String> telling = new HashSet<>();
        for (String word : query.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            String stem =
                    word.length() > SHORTEST_WORD && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
            if (!stem.isEmpty()) {
                all.add(stem);
                if (stem.length() >= SHORTEST_WORD) {
                    telling.add(stem);
                }
            }
        }
        return telling.isEmpty() ? all : telling;
    }

    private static double likeness(Set<String> a, Set<String> b) {
        int common = 0;
        for (String word : a) {
            common += b.contains(word) ? 1 : 0;
        }
        int union = a.size() + b.size() - common;
        return union == 0 ? 1 : (double) common / union;
    }
}
