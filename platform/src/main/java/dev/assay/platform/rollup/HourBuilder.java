package dev.assay.platform.rollup;

import dev.assay.contracts.Topics;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.sink.AssignedPartitions;
import dev.assay.platform.sink.Rounds;
import dev.assay.platform.sink.Sources;
import dev.assay.platform.window.WindowState;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Makes the rows of closed hours from their minutes. A batch that touches a minute marks its hour dirty in the same
 * transaction; a reader takes an hour's minutes as long as the mark stands.
 */
@ApplicationScoped
public class HourBuilder {
    private static final Logger LOG = Logger.getLogger(HourBuilder.class);
    /** Minutes after its end before an hour is made: most late calls have come by then. */
    private static final int SETTLE_MINUTES = 3;

    private static final int HOURS_A_RUN = 200;

    private final Pool pool;
    private final AssignedPartitions assigned;

    HourBuilder(Pool pool, AssignedPartitions assigned) {
        this.pool = pool;
        this.assigned = assigned;
    }

    private record Hour(String tenant, int hour) {}

    @Scheduled(every = "${assay.hours.every:30s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> buildAll() {
        return Rounds.tolerant(LOG, "hour rows", buildHeld());
    }

    private Uni<Void> buildHeld() {
        return Multi.createFrom()
                .iterable(assigned.held())
                .onItem()
                .transformToUniAndConcatenate(this::build)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> build(TopicPartition partition) {
        short source = Sources.id(partition.topic(), partition.partition());
        long closed = Math.floorDiv(Instant.now().getEpochSecond() / 60 - SETTLE_MINUTES, 60L);
        return pool.preparedQuery("select tenant, hour from hour_dirty where source = $1 and hour < $2 limit $3")
                .execute(Tuple.of(source, (int) closed, HOURS_A_RUN))
                .chain(rows -> {
                    List<Hour> hours = new ArrayList<>();
                    rows.forEach(row -> hours.add(new Hour(row.getString(0), row.getInteger(1))));
                    return Multi.createFrom()
                            .iterable(hours)
                            .onItem()
                            .transformToUniAndConcatenate(
                                    hour -> pool.withTransaction(tx -> rebuild(tx, partition, source, hour)))
                            .collect()
                            .asList()
                            .replaceWithVoid();
                });
    }

    private static Uni<Void> rebuild(SqlConnection tx, TopicPartition partition, short source, Hour hour) {
        // the offset row is what a batch of this source locks first, so no batch runs beside this
        return tx.preparedQuery("select 1 from consumer_offset where topic_id = $1 and partition_id = $2 for update")
                .execute(Tuple.of(Topics.id(partition.topic()), partition.partition()))
                .chain(() -> tx.preparedQuery("""
                                select series_id, generation, position, state from rollup_minute
                                where tenant = $1 and minute >= $2 and minute < $3 and source = $4""")
                        .execute(Tuple.of(hour.tenant(), hour.hour() * 60, hour.hour() * 60 + 60, source)))
                .chain(rows -> {
                    Map<Long, HourRow> bySeries = new TreeMap<>();
                    for (Row row : rows) {
                        bySeries.computeIfAbsent(row.getLong(0), id -> new HourRow())
                                .add(
                                        row.getLong(1),
                                        row.getLong(2),
                                        row.getBuffer(3).getBytes());
                    }
                    return write(tx, source, hour, bySeries);
                })
                .chain(() -> tx.preparedQuery("delete from hour_dirty where tenant = $1 and hour = $2 and source = $3")
                        .execute(Tuple.of(hour.tenant(), hour.hour(), source)))
                .replaceWithVoid();
    }

    private static Uni<Void> write(SqlConnection tx, short source, Hour hour, Map<Long, HourRow> rows) {
        int n = rows.size();
        Long[] generations = new Long[n];
        Long[] positions = new Long[n];
        Buffer[] states = new Buffer[n];
        int i = 0;
        for (HourRow row : rows.values()) {
            generations[i] = row.generation;
            positions[i] = row.position;
            states[i++] = Buffer.buffer(row.state.toBytes());
        }
        return tx.preparedQuery("delete from rollup_hour where tenant = $1 and hour = $2 and source = $3")
                .execute(Tuple.of(hour.tenant(), hour.hour(), source))
                .chain(() -> tx.preparedQuery("""
                                insert into rollup_hour (tenant, hour, series_id, source, generation, position, state)
                                select $1, $2, series_id, $3, generation, position, state
                                from unnest($4::bigint[], $5::bigint[], $6::bigint[], $7::bytea[])
                                  as k(series_id, generation, position, state)""")
                        .execute(Tuple.tuple()
                                .addString(hour.tenant())
                                .addInteger(hour.hour())
                                .addShort(source)
                                .addArrayOfLong(rows.keySet().toArray(Long[]::new))
                                .addArrayOfLong(generations)
                                .addArrayOfLong(positions)
                                .addValue(states)))
                .replaceWithVoid();
    }

    /** The sum of an hour's minutes. What lives inside one minute only (per second, per millisecond) stays there. */
    private static final class HourRow {
        private long generation;
        private long position;
        private final WindowState state = new WindowState();

        void add(long minuteGeneration, long minutePosition, byte[] bytes) {
            generation = Math.max(generation, minuteGeneration);
            position = Math.max(position, minutePosition);
            state.plusWithout(bytes, Measure.MEASURE_STARTS_PER_SECOND, Measure.MEASURE_CONCURRENCY);
        }
    }
}
