package dev.assay.ingest.ledger;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.contracts.Topics;
import dev.assay.contracts.control.v1.Rejection;
import dev.assay.ingest.store.EventCounters;
import dev.assay.platform.sink.Outgoing;
import dev.assay.platform.sink.PartitionBatch;
import dev.assay.platform.sink.SinkHandler;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Counts what the entrance refused, by project, as surely as what it accepted. */
@ApplicationScoped
class RejectionsSink implements SinkHandler {
    private final EventCounters counters;

    RejectionsSink(EventCounters counters) {
        this.counters = counters;
    }

    @Override
    public String topic() {
        return Topics.REJECTIONS;
    }

    @Override
    public Uni<List<Outgoing>> apply(SqlConnection tx, PartitionBatch batch) {
        Map<String, Long> rejected = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
            try {
                Rejection rejection = Rejection.parseFrom(record.value() == null ? new byte[0] : record.value());
                if (rejection.getTenant().isEmpty()) {
                    batch.reject(record, "a rejection without project");
                } else {
                    rejected.merge(rejection.getTenant(), Math.max(1, rejection.getEvents()), Long::sum);
                }
            } catch (InvalidProtocolBufferException broken) {
                batch.reject(record, "not a Rejection message: " + broken.getMessage());
            }
        }
        return counters.addRejected(tx, batch.source(), rejected).replaceWith(List.of());
    }
}
