package dev.assay.alert.app;

import dev.assay.alert.config.AlertConfig;
import dev.assay.alert.domain.notification.Attempt;
import dev.assay.alert.domain.notification.NextStep;
import dev.assay.alert.domain.notification.RetryPolicy;
import dev.assay.alert.domain.watch.Finding;
import dev.assay.alert.domain.watch.Pulse;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Tells a dead man's switch that alerting lives, one replica for all. It is silent while alerting is blind, so that the
 * switch alarms then too; a beat that is lost is not repeated: the next one comes within a minute.
 */
@ApplicationScoped
public class Heartbeat {
    private static final Logger LOG = Logger.getLogger(Heartbeat.class);

    private final WatchStore store;
    private final Switch heart;
    private final Duration every;

    /** The way to a dead man's switch. */
    public interface Switch {
        /** Whether there is one. */
        boolean isConfigured();

        /** Says that alerting lives. Never fails: what goes wrong is the attempt's outcome. */
        Uni<Attempt> beat(Instant now);
    }

    Heartbeat(WatchStore store, Switch heart, AlertConfig config) {
        this.store = store;
        this.heart = heart;
        this.every = config.heartbeatEvery();
    }

    /** Beats if it is time and no other replica does. */
    @Scheduled(every = "${assay.alert.heartbeat-every:1m}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> beat() {
        if (!heart.isConfigured()) {
            return Uni.createFrom().voidItem();
        }
        return store.takeBeat(every)
                .chain(taken -> taken.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : store.firing().chain(firing -> beat(taken.get(), firing, Instant.now())))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("no heartbeat: %s", failure.toString());
                    return null;
                });
    }

    private Uni<Void> beat(WatchStore.Beat taken, Map<Finding.Kind, Long> firing, Instant now) {
        long blind = firing.entrySet().stream()
                .filter(kind -> kind.getKey().isBlindness())
                .mapToLong(Map.Entry::getValue)
                .sum();
        Optional<String> withheld = Pulse.withheld(taken.lookedAt(), blind, now);
        if (withheld.isPresent()) {
            LOG.logf(
                    taken.lookedAt() == null ? Logger.Level.INFO : Logger.Level.ERROR, // it has just begun
                    "no heartbeat: %s",
                    withheld.get());
            return store.beaten(false, withheld.get());
        }
        return heart.beat(now)
                .map(attempt -> RetryPolicy.after(attempt, 1, Duration.ZERO, 0))
                .chain(step -> store.beaten(step instanceof NextStep.Delivered, step.detail()));
    }
}
