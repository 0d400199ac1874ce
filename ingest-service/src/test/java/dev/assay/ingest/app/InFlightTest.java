package dev.assay.ingest.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ingest.config.IngestConfig;
import dev.assay.platform.web.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InFlight inFlight = new InFlight(new Limits(1_000), meters);

    private record Limits(long maxBytesInFlight) implements IngestConfig {
        @Override
        public int maxBodyBytes() {
            return 1_000;
        }

        @Override
        public int maxBatchEvents() {
            return 10;
        }

        @Override
        public long metricStreamLimit() {
            return 10;
        }

        @Override
        public Duration retention() {
            return Duration.ofDays(1);
        }

        @Override
        public Bootstrap bootstrap() {
            throw new UnsupportedOperationException();
        }
    }

    private double bytes() {
        return meters.get("assay.ingest.bytes.in.flight").gauge().value();
    }

    @Test
    void turnsAwayWhatDoesNotFitAndTakesItLater() {
        InFlight.Lease first = inFlight.lease();
        InFlight.Lease second = inFlight.lease();
        first.take(600);
        assertThatThrownBy(() -> second.take(401)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(429);
            assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        });
        assertThat(bytes()).isEqualTo(600);
        second.take(400);
        first.close();
        assertThat(bytes()).isEqualTo(400);
        second.take(600);
        second.close();
        second.close();
        assertThat(bytes()).isZero();
    }
}
