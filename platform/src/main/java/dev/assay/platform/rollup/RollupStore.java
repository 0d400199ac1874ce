package dev.assay.platform.rollup;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.platform.rollup.RollupDelta.Key;
import dev.assay.platform.sink.PartitionBatch;
import dev.assay.platform.window.Minutes;
import dev.assay.platform.window.WindowState;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Folds a batch's changes into the minute rows of its source, inside the sink's transaction: one read and one write for
 * the rows, one write for series, dirty hours and clocks together.
 */
@ApplicationScoped
public class RollupStore {
    private static final String READ = """
            select k.ord, r.generation, r.state
            from unnest($1::text[], $2::int[], $3::bigint[]) with ordinality as k(tenant, minute, series_id, ord)
            join rollup_minute r on r.tenant = k.tenant and r.minute = k.minute and r.series_id = k.series_id
              and r.source = $4""";

    private static final String WRITE = """
            insert into rollup_minute as r (tenant, minute, series_id, source, generation, position, sent, state)
            select tenant, minute, series_id, $4, generation, $5, false, state
            from unnest($1::text[], $2::int[], $3::bigint[], $6::bigint[], $7::bytea[])
              as k(tenant, minute, series_id, generation, state)
            on conflict (tenant, minute, series_id, source) do update
            set generation = excluded.generation, position = excluded.position, sent = false, state = excluded.state""";

    private static final String SERIES = """
            insert into series (tenant, series_id, environment, app, endpoint, provider, model, variant, prompt_version)
            select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
              $8::text[], $9::text[])
            on conflict do nothing""";

    private static final String MARKS = """
            with dirty as (
              insert into hour_dirty (tenant, hour, source)
              select tenant, hour, $3 from unnest($1::text[], $2::int[]) as k(tenant, hour)
              on conflict do nothing)
            insert into project_clock as c (tenant, source, clock_us)
            select tenant, $3, clock_us from unnest($4::text[], $5::bigint[]) as k(tenant, clock_us)
            on conflict (tenant, source) do update set clock_us = greatest(c.clock_us, excluded.clock_us)""";

    /** Folds {@code delta} in under the batch's source; the windows' new revision is the batch's next offset. */
    public Uni<Void> fold(SqlConnection tx, PartitionBatch batch, RollupDelta delta) {
        return fold(tx, batch.source(), batch.nextOffset(), 0, delta);
    }

    /**
     * Folds in what a job has worked out anew, which holds the source's offset row. Windows that were there get their next
     * generation: the position is that of the last batch, and would not tell what they were from what they are.
     */
    public Uni<Void> revise(SqlConnection tx, short source, long position, RollupDelta delta) {
        return fold(tx, source, position, 1, delta);
    }

    private Uni<Void> fold(SqlConnection tx, short source, long position, int generations, RollupDelta delta) {
        List<Map.Entry<Key, WindowState>> changes = delta.changes();
        if (changes.isEmpty()) { // the caller's own rows may still name the series
            return delta.series().isEmpty() ? Uni.createFrom().voidItem() : writeSeries(tx, delta);
        }
        return writeSeries(tx, delta)
                .chain(() -> tx.preparedQuery(READ).execute(keys(changes).addShort(source)))
                .chain(rows -> {
                    Map<Integer, Row> stored = new HashMap<>();
                    rows.forEach(row -> stored.put(Math.toIntExact(row.getLong(0)) - 1, row));
                    return tx.preparedQuery(WRITE).execute(merged(changes, stored, source, position, generations));
                })
                .chain(() -> tx.preparedQuery(MARKS).execute(marks(changes, source)))
                .replaceWithVoid();
    }

    private static Tuple keys(List<Map.Entry<Key, WindowState>> changes) {
        int n = changes.size();
        String[] tenants = new String[n];
        Integer[] minutes = new Integer[n];
        Long[] series = new Long[n];
        for (int i = 0; i < n; i++) {
            Key key = changes.get(i).getKey();
            tenants[i] = key.tenant();
            minutes[i] = key.minute();
            series[i] = key.seriesId();
        }
        return Tuple.tuple()
                .addArrayOfString(tenants)
                .addArrayOfInteger(minutes)
                .addArrayOfLong(series);
    }

    private static Tuple merged(
            List<Map.Entry<Key, WindowState>> changes,
            Map<Integer, Row> stored,
            short source,
            long position,
            int later) {
        int n = changes.size();
        Long[] generations = new Long[n];
        Buffer[] states = new Buffer[n];
        for (int i = 0; i < n; i++) {
            WindowState state = changes.get(i).getValue();
            Row row = stored.get(i);
            if (row != null) {
                state = WindowState.parse(row.getBuffer(2).getBytes()).plus(state);
            }
            generations[i] = row == null ? 0L : row.getLong(1) + later;
            states[i] = Buffer.buffer(state.toBytes());
        }
        return keys(changes)
                .addShort(source)
                .addLong(position)
                .addArrayOfLong(generations)
                .addValue(states);
    }

    private static Uni<Void> writeSeries(SqlConnection tx, RollupDelta delta) {
        // sorted, so that two batches that bring the same new series wait for each other in one order
        Map<Long, RollupDelta.Series> sorted = new TreeMap<>();
        delta.series().forEach((series, id) -> sorted.put(id, series));
        int n = sorted.size();
        String[][] columns = new String[8][n];
        Long[] ids = new Long[n];
        int i = 0;
        for (Map.Entry<Long, RollupDelta.Series> entry : sorted.entrySet()) {
            Dimensions d = entry.getValue().dimensions();
            ids[i] = entry.getKey();
            String[] values = {
                entry.getValue().tenant(),
                d.getEnvironment(),
                d.getApp(),
                d.getEndpoint(),
                d.getProvider(),
                d.getModel(),
                d.getVariant(),
                d.getPromptVersion()
            };
            for (int column = 0; column < values.length; column++) {
                columns[column][i] = values[column];
            }
            i++;
        }
        Tuple tuple = Tuple.tuple().addArrayOfString(columns[0]).addArrayOfLong(ids);
        for (int column = 1; column < columns.length; column++) {
            tuple.addArrayOfString(columns[column]);
        }
        return tx.preparedQuery(SERIES).execute(tuple).replaceWithVoid();
    }

    private static Tuple marks(List<Map.Entry<Key, WindowState>> changes, short source) {
        record Hour(String tenant, int hour) {}
        TreeSet<Hour> hours =
                new TreeSet<>(java.util.Comparator.comparing(Hour::tenant).thenComparingInt(Hour::hour));
        Map<String, Long> clocks = new TreeMap<>();
        for (Map.Entry<Key, WindowState> change : changes) {
            Key key = change.getKey();
            hours.add(new Hour(key.tenant(), Math.floorDiv(key.minute(), 60)));
            clocks.merge(key.tenant(), key.minute() * Minutes.MICROS, Math::max);
        }
        List<String> tenants = new ArrayList<>();
        List<Integer> ofTenants = new ArrayList<>();
        hours.forEach(hour -> {
            tenants.add(hour.tenant());
            ofTenants.add(hour.hour());
        });
        return Tuple.tuple()
                .addArrayOfString(tenants.toArray(String[]::new))
                .addArrayOfInteger(ofTenants.toArray(Integer[]::new))
                .addShort(source)
                .addArrayOfString(clocks.keySet().toArray(String[]::new))
                .addArrayOfLong(clocks.values().toArray(Long[]::new));
    }
}
