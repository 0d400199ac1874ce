package dev.assay.ingest.ledger;

import dev.assay.platform.sink.ExactlyOnceSink;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The topics that this service folds in. */
@ApplicationScoped
class LedgerChannels {
    private final ExactlyOnceSink sink;

    LedgerChannels(ExactlyOnceSink sink) {
        this.sink = sink;
    }

    @Incoming("events")
    Uni<Void> onEvents(ConsumerRecords<byte[], byte[]> records) {
        return sink.consume("events", records);
    }

    @Incoming("rejections")
    Uni<Void> onRejections(ConsumerRecords<byte[], byte[]> records) {
        return sink.consume("rejections", records);
    }
}
