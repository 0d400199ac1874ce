package dev.assay.quality.app;

import dev.assay.platform.sink.Rounds;
import dev.assay.quality.config.QualitySettings;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Forgets rows that are past the retention. The entrance refuses events as old as that, so none comes back as new; the
 * windows that they were counted in stay.
 */
@ApplicationScoped
public class PruneExpired {
    private static final Logger LOG = Logger.getLogger(PruneExpired.class);

    /** What was accepted just in time may still be on its way. */
    private static final Duration ON_ITS_WAY = Duration.ofDays(2);

    private static final Duration LEAST = Duration.ofDays(1);

    private final ExpiredRows rows;
    private final Duration retention;

    PruneExpired(ExpiredRows rows, QualitySettings settings) {
        this.rows = rows;
        this.retention = settings.retention();
        if (retention.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("assay.quality.retention must be at least 1d, got: " + retention);
        }
        LOG.infof(
                "rows are kept for %d days (assay.quality.retention); the first pruning is in 10 minutes",
                retention.toDays());
    }

    /** A bad value keeps the service from starting; a good one is told before anything is deleted. */
    void announce(@Observes StartupEvent event) {
        LOG.infof("keeps rows for %d days (assay.quality.retention)", retention.toDays());
    }

    @Scheduled(
            every = "${assay.quality.prune-every:6h}",
            delayed = "10m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return Rounds.tolerant(LOG, "pruning", prune(Instant.now()).replaceWithVoid());
    }

    /** Forgets what is past the retention at the given time; how many rows that were. */
    public Uni<Long> prune(Instant now) {
        return rows.delete(now.minus(retention).minus(ON_ITS_WAY)).invoke(count -> {
            if (count > 0) {
                LOG.infof("forgot %d rows past the retention of %s", count, retention);
            }
        });
    }
}
