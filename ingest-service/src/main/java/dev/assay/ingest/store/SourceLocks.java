package dev.assay.ingest.store;

import dev.assay.contracts.Topics;
import dev.assay.ingest.domain.call.KeyPartition;
import dev.assay.ingest.domain.ledger.LedgerFold.Trace;
import dev.assay.platform.sink.SinkProducer;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Keeps other partitions' batches out while this one changes what is theirs: each batch moves its offset row first. */
@ApplicationScoped
public class SourceLocks {
    private static final String LOCK = """
            select 1 from consumer_offset where topic_id = $1 and partition_id = any($2)
            order by partition_id for update""";

    private final SinkProducer kafka;

    SourceLocks(SinkProducer kafka) {
        this.kafka = kafka;
    }

    /** Waits for the batches of the partitions that own the traces, and holds the next ones until the commit. */
    public Uni<Void> lockOthers(SqlConnection tx, int own, Collection<Trace> traces) {
        return kafka.partitions(Topics.EVENTS).chain(count -> {
            Set<Integer> others = new TreeSet<>();
            traces.forEach(trace -> others.add(KeyPartition.of(trace.key().bytes(), count)));
            others.remove(own);
            return tx.preparedQuery(LOCK)
                    .execute(Tuple.of(Topics.id(Topics.EVENTS), others.toArray(Integer[]::new)))
                    .replaceWithVoid();
        });
    }
}
