package dev.assay.alert.domain.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.alert.domain.evaluation.SourceTick;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
    private static final Instant NOW = Instant.parse("2026-03-11T12:00:00Z");

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static SourceTick tick(int partition, String source, Instant sent, Instant clock) {
        return new SourceTick(partition, source, sent, micros(clock), Map.of(), Set.of());
    }

    private static Progress of(String service, SourceTick... ticks) {
        return Objects.requireNonNull(Progress.byService(List.of(ticks)).get(service));
    }

    @Test
    void isThatOfThePartitionThatIsStuck() {
        Instant stuck = NOW.minus(Duration.ofMinutes(10));
        Progress progress = of(
                "ingest",
                tick(0, "ingest/calls/0", NOW, NOW),
                tick(1, "ingest/calls/0", stuck, stuck),
                tick(2, "ingest/calls/0", NOW, NOW),
                tick(0, "cost/calls/0", NOW, NOW));
        assertThat(progress).isEqualTo(new Progress(stuck, NOW));
        assertThat(progress.lag("ingest", NOW))
                .hasValue("a source or partition of ingest was last heard at 2026-03-11T11:50:00Z");
    }

    @Test
    void isThatOfTheSourceThatIsSilent() {
        Instant before = NOW.minus(Duration.ofMinutes(10));
        Progress progress =
                of("ingest", tick(0, "ingest/calls/0", NOW, NOW), tick(0, "ingest/calls/1", before, before));
        assertThat(progress).isEqualTo(new Progress(before, before));
    }

    @ParameterizedTest(name = "a clock of {0} s ago lags: {1}")
    @CsvSource({"0, false", "150, false", "300, false", "301, true", "86400, true"})
    void lagsInEventTimeAlthoughItsTicksCome(long secondsAgo, boolean lags) {
        Progress progress = of(
                "cost", tick(0, "cost/calls/0", NOW, NOW), tick(0, "cost/calls/1", NOW, NOW.minusSeconds(secondsAgo)));
        assertThat(progress.lag("cost", NOW).isPresent()).isEqualTo(lags);
    }

    @Test
    void goesByTheProjectThatIsFurthestWhereTrafficNeverRests() {
        SourceTick busy = new SourceTick(
                0,
                "ingest/calls/0",
                NOW,
                0,
                Map.of("busy", micros(NOW.minusSeconds(20)), "idle", micros(NOW.minusSeconds(9_000))),
                Set.of());
        assertThat(of("ingest", busy).foldedTo()).isEqualTo(NOW.minusSeconds(20));
        assertThat(of("ingest", busy).lag("ingest", NOW)).isEmpty();
    }

    @Test
    void saysThatASourceWasNeverUpToDate() {
        assertThat(of("ingest", tick(0, "ingest/calls/0", NOW, Instant.EPOCH)).lag("ingest", NOW))
                .hasValue("a source of ingest has not been up to date yet");
    }

    /** Beside the plainest reading of the definition, in any order of the ticks. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isTheSameInAnyOrder(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<SourceTick> ticks = new ArrayList<>();
            Instant heard = Instant.MAX;
            Instant folded = Instant.MAX;
            for (int source = 0; source < 1 + random.nextInt(4); source++) {
                Instant furthest = Instant.EPOCH;
                for (int partition = 0; partition < 1 + random.nextInt(4); partition++) {
                    Instant sent = NOW.minusSeconds(random.nextInt(1_000));
                    Instant clock = NOW.minusSeconds(random.nextInt(1_000));
                    ticks.add(tick(partition, "ingest/calls/" + source, sent, clock));
                    heard = sent.isBefore(heard) ? sent : heard;
                    furthest = clock.isAfter(furthest) ? clock : furthest;
                }
                folded = furthest.isBefore(folded) ? furthest : folded;
            }
            Collections.shuffle(ticks, random);
            assertThat(Progress.byService(ticks)).isEqualTo(Map.of("ingest", new Progress(heard, folded)));
        }
    }
}
