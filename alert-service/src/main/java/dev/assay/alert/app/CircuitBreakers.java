package dev.assay.alert.app;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One circuit breaker a receiver: after five failures in a row nothing is sent to it for a while, then one notification
 * tries again. So a receiver that hangs holds no more than one connection, and is told soon after coming back.
 * Kept by each replica for itself.
 */
final class CircuitBreakers {
    static final int FAILURES = 5;
    private static final int MAX_RECEIVERS = 10_000;

    private final Duration rest;
    private final Map<String, Circuit> circuits = new ConcurrentHashMap<>();

    private record Circuit(int failures, Instant openUntil) {}

    CircuitBreakers(Duration rest) {
        this.rest = rest;
    }

    /** How long nothing is to be sent to a receiver; empty if it may be tried now, by the one who asks. */
    Optional<Duration> rest(String receiver, Instant now) {
        Duration[] left = new Duration[1];
        circuits.computeIfPresent(receiver, (id, circuit) -> {
            if (circuit.failures() < FAILURES) {
                return circuit;
            }
            if (now.isBefore(circuit.openUntil())) {
                left[0] = Duration.between(now, circuit.openUntil());
                return circuit;
            }
            return new Circuit(circuit.failures(), now.plus(rest)); // half open: this one tries, the others wait
        });
        return Optional.ofNullable(left[0]);
    }

    void succeeded(String receiver) {
        circuits.remove(receiver);
    }

    void failed(String receiver, Instant now) {
        if (circuits.size() >= MAX_RECEIVERS) {
            circuits.clear(); // forgetting costs a few tries, no notification
        }
        circuits.merge(
                receiver,
                new Circuit(1, now.plus(rest)),
                (before, one) -> new Circuit(before.failures() + 1, now.plus(rest)));
    }
}
