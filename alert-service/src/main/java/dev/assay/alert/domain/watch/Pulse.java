package dev.assay.alert.domain.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the heart may beat. A dead man's switch alarms when beats stop, so a beat must prove more than that a process
 * runs: that somebody looked lately, that windows come in, and that they are evaluated. What a receiver refuses does
 * not stop it: that is told otherwise, and is nobody else's outage.
 *
 * @see <a href="https://prometheus.io/docs/practices/alerting/#metamonitoring">Prometheus: metamonitoring</a>
 */
public final class Pulse {
    /** A look that is older than this proves nothing. */
    public static final Duration STALE = Duration.ofMinutes(2);

    private Pulse() {}

    /**
     * Why the heart must not beat, or empty if it may.
     *
     * @param lookedAt when alerting was last looked at; null if never
     * @param blind how many alerts on being blind fire
     */
    public static Optional<String> withheld(@Nullable Instant lookedAt, long blind, Instant now) {
        if (lookedAt == null || Duration.between(lookedAt, now).compareTo(STALE) > 0) {
            return Optional.of("nobody has looked since " + (lookedAt == null ? "the start" : lookedAt));
        }
        return blind > 0 ? Optional.of(blind + " alerts on the pipeline or on evaluation fire") : Optional.empty();
    }
}
