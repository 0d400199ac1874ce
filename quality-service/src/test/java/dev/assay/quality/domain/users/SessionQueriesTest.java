package dev.assay.quality.domain.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.quality.domain.users.SessionQueries.Asked;
import dev.assay.quality.domain.users.SessionQueries.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionQueriesTest {
    private static final long SECOND = 1_000_000;

    @Test
    void areRephrasedByOneAlikeWithinFiveMinutes() {
        assertThat(rephrased(asked(1, 0, 1, 2), asked(2, 300, 1, 2))).containsExactly(true, false);
        assertThat(rephrased(asked(1, 0, 1, 2), asked(2, 301, 1, 2))).containsExactly(false, false);
        // one word of three in common, and two of four
        assertThat(rephrased(asked(1, 0, 1, 2), asked(2, 9, 2, 3))).containsExactly(false, false);
        assertThat(rephrased(asked(1, 0, 1, 2, 3), asked(2, 9, 2, 3, 4))).containsExactly(true, false);
    }

    @Test
    void ofUnknownWordsAreLeftOutAndRephraseNothing() {
        assertThat(rephrased(asked(1, 0, 1, 2), asked(2, 5), asked(3, 9, 1, 2))).containsExactly(false, false);
        assertThat(SessionQueries.of(List.of())).isEmpty();
    }

    @Test
    void areOneForAllCallsOfATrace() {
        UUID trace = new UUID(9, 9);
        Asked first = new Asked(new UUID(0, 1), trace, 0, new int[] {1, 2});
        Asked second = new Asked(new UUID(0, 2), trace, SECOND, new int[] {1, 2});
        assertThat(SessionQueries.of(List.of(second, first))).containsExactly(new Query(first.event(), 0, false));
    }

    /** Against the plainest version, in whatever order the calls are given. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void areTheSameAsSaidInWords(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Asked> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int[] words =
                    random.ints(random.nextInt(4), 0, 5).distinct().sorted().toArray();
            UUID trace = random.nextBoolean() ? new UUID(7, random.nextInt(60)) : null;
            calls.add(new Asked(new UUID(0, i), trace, random.nextLong(20_000) * SECOND, words));
        }
        List<Asked> shuffled = new ArrayList<>(calls);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(SessionQueries.of(shuffled))
                .isEqualTo(SessionQueries.of(calls))
                .isEqualTo(plain(calls));
    }

    private static List<Query> plain(List<Asked> calls) {
        List<Asked> first = new ArrayList<>();
        for (Asked it : calls) {
            boolean follows = calls.stream()
                    .anyMatch(other -> it.trace() != null
                            && it.trace().equals(other.trace())
                            && (other.timeUs() < it.timeUs()
                                    || other.timeUs() == it.timeUs()
                                            && other.event().compareTo(it.event()) < 0));
            if (!follows) {
                first.add(it);
            }
        }
        List<Query> queries = new ArrayList<>();
        for (Asked it : first) {
            Asked next = null;
            for (Asked other : first) {
                if (isAfter(other, it) && (next == null || isAfter(next, other))) {
                    next = other;
                }
            }
            if (it.words().length > 0) {
                queries.add(new Query(it.event(), it.timeUs(), next != null && rephrases(it, next)));
            }
        }
        queries.sort((a, b) -> a.timeUs() != b.timeUs()
                ? Long.compare(a.timeUs(), b.timeUs())
                : a.event().compareTo(b.event()));
        return queries;
    }

    private static boolean isAfter(@Nullable Asked a, Asked b) {
        return a != null
                && (a.timeUs() > b.timeUs()
                        || a.timeUs() == b.timeUs() && a.event().compareTo(b.event()) > 0);
    }

    private static boolean rephrases(Asked it, Asked next) {
        Set<Integer> all = new HashSet<>();
        Set<Integer> common = new HashSet<>();
        Arrays.stream(it.words()).forEach(all::add);
        Arrays.stream(next.words()).filter(all::contains).forEach(common::add);
        Arrays.stream(next.words()).forEach(all::add);
        return next.words().length > 0
                && next.timeUs() - it.timeUs() <= 300 * SECOND
                && 2 * common.size() >= all.size();
    }

    private static List<Boolean> rephrased(Asked... calls) {
        return SessionQueries.of(List.of(calls)).stream().map(Query::rephrased).toList();
    }

    private static Asked asked(int id, long second, int... words) {
        return new Asked(new UUID(0, id), null, second * SECOND, words);
    }
}
