package dev.assay.alert.domain.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.alert.domain.watch.Finding.Key;
import dev.assay.alert.domain.watch.Finding.Kind;
import dev.assay.alert.domain.watch.SelfWatch.News;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfWatchTest {
    private static final Instant NOW = Instant.parse("2026-03-11T12:00:00Z");
    private static final Finding REFUSED = new Finding(Kind.DELIVERY_FAILED, "hook", "status 400");
    private static final Finding MISSED = new Finding(Kind.MISSED_EVALUATIONS, "", "never");

    @Test
    void tellsOfARefusalAtOnceAndOfItsEndOnce() {
        SelfWatch.Step first = SelfWatch.step(List.of(), List.of(REFUSED), NOW);
        assertThat(first.news()).containsExactly(new News(new SelfAlert(REFUSED, NOW, true), true));

        SelfWatch.Step again = SelfWatch.step(first.standing(), List.of(REFUSED, REFUSED), NOW.plusSeconds(30));
        assertThat(again.news()).isEmpty();
        assertThat(again.standing()).isEqualTo(first.standing());

        SelfWatch.Step over = SelfWatch.step(again.standing(), List.of(), NOW.plusSeconds(60));
        assertThat(over.standing()).isEmpty();
        assertThat(over.news()).containsExactly(new News(new SelfAlert(REFUSED, NOW, true), false));
        assertThat(over.news().get(0).alert().id())
                .isEqualTo(first.news().get(0).alert().id());
    }

    @Test
    void isPatientWithWhatAMomentExplains() {
        SelfWatch.Step first = SelfWatch.step(List.of(), List.of(MISSED), NOW);
        assertThat(first.news()).isEmpty();
        assertThat(SelfWatch.step(first.standing(), List.of(), NOW.plusSeconds(30))
                        .news())
                .isEmpty();
        assertThat(SelfWatch.step(first.standing(), List.of(MISSED), NOW.plusSeconds(59))
                        .news())
                .isEmpty();
        assertThat(SelfWatch.step(first.standing(), List.of(MISSED), NOW.plusSeconds(60))
                        .news())
                .containsExactly(new News(new SelfAlert(MISSED, NOW, true), true));
    }

    @Test
    void isToldApartByItsSubjectWhateverItsHash() {
        assertThat("Aa").hasSameHashCodeAs("BB");
        SelfAlert one = new SelfAlert(new Finding(Kind.DELIVERY_FAILED, "Aa", ""), NOW, true);
        SelfAlert other = new SelfAlert(new Finding(Kind.DELIVERY_FAILED, "BB", ""), NOW, true);
        assertThat(one.id()).isNotEqualTo(other.id());
        for (Kind kind : Kind.values()) { // as long as the API takes ids
            assertThat(new SelfAlert(new Finding(kind, "x", ""), NOW, true).id())
                    .hasSizeLessThanOrEqualTo(60);
        }
    }

    @Test
    void isPatientWithAPipelineThatMayJustHaveStarted() {
        Finding lag = new Finding(Kind.PIPELINE_LAG, "ingest", "");
        SelfWatch.Step first = SelfWatch.step(List.of(), List.of(lag), NOW);
        assertThat(first.news()).isEmpty();
        assertThat(SelfWatch.step(first.standing(), List.of(lag), NOW.plusSeconds(119))
                        .news())
                .isEmpty();
        assertThat(SelfWatch.step(first.standing(), List.of(lag), NOW.plusSeconds(120))
                        .news())
                .hasSize(1);
    }

    @Test
    void keepsTheBeginAndTakesTheLatestWords() {
        Finding later = new Finding(Kind.DELIVERY_FAILED, "hook", "status 404");
        SelfWatch.Step step =
                SelfWatch.step(List.of(new SelfAlert(REFUSED, NOW, true)), List.of(later), NOW.plusSeconds(90));
        assertThat(step.standing()).containsExactly(new SelfAlert(later, NOW, true));
    }

    /** Beside the plainest model: for each key, how long it was found without a break. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void tellsEachStretchOnceAndItsEndOnce(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<SelfAlert> standing = List.of();
        Map<Key, Instant> foundSince = new HashMap<>();
        Map<Key, Boolean> told = new HashMap<>();
        Instant now = NOW;
        for (int look = 0; look < 2_000; look++) {
            now = now.plus(Duration.ofSeconds(random.nextInt(1, 45)));
            List<Finding> found = new ArrayList<>();
            for (Kind kind : Kind.values()) {
                for (String subject : List.of("a", "b")) {
                    if (random.nextInt(4) > 0) {
                        found.add(new Finding(kind, subject, "look " + look));
                    }
                }
            }
            List<String> expected = new ArrayList<>();
            for (Kind kind : Kind.values()) {
                for (String subject : List.of("a", "b")) {
                    Key key = new Key(kind, subject);
                    boolean here =
                            found.stream().anyMatch(finding -> finding.key().equals(key));
                    if (!here) {
                        foundSince.remove(key);
                        if (Boolean.TRUE.equals(told.remove(key))) {
                            expected.add(key + " over");
                        }
                    } else {
                        Instant since = foundSince.getOrDefault(key, now);
                        foundSince.put(key, since);
                        if (!told.containsKey(key)
                                && Duration.between(since, now).compareTo(kind.patience()) >= 0) {
                            told.put(key, true);
                            expected.add(key + " fires");
                        }
                    }
                }
            }
            SelfWatch.Step step = SelfWatch.step(standing, found, now);
            assertThat(step.news())
                    .extracting(news -> news.alert().finding().key() + (news.firing() ? " fires" : " over"))
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(SelfWatch.step(step.standing(), found, now).news()).isEmpty();
            standing = step.standing();
        }
    }
}
