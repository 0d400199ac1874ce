package dev.assay.alert.messaging;

import dev.assay.contracts.Topics;
import dev.assay.platform.sink.Outgoing;
import dev.assay.platform.sink.SinkProducer;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Sends alert events from the outbox, in order, and forgets them once Kafka has acknowledged. */
@ApplicationScoped
class AlertEventPublisher {
    private static final Logger LOG = Logger.getLogger(AlertEventPublisher.class);
    private static final int AT_ONCE = 500;
    private static final String OLDEST = """
            select tenant, seq, rule, event from event_outbox order by seq limit $1 for update skip locked""";

    private final Pool pool;
    private final SinkProducer producer;

    AlertEventPublisher(Pool pool, SinkProducer producer) {
        this.pool = pool;
        this.producer = producer;
    }

    @Scheduled(every = "${assay.alert.publish-every:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> publish() {
        return pool.withTransaction(this::publish).onFailure().recoverWithItem(failure -> {
            LOG.warnf("alert events wait: %s", failure.toString());
            return null;
        });
    }

    private Uni<Void> publish(SqlConnection tx) {
        return tx.preparedQuery(OLDEST).execute(Tuple.of(AT_ONCE)).chain(rows -> {
            List<Outgoing> events = new ArrayList<>();
            List<Long> sent = new ArrayList<>();
            rows.forEach(row -> {
                byte[] key = (row.getString(0) + "/" + row.getString(2)).getBytes(StandardCharsets.UTF_8);
                events.add(Outgoing.of(Topics.ALERTS, key, row.getBuffer(3).getBytes()));
                sent.add(row.getLong(1));
            });
            if (events.isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            return producer.send(events)
                    .chain(() -> tx.preparedQuery("delete from event_outbox where seq = any($1)")
                            .execute(Tuple.tuple().addArrayOfLong(sent.toArray(Long[]::new))))
                    .replaceWithVoid();
        });
    }
}
