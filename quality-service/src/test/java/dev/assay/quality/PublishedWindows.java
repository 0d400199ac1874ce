package dev.assay.quality;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.contracts.Topics;
import dev.assay.contracts.kpi.v1.KpiRecord;
import dev.assay.contracts.kpi.v1.KpiWindow;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.localstack.TestStack;
import dev.assay.platform.window.MeasureState;
import dev.assay.platform.window.WindowState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a consumer of {@code kpi.windows.v1} knows of one project: of each window the highest revision. */
final class PublishedWindows implements AutoCloseable {
    private final String tenant;
    private final Map<String, KpiWindow> latest = new HashMap<>();
    private final KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
            Map.of("bootstrap.servers", TestStack.shared().bootstrap()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());

    PublishedWindows(String tenant) {
        this.tenant = tenant;
        var partitions = consumer.partitionsFor(Topics.WINDOWS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** A measure over all windows, after reading what has arrived. */
    MeasureState total(Measure measure) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> keep(record.value()));
        WindowState all = new WindowState();
        latest.values().forEach(window -> all.plus(WindowState.fromProto(window.getState())));
        return all.get(measure);
    }

    private void keep(byte[] value) {
        try {
            KpiRecord record = KpiRecord.parseFrom(value);
            KpiWindow window = record.getWindow();
            if (record.hasWindow() && window.getTenant().equals(tenant)) {
                latest.merge(
                        window.getSource() + "/" + window.getSeriesId() + "/" + window.getWindowStartUs(),
                        window,
                        (a, b) -> isHigher(b, a) ? b : a);
            }
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    private static boolean isHigher(KpiWindow a, KpiWindow b) {
        long generation = a.getRevision().getGeneration() - b.getRevision().getGeneration();
        return generation > 0
                || generation == 0
                        && a.getRevision().getPosition() > b.getRevision().getPosition();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
