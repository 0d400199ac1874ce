package dev.assay.platform.rollup;

import dev.assay.contracts.Topics;
import dev.assay.contracts.kpi.v1.KpiRecord;
import dev.assay.contracts.kpi.v1.ProjectClock;
import dev.assay.contracts.kpi.v1.Tick;
import dev.assay.platform.kafka.Broker;
import dev.assay.platform.sink.AssignedPartitions;
import dev.assay.platform.sink.Outgoing;
import dev.assay.platform.sink.Rounds;
import dev.assay.platform.sink.SinkHandler;
import dev.assay.platform.sink.SinkProducer;
import dev.assay.platform.sink.Sources;
import dev.assay.platform.tenancy.Project;
import dev.assay.platform.tenancy.ProjectDirectory;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Tells each source's clock: the event time it has folded in, which is at least the wall clock less 90 seconds as long as
 * the source has nothing left to fold in. Sent to every partition of {@code kpi.windows.v1}, so every reader hears it.
 */
@ApplicationScoped
public class Ticker {
    private static final Logger LOG = Logger.getLogger(Ticker.class);
    private static final Duration SETTLE = Duration.ofSeconds(90);
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final Pool pool;
    private final AssignedPartitions assigned;
    private final SinkProducer producer;
    private final Broker broker;
    private final ProjectDirectory projects;
    private final Instance<SinkHandler> handlers;
    private final String service;

    Ticker(
            Pool pool,
            AssignedPartitions assigned,
            SinkProducer producer,
            Broker broker,
            ProjectDirectory projects,
            Instance<SinkHandler> handlers,
            @ConfigProperty(name = "assay.service") String service) {
        this.pool = pool;
        this.assigned = assigned;
        this.producer = producer;
        this.broker = broker;
        this.projects = projects;
        this.handlers = handlers;
        this.service = service;
    }

    @Scheduled(every = "${assay.ticks.every:60s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tickAll() {
        return Rounds.tolerant(LOG, "ticks", broker.ends(assigned.held()).chain(ends -> tickAll(ends)));
    }

    private Uni<Void> tickAll(Map<TopicPartition, Long> ends) {
        List<Uni<Void>> ticks = new ArrayList<>();
        ends.forEach((partition, end) -> {
            for (SinkHandler handler : handlers) {
                if (handler.topic().equals(partition.topic())
                        && !handler.measures().isEmpty()) {
                    ticks.add(tick(partition, handler, assigned.standsAt(partition) >= end));
                }
            }
        });
        return Multi.createFrom()
                .iterable(ticks)
                .onItem()
                .transformToUniAndConcatenate(tick -> tick)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> tick(TopicPartition partition, SinkHandler handler, boolean caughtUp) {
        short source = Sources.id(partition.topic(), partition.partition());
        Instant now = Instant.now();
        long settled = caughtUp ? micros(now.minus(SETTLE)) : 0;
        long limit = micros(now.plus(AHEAD));
        return pool.preparedQuery("select tenant, clock_us from project_clock where source = $1")
                .execute(Tuple.of(source))
                .chain(rows -> {
                    Map<String, Long> clocks = new HashMap<>();
                    for (Project project : projects.projects()) {
                        clocks.put(project.id(), settled);
                    }
                    for (Row row : rows) {
                        clocks.merge(row.getString(0), Math.min(row.getLong(1), limit), Math::max);
                    }
                    Map<String, Long> told = new HashMap<>(clocks);
                    told.values().removeIf(clock -> clock == 0);
                    return advance(source, partition, settled).chain(clock -> send(source, handler, clock, told));
                });
    }

    /** The source's own clock, which never goes back, whoever holds the partition. */
    private Uni<Long> advance(short source, TopicPartition partition, long settled) {
        return pool.preparedQuery("""
                        update consumer_offset set clock_us = greatest(clock_us, $1)
                        where topic_id = $2 and partition_id = $3 returning clock_us""")
                .execute(Tuple.of(settled, Topics.id(partition.topic()), partition.partition()))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private Uni<Void> send(short source, SinkHandler handler, long clock, Map<String, Long> clocks) {
        Tick.Builder tick = Tick.newBuilder()
                .setSource(Sources.name(service, source))
                .setClockUs(clock)
                .addAllMeasures(handler.measures());
        clocks.forEach((tenant, us) ->
                tick.addProjects(ProjectClock.newBuilder().setTenant(tenant).setClockUs(us)));
        byte[] value = KpiRecord.newBuilder().setTick(tick).build().toByteArray();
        byte[] key = ("tick/" + tick.getSource()).getBytes(StandardCharsets.UTF_8);
        return producer.partitions(Topics.WINDOWS).chain(partitions -> {
            List<Outgoing> toAll = new ArrayList<>(partitions);
            for (int partition = 0; partition < partitions; partition++) {
                toAll.add(new Outgoing(Topics.WINDOWS, partition, key, value));
            }
            return producer.send(toAll);
        });
    }

    private static long micros(Instant time) {
        return TimeUnit.SECONDS.toMicros(time.getEpochSecond()) + time.getNano() / 1_000;
    }
}
