package dev.assay.cost.messaging;

import dev.assay.platform.sink.ExactlyOnceSink;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Feeds the two topics that cost is made of into the sink. */
@ApplicationScoped
class CostConsumers {
    static final String CALLS = "calls";
    static final String FEEDBACK = "feedback";

    private final ExactlyOnceSink sink;

    CostConsumers(ExactlyOnceSink sink) {
        this.sink = sink;
    }

    @Incoming(CALLS)
    Uni<Void> onCalls(ConsumerRecords<byte[], byte[]> records) {
        return sink.consume(CALLS, records);
    }

    @Incoming(FEEDBACK)
    Uni<Void> onFeedback(ConsumerRecords<byte[], byte[]> records) {
        return sink.consume(FEEDBACK, records);
    }
}
