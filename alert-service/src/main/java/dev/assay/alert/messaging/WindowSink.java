package dev.assay.alert.messaging;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.alert.app.WindowBatch;
import dev.assay.alert.app.WindowLedger;
import dev.assay.alert.config.AlertConfig;
import dev.assay.contracts.Topics;
import dev.assay.contracts.kpi.v1.KpiRecord;
import dev.assay.contracts.kpi.v1.KpiWindow;
import dev.assay.contracts.kpi.v1.ProjectClock;
import dev.assay.contracts.kpi.v1.Tick;
import dev.assay.platform.sink.ExactlyOnceSink;
import dev.assay.platform.sink.Outgoing;
import dev.assay.platform.sink.PartitionBatch;
import dev.assay.platform.sink.SinkHandler;
import dev.assay.platform.window.Minutes;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/** Takes in windows and ticks. What cannot be read becomes a dead letter; what is older than retention is counted. */
@ApplicationScoped
class WindowSink implements SinkHandler {
    private static final String CHANNEL = "windows";
    private static final int MAX_TENANT = 40;
    /** Minutes are kept as integers. */
    private static final long MAX_CLOCK_US = Minutes.startMicros(Integer.MAX_VALUE);

    private final ExactlyOnceSink sink;
    private final WindowLedger ledger;
    private final MeterRegistry meters;
    private final Duration retention;

    WindowSink(ExactlyOnceSink sink, WindowLedger ledger, MeterRegistry meters, AlertConfig config) {
        this.sink = sink;
        this.ledger = ledger;
        this.meters = meters;
        this.retention = Duration.ofDays(config.retentionDays());
    }

    @Incoming(CHANNEL)
    Uni<Void> onWindows(ConsumerRecords<byte[], byte[]> records) {
        return sink.consume(CHANNEL, records);
    }

    @Override
    public String topic() {
        return Topics.WINDOWS;
    }

    @Override
    public Uni<List<Outgoing>> apply(SqlConnection transaction, PartitionBatch batch) {
        WindowBatch windows = new WindowBatch(batch.partition());
        for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
            String fault = read(record, windows);
            if (fault != null) {
                batch.reject(record, fault);
            }
        }
        return ledger.fold(transaction, windows).replaceWith(List.of());
    }

    /** Adds a record to the batch; what is wrong with it, if anything is. */
    private @Nullable String read(ConsumerRecord<byte[], byte[]> record, WindowBatch into) {
        byte[] value = record.value();
        if (value == null) {
            return "the record has no value";
        }
        KpiRecord kpi;
        try {
            kpi = KpiRecord.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            return "not a KpiRecord: " + e.getMessage();
        }
        Instant sent = Instant.ofEpochMilli(record.timestamp());
        return switch (kpi.getRecordCase()) {
            case WINDOW -> readWindow(kpi.getWindow(), sent, into);
            case TICK -> {
                String fault = fault(kpi.getTick());
                if (fault == null) {
                    into.add(new WindowBatch.HeardTick(sent, kpi.getTick()));
                }
                yield fault;
            }
            case RECORD_NOT_SET -> null; // a kind of record of a newer version
        };
    }

    private static @Nullable String fault(Tick tick) {
        if (tick.getSource().isEmpty()) {
            return "source must not be empty";
        }
        LongStream clocks = LongStream.concat(
                LongStream.of(tick.getClockUs()),
                tick.getProjectsList().stream().mapToLong(ProjectClock::getClockUs));
        return clocks.allMatch(clock -> clock >= 0 && clock < MAX_CLOCK_US) ? null : "clock_us is out of range";
    }

    private @Nullable String readWindow(KpiWindow window, Instant sent, WindowBatch into) {
        if (window.getTenant().isEmpty() || window.getTenant().length() > MAX_TENANT) {
            return "tenant must have 1 to " + MAX_TENANT + " characters";
        }
        if (window.getSource().isEmpty()) {
            return "source must not be empty";
        }
        if (window.getWindowStartUs() < 0 || window.getWindowStartUs() % Minutes.MICROS != 0) {
            return "window_start_us must be a whole minute, got: " + window.getWindowStartUs();
        }
        long minute = Minutes.ofMicros(window.getWindowStartUs());
        if (minute > Integer.MAX_VALUE) {
            return "window_start_us is out of range: " + window.getWindowStartUs();
        }
        if (Minutes.start(minute).isBefore(sent.minus(retention))) {
            meters.counter("assay.alert.windows.outdated").increment();
            return null;
        }
        into.add(new WindowBatch.Key(window.getTenant(), minute, window.getSeriesId(), window.getSource()), window);
        return null;
    }
}
