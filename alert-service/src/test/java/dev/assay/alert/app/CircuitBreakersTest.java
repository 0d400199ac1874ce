package dev.assay.alert.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CircuitBreakersTest {
    private static final Duration REST = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-03-11T12:00:00Z");

    private static CircuitBreakers failedOften() {
        CircuitBreakers breakers = new CircuitBreakers(REST);
        for (int i = 0; i < CircuitBreakers.FAILURES; i++) {
            breakers.failed("a", NOW);
        }
        return breakers;
    }

    @Test
    void restsAReceiverAfterFiveFailuresInARow() {
        CircuitBreakers breakers = new CircuitBreakers(REST);
        for (int i = 1; i < CircuitBreakers.FAILURES; i++) {
            breakers.failed("a", NOW);
        }
        assertThat(breakers.rest("a", NOW)).isEmpty();
        breakers.failed("a", NOW);
        assertThat(breakers.rest("a", NOW)).contains(REST);
        assertThat(breakers.rest("b", NOW)).isEmpty();
    }

    @Test
    void letsOneTryAfterTheRestAndTheOthersWait() {
        CircuitBreakers breakers = failedOften();
        Instant later = NOW.plus(REST);
        assertThat(breakers.rest("a", later)).isEmpty();
        assertThat(breakers.rest("a", later)).contains(REST);
        breakers.succeeded("a");
        assertThat(breakers.rest("a", later)).isEmpty();
        assertThat(breakers.rest("a", later)).isEmpty();
    }

    @Test
    void aSuccessBetweenStartsTheCountAnew() {
        CircuitBreakers breakers = new CircuitBreakers(REST);
        for (int i = 0; i < 3 * CircuitBreakers.FAILURES; i++) {
            breakers.failed("a", NOW);
            if (i % 3 == 2) {
                breakers.succeeded("a");
            }
        }
        assertThat(breakers.rest("a", NOW)).isEmpty();
    }
}
