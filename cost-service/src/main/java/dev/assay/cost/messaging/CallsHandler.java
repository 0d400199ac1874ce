package dev.assay.cost.messaging;

import dev.assay.contracts.Topics;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.cost.app.AccountCalls;
import dev.assay.cost.app.CallChange;
import dev.assay.platform.sink.Outgoing;
import dev.assay.platform.sink.PartitionBatch;
import dev.assay.platform.sink.SinkHandler;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** {@code llm.calls.v1} into the ledger. What cannot be accounted becomes a dead letter with its reason. */
@ApplicationScoped
class CallsHandler implements SinkHandler {
    private final AccountCalls calls;

    CallsHandler(AccountCalls calls) {
        this.calls = calls;
    }

    @Override
    public String topic() {
        return Topics.CALLS;
    }

    @Override
    public Set<Measure> measures() {
        return Set.of(
                Measure.MEASURE_LIST_COST,
                Measure.MEASURE_REPORTED_COST,
                Measure.MEASURE_UNPRICED,
                Measure.MEASURE_PRICED_TOKENS);
    }

    @Override
    public Uni<List<Outgoing>> apply(SqlConnection tx, PartitionBatch batch) {
        List<CallChange> changes = new ArrayList<>(batch.records().size());
        for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
            if (record.value() == null) {
                batch.reject(record, "the record has no value");
                continue;
            }
            try {
                changes.add(CallChange.parse(record.value()));
            } catch (IllegalArgumentException | ArithmeticException e) {
                batch.reject(record, CallChange.tenantOf(record.value()), String.valueOf(e.getMessage()));
            }
        }
        return calls.fold(tx, batch, changes).replaceWith(List.of());
    }
}
