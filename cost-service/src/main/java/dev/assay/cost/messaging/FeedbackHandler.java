package dev.assay.cost.messaging;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.contracts.llm.v1.FeedbackEvent;
import dev.assay.contracts.llm.v1.TaskOutcome;
import dev.assay.cost.app.CountTasks;
import dev.assay.cost.app.TaskOutcomes.Key;
import dev.assay.cost.app.TaskOutcomes.Outcome;
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

/** {@code llm.feedback.v1}: the outcomes of tasks; ratings and texts are not cost's business. */
@ApplicationScoped
class FeedbackHandler implements SinkHandler {
    private final CountTasks tasks;

    FeedbackHandler(CountTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public String topic() {
        return Topics.FEEDBACK;
    }

    @Override
    public Set<Measure> measures() {
        return Set.of(Measure.MEASURE_SUCCESSFUL_TASKS);
    }

    @Override
    public Uni<List<Outgoing>> apply(SqlConnection tx, PartitionBatch batch) {
        List<Outcome> outcomes = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
            if (record.value() == null) {
                batch.reject(record, "the record has no value");
                continue;
            }
            try {
                FeedbackEvent event = FeedbackEvent.parseFrom(record.value());
                if (event.hasOutcome()) {
                    outcomes.add(outcome(event));
                }
            } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
                batch.reject(record, "no outcome of a task: " + e.getMessage());
            }
        }
        return tasks.fold(tx, batch, outcomes).replaceWith(List.of());
    }

    private static Outcome outcome(FeedbackEvent event) {
        TaskOutcome told = event.getOutcome();
        String tenant = event.getEnvelope().getTenant();
        if (tenant.isEmpty() || told.getTaskId().isEmpty()) {
            throw new IllegalArgumentException("envelope must have tenant, and outcome task_id");
        }
        long end = told.getEndTimeUs() != 0
                ? told.getEndTimeUs()
                : event.getEnvelope().getEventTimeUs();
        Dimensions dimensions = Dimensions.newBuilder()
                .setApp(told.getApp())
                .setEnvironment(told.getEnvironment())
                .build();
        return new Outcome(new Key(tenant, told.getTaskId()), dimensions, told.getSuccess(), end);
    }
}
