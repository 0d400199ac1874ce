package dev.assay.ingest.capacity;

import dev.assay.contracts.Topics;
import dev.assay.ingest.domain.capacity.CapacityLimit;
import dev.assay.ingest.domain.capacity.MinuteLoad;
import dev.assay.ingest.domain.capacity.UtilizationMeasures;
import dev.assay.platform.rollup.RollupDelta;
import dev.assay.platform.rollup.RollupStore;
import dev.assay.platform.sink.Sources;
import dev.assay.platform.window.SeriesId;
import dev.assay.platform.window.WindowState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the utilization of limits into the windows of one source, beside its calls: from there it goes to
 * {@code kpi.windows.v1} and into hours as everything does. What has not changed is not written.
 */
@ApplicationScoped
class UtilizationWindows {
    /** The partition whose holder measures capacity. */
    static final int PARTITION = 0;

    private static final short SOURCE = Sources.id(Topics.EVENTS, PARTITION);

    private static final String POSITION = """
            select next_offset from consumer_offset where topic_id = $1 and partition_id = $2 for update""";

    private static final String STORED = """
            select minute, series_id, state from rollup_minute
            where tenant = $1 and minute >= $2 and minute < $3 and source = $4 and series_id = any($5::bigint[])""";

    private final Pool pool;
    private final RollupStore rollups;

    UtilizationWindows(Pool pool, RollupStore rollups) {
        this.pool = pool;
        this.rollups = rollups;
    }

    private record Place(int minute, long series) {}

    /** Writes what the same minutes of some limits of a project came to. */
    Uni<Void> write(String tenant, Map<CapacityLimit, List<MinuteLoad>> loads) {
        // the offset row is what a batch of this source locks first, so no batch runs beside this
        return pool.withTransaction(tx -> tx.preparedQuery(POSITION)
                .execute(Tuple.of(Topics.id(Topics.EVENTS), PARTITION))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().voidItem()
                        : write(tx, tenant, loads, rows.iterator().next().getLong(0))));
    }

    private Uni<Void> write(
            SqlConnection tx, String tenant, Map<CapacityLimit, List<MinuteLoad>> loads, long position) {
        List<MinuteLoad> minutes = loads.values().iterator().next();
        Long[] series = loads.keySet().stream()
                .map(limit -> SeriesId.of(tenant, limit.series()))
                .toArray(Long[]::new);
        return tx.preparedQuery(STORED)
                .execute(Tuple.tuple()
                        .addString(tenant)
                        .addInteger((int) minutes.get(0).minute())
                        .addInteger((int) minutes.get(minutes.size() - 1).minute() + 1)
                        .addShort(SOURCE)
                        .addArrayOfLong(series))
                .chain(rows -> rollups.revise(tx, SOURCE, position, delta(tenant, loads, stored(rows))));
    }

    private static Map<Place, WindowState> stored(RowSet<Row> rows) {
        Map<Place, WindowState> stored = new HashMap<>();
        rows.forEach(row -> stored.put(
                new Place(row.getInteger(0), row.getLong(1)),
                WindowState.parse(row.getBuffer(2).getBytes())));
        return stored;
    }

    private static RollupDelta delta(
            String tenant, Map<CapacityLimit, List<MinuteLoad>> loads, Map<Place, WindowState> stored) {
        RollupDelta delta = new RollupDelta();
        loads.forEach((limit, minutes) -> {
            long series = SeriesId.of(tenant, limit.series());
            for (MinuteLoad minute : minutes) {
                WindowState now = UtilizationMeasures.of(limit, minute);
                WindowState before = stored.get(new Place((int) minute.minute(), series));
                if (before != null) {
                    now.minus(UtilizationMeasures.in(before));
                }
                if (!now.isEmpty()) {
                    delta.at(tenant, limit.series(), minute.minute()).plus(now);
                }
            }
        });
        return delta;
    }
}
