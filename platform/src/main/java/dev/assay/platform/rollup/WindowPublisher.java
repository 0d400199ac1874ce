package dev.assay.platform.rollup;

import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.common.v1.Revision;
import dev.assay.contracts.kpi.v1.KpiRecord;
import dev.assay.contracts.kpi.v1.KpiWindow;
import dev.assay.platform.sink.AssignedPartitions;
import dev.assay.platform.sink.Outgoing;
import dev.assay.platform.sink.Rounds;
import dev.assay.platform.sink.SinkProducer;
import dev.assay.platform.sink.Sources;
import dev.assay.platform.window.Minutes;
import dev.assay.platform.window.WindowState;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Tells {@code kpi.windows.v1} what changed windows are now, at most once a second each. The row is the outbox: it is
 * unsent until its present revision has been acknowledged.
 */
@ApplicationScoped
public class WindowPublisher {
    private static final Logger LOG = Logger.getLogger(WindowPublisher.class);
    private static final int ROWS_A_RUN = 2_000;

    private static final String UNSENT = """
            select r.tenant, r.minute, r.series_id, r.generation, r.position, r.state,
              s.environment, s.app, s.endpoint, s.provider, s.model, s.variant, s.prompt_version
            from rollup_minute r join series s on s.tenant = r.tenant and s.series_id = r.series_id
            where r.source = $1 and not r.sent order by r.minute limit $2""";

    private static final String MARK = """
            update rollup_minute r set sent = true
            from unnest($1::text[], $2::int[], $3::bigint[], $5::bigint[], $6::bigint[])
              as k(tenant, minute, series_id, generation, position)
            where r.tenant = k.tenant and r.minute = k.minute and r.series_id = k.series_id and r.source = $4
              and r.generation = k.generation and r.position = k.position""";

    private final Pool pool;
    private final AssignedPartitions assigned;
    private final SinkProducer producer;
    private final String service;

    WindowPublisher(
            Pool pool,
            AssignedPartitions assigned,
            SinkProducer producer,
            @ConfigProperty(name = "assay.service") String service) {
        this.pool = pool;
        this.assigned = assigned;
        this.producer = producer;
        this.service = service;
    }

    @Scheduled(every = "${assay.windows.every:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> publishAll() {
        return Rounds.tolerant(LOG, "changed windows", publishHeld());
    }

    private Uni<Void> publishHeld() {
        return Multi.createFrom()
                .iterable(assigned.held())
                .onItem()
                .transformToUniAndConcatenate(this::publish)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> publish(TopicPartition partition) {
        short source = Sources.id(partition.topic(), partition.partition());
        return pool.preparedQuery(UNSENT).execute(Tuple.of(source, ROWS_A_RUN)).chain(rows -> {
            if (rows.size() == 0) {
                return Uni.createFrom().voidItem();
            }
            List<Outgoing> windows = new ArrayList<>(rows.size());
            List<Row> sent = new ArrayList<>(rows.size());
            for (Row row : rows) {
                windows.add(outgoing(row, source));
                sent.add(row);
            }
            return producer.send(windows)
                    .chain(() -> pool.preparedQuery(MARK).execute(marks(sent, source)))
                    .replaceWithVoid();
        });
    }

    private Outgoing outgoing(Row row, short source) {
        String tenant = row.getString("tenant");
        long series = row.getLong("series_id");
        KpiWindow window = KpiWindow.newBuilder()
                .setTenant(tenant)
                .setSource(Sources.name(service, source))
                .setSeriesId(series)
                .setDimensions(dimensions(row))
                .setWindowStartUs(row.getInteger("minute") * Minutes.MICROS)
                .setRevision(Revision.newBuilder()
                        .setGeneration(row.getLong("generation"))
                        .setPosition(row.getLong("position")))
                .setState(WindowState.parse(row.getBuffer("state").getBytes()).toProto())
                .build();
        return Outgoing.of(
                Topics.WINDOWS,
                (tenant + "/" + Long.toHexString(series)).getBytes(StandardCharsets.UTF_8),
                KpiRecord.newBuilder().setWindow(window).build().toByteArray());
    }

    static Dimensions dimensions(Row row) {
        return Dimensions.newBuilder()
                .setEnvironment(row.getString("environment"))
                .setApp(row.getString("app"))
                .setEndpoint(row.getString("endpoint"))
                .setProvider(row.getString("provider"))
                .setModel(row.getString("model"))
                .setVariant(row.getString("variant"))
                .setPromptVersion(row.getString("prompt_version"))
                .build();
    }

    private static Tuple marks(List<Row> rows, short source) {
        return Tuple.tuple()
                .addArrayOfString(rows.stream().map(r -> r.getString("tenant")).toArray(String[]::new))
                .addArrayOfInteger(
                        rows.stream().map(r -> r.getInteger("minute")).toArray(Integer[]::new))
                .addArrayOfLong(rows.stream().map(r -> r.getLong("series_id")).toArray(Long[]::new))
                .addShort(source)
                .addArrayOfLong(rows.stream().map(r -> r.getLong("generation")).toArray(Long[]::new))
                .addArrayOfLong(rows.stream().map(r -> r.getLong("position")).toArray(Long[]::new));
    }
}
