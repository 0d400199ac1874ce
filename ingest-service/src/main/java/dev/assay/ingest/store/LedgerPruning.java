package dev.assay.ingest.store;

import dev.assay.ingest.config.IngestConfig;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Forgets events past the retention: their days are dropped whole, and their ids with them. The entrance refuses events as
 * old as that, so none comes back as new.
 */
@ApplicationScoped
public class LedgerPruning {
    private static final Logger LOG = Logger.getLogger(LedgerPruning.class);

    /** Accepted just before its time was up, and still on its way. */
    private static final Duration ON_ITS_WAY = Duration.ofDays(2);

    private static final int IDS_A_STATEMENT = 20_000;

    private final Pool pool;
    private final Heartbeats heartbeats;
    private final Duration retention;

    LedgerPruning(Pool pool, Heartbeats heartbeats, IngestConfig config) {
        this.pool = pool;
        this.heartbeats = heartbeats;
        this.retention = config.retention();
    }

    @Scheduled(
            every = "${assay.ledger.prune-every:6h}",
            delayed = "10m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return prune(Instant.now())
                .onFailure()
                .invoke(failure -> LOG.warnf("pruning waits for its next run: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** Forgets what is past the retention at the given time. */
    public Uni<Void> prune(Instant now) {
        int before = (int) Duration.between(Instant.EPOCH, now.minus(retention).minus(ON_ITS_WAY))
                .toDays();
        return pool.preparedQuery("select close_days($1)")
                .execute(Tuple.of(before))
                .chain(closed -> forgetIds(before))
                .chain(() -> forgetMetrics(before))
                .chain(() -> heartbeats.prune(now));
    }

    private Uni<Void> forgetMetrics(int before) {
        long beforeUs = Duration.ofDays(before).toMillis() * 1000;
        return pool.preparedQuery("delete from metric_point where time_us < $1")
                .execute(Tuple.of(beforeUs))
                .chain(() -> pool.query("delete from metric_stream s where not exists"
                                + " (select from metric_point p where p.tenant = s.tenant and p.stream = s.stream)")
                        .execute())
                .replaceWithVoid();
    }

    private Uni<Void> forgetIds(int before) {
        return pool.preparedQuery("""
                        delete from seen where ctid = any(array(
                          select ctid from seen where ledger_day < $1 limit $2))""")
                .execute(Tuple.of(before, IDS_A_STATEMENT))
                .chain(deleted ->
                        deleted.rowCount() < IDS_A_STATEMENT ? Uni.createFrom().voidItem() : forgetIds(before));
    }
}
