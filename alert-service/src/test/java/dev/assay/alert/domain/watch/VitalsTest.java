package dev.assay.alert.domain.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.alert.domain.watch.Finding.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VitalsTest {
    private static final Instant NOW = Instant.parse("2026-03-11T12:00:00Z");

    private static List<Kind> kinds(Vitals vitals) {
        return vitals.findings(NOW).stream().map(Finding::kind).toList();
    }

    private static Vitals evaluated(boolean due, @Nullable Instant at) {
        return new Vitals(Map.of(), due, at, Map.of(), Map.of());
    }

    @Test
    void ofNothingFindNothing() {
        assertThat(kinds(evaluated(false, null))).isEmpty();
    }

    @ParameterizedTest(name = "heard {0} s ago lags: {1}")
    @CsvSource({"0, false", "180, false", "181, true", "86400, true"})
    void aServiceThatWasNotHeardForThreeMinutesLags(long secondsAgo, boolean lags) {
        Vitals vitals = new Vitals(
                Map.of("ingest", new Progress(NOW, NOW), "cost", new Progress(NOW.minusSeconds(secondsAgo), NOW)),
                false,
                NOW,
                Map.of(),
                Map.of());
        assertThat(vitals.findings(NOW))
                .extracting(Finding::key)
                .isEqualTo(lags ? List.of(new Finding.Key(Kind.PIPELINE_LAG, "cost")) : List.of());
    }

    @ParameterizedTest(name = "due {0}, evaluated {1} s ago: missed {2}")
    @CsvSource({"true, 180, false", "true, 181, true", "false, 181, false"})
    void evaluationsAreMissedOnlyWhenTheyAreDue(boolean due, long secondsAgo, boolean missed) {
        assertThat(kinds(evaluated(due, NOW.minusSeconds(secondsAgo))))
                .isEqualTo(missed ? List.of(Kind.MISSED_EVALUATIONS) : List.of());
    }

    @Test
    void aProjectThatIsDueAndWasNeverEvaluatedMissesIt() {
        assertThat(kinds(evaluated(true, null))).containsExactly(Kind.MISSED_EVALUATIONS);
    }

    @Test
    void aRefusalIsFoundAtOnceAndWaitingAfterFiveMinutes() {
        Vitals vitals = new Vitals(
                Map.of(),
                false,
                NOW,
                Map.of("pd", "status 400: not tried again"),
                Map.of("slow", NOW.minusSeconds(301), "busy", NOW.minusSeconds(300)));
        assertThat(vitals.findings(NOW))
                .extracting(Finding::key)
                .containsExactly(
                        new Finding.Key(Kind.DELIVERY_FAILED, "pd"), new Finding.Key(Kind.DELIVERY_LATE, "slow"));
        assertThat(vitals.findings(NOW).get(0).detail()).isEqualTo("not delivered to pd: status 400: not tried again");
    }

    @Test
    void theHeartBeatsOnlyWhileSomebodyLooksAndSees() {
        assertThat(Pulse.withheld(NOW.minusSeconds(120), 0, NOW)).isEmpty();
        assertThat(Pulse.withheld(NOW.minusSeconds(121), 0, NOW)).isPresent();
        assertThat(Pulse.withheld(null, 0, NOW)).isPresent();
        assertThat(Pulse.withheld(NOW, 1, NOW)).isPresent();
    }
}
