package dev.assay.alert.store;

import dev.assay.alert.app.WindowBatch;
import dev.assay.alert.app.WindowLedger;
import dev.assay.alert.domain.rule.RuleWindow;
import dev.assay.contracts.kpi.v1.KpiWindow;
import dev.assay.platform.window.WindowState;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Windows in PostgreSQL: the minutes as they were sent, and quarter hours and days that follow by what a newer revision
 * adds or takes back.
 */
@ApplicationScoped
class SqlWindowLedger implements WindowLedger {
    private static final String READ = """
            select k.ord, w.generation, w.position, w.state
            from unnest($1::text[], $2::int[], $3::bigint[], $4::int[]) with ordinality
              as k(tenant, minute, series_id, source_id, ord)
            join kpi_window w on w.tenant = k.tenant and w.minute = k.minute and w.series_id = k.series_id
              and w.source_id = k.source_id
            for update of w""";

    private static final String WRITE = """
            insert into kpi_window (tenant, minute, series_id, source_id, generation, position, state)
            select * from unnest($1::text[], $2::int[], $3::bigint[], $4::int[], $5::bigint[], $6::bigint[], $7::bytea[])
            on conflict (tenant, minute, series_id, source_id) do update
            set generation = excluded.generation, position = excluded.position, state = excluded.state""";

    private static final String READ_ROLLUPS = """
            select k.ord, r.state
            from unnest($1::text[], $2::smallint[], $3::int[], $4::text[], $5::bigint[]) with ordinality
              as k(tenant, grain, start_minute, service, series_id, ord)
            join kpi_rollup r on r.tenant = k.tenant and r.grain = k.grain and r.start_minute = k.start_minute
              and r.service = k.service and r.series_id = k.series_id
            for update of r""";

    private static final String WRITE_ROLLUPS = """
            insert into kpi_rollup (tenant, grain, start_minute, service, series_id, state)
            select * from unnest($1::text[], $2::smallint[], $3::int[], $4::text[], $5::bigint[], $6::bytea[])
            on conflict (tenant, grain, start_minute, service, series_id) do update set state = excluded.state""";

    private static final String MARK = """
            with known as (
              insert into evaluation (tenant) select unnest($1::text[]) on conflict do nothing)
            insert into window_change as c (tenant, partition_id, from_minute)
            select tenant, $3, minute from unnest($1::text[], $2::int[]) as k(tenant, minute)
            on conflict (tenant, partition_id) do update
            set version = c.version + 1, from_minute = least(c.from_minute, excluded.from_minute)""";

    private static final String TICKS = """
            insert into source_tick (partition_id, source, ticked_time, tick)
            select $1, source, ticked_time, tick from unnest($2::text[], $3::timestamptz[], $4::bytea[])
              as k(source, ticked_time, tick)
            on conflict (partition_id, source) do update
            set ticked_time = excluded.ticked_time, tick = excluded.tick""";

    private final SqlSeries series;

    /** A window that is newer than what is kept. */
    private record Change(WindowBatch.Key key, int sourceId, KpiWindow window, WindowState now, WindowState delta) {}

    private record RollupKey(String tenant, int grain, long start, String service, long seriesId) {}

    SqlWindowLedger(SqlSeries series) {
        this.series = series;
    }

    @Override
    public Uni<Void> fold(SqlConnection tx, WindowBatch batch) {
        return foldWindows(tx, batch).chain(() -> foldTicks(tx, batch));
    }

    private Uni<Void> foldWindows(SqlConnection tx, WindowBatch batch) {
        if (batch.windows().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Map.Entry<WindowBatch.Key, KpiWindow>> windows =
                List.copyOf(batch.windows().entrySet());
        return series.sourceIds(
                        tx,
                        windows.stream()
                                .map(w -> w.getKey().source())
                                .distinct()
                                .toList())
                .chain(sources -> tx.preparedQuery(READ)
                        .execute(keys(windows.stream().map(Map.Entry::getKey).toList(), sources))
                        .map(rows -> newer(windows, sources, rows)))
                .chain(changes -> changes.isEmpty() ? Uni.createFrom().voidItem() : write(tx, batch, changes));
    }

    private Uni<Void> write(SqlConnection tx, WindowBatch batch, List<Change> changes) {
        return series.write(tx, changes.stream().map(Change::window).toList())
                .chain(() -> tx.preparedQuery(WRITE).execute(rows(changes)))
                .chain(() -> foldRollups(tx, changes))
                .chain(() -> tx.preparedQuery(MARK).execute(marks(batch, changes)))
                .replaceWithVoid();
    }

    private static List<Change> newer(
            List<Map.Entry<WindowBatch.Key, KpiWindow>> windows, Map<String, Integer> sources, Iterable<Row> stored) {
        Map<Integer, Row> kept = new HashMap<>();
        stored.forEach(row -> kept.put(Math.toIntExact(row.getLong(0)) - 1, row));
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            KpiWindow window = windows.get(i).getValue();
            Row row = kept.get(i);
            boolean newer = row == null
                    || WindowBatch.isNewer(
                            window.getRevision().getGeneration(),
                            window.getRevision().getPosition(),
                            row.getLong(1),
                            row.getLong(2));
            if (newer) {
                WindowState now = WindowState.fromProto(window.getState());
                WindowState delta = now.copy();
                if (row != null) {
                    delta.minus(WindowState.parse(row.getBuffer(3).getBytes()));
                }
                WindowBatch.Key key = windows.get(i).getKey();
                changes.add(new Change(key, sources.getOrDefault(key.source(), 0), window, now, delta));
            }
        }
        return changes;
    }

    private static Uni<Void> foldRollups(SqlConnection tx, List<Change> changes) {
        SortedMap<RollupKey, WindowState> deltas = new TreeMap<>(Comparator.comparing(RollupKey::tenant)
                .thenComparingInt(RollupKey::grain)
                .thenComparingLong(RollupKey::start)
                .thenComparing(RollupKey::service)
                .thenComparingLong(RollupKey::seriesId));
        for (Change change : changes) {
            for (int grain : new int[] {RuleWindow.QUARTER, RuleWindow.DAY_MINUTES}) {
                RollupKey key = new RollupKey(
                        change.key().tenant(),
                        grain,
                        RuleWindow.floor(change.key().minute(), grain),
                        SqlSeries.service(change.key().source()),
                        change.key().seriesId());
                deltas.computeIfAbsent(key, first -> new WindowState()).plus(change.delta());
            }
        }
        List<Map.Entry<RollupKey, WindowState>> rollups = List.copyOf(deltas.entrySet());
        return tx.preparedQuery(READ_ROLLUPS)
                .execute(rollupKeys(rollups))
                .chain(rows -> {
                    rows.forEach(row -> rollups.get(Math.toIntExact(row.getLong(0)) - 1)
                            .getValue()
                            .plus(WindowState.parse(row.getBuffer(1).getBytes())));
                    return tx.preparedQuery(WRITE_ROLLUPS)
                            .execute(rollupKeys(rollups)
                                    .addValue(rollups.stream()
                                            .map(rollup -> Buffer.buffer(
                                                    rollup.getValue().toBytes()))
                                            .toArray(Buffer[]::new)));
                })
                .replaceWithVoid();
    }

    private static Uni<Void> foldTicks(SqlConnection tx, WindowBatch batch) {
        if (batch.ticks().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<WindowBatch.HeardTick> ticks = List.copyOf(batch.ticks().values());
        return tx.preparedQuery(TICKS)
                .execute(Tuple.tuple()
                        .addInteger(batch.partition())
                        .addArrayOfString(ticks.stream()
                                .map(heard -> heard.tick().getSource())
                                .toArray(String[]::new))
                        .addArrayOfOffsetDateTime(ticks.stream()
                                .map(heard -> heard.at().atOffset(ZoneOffset.UTC))
                                .toArray(java.time.OffsetDateTime[]::new))
                        .addValue(ticks.stream()
                                .map(heard -> Buffer.buffer(heard.tick().toByteArray()))
                                .toArray(Buffer[]::new)))
                .replaceWithVoid();
    }

    private static Tuple keys(List<WindowBatch.Key> keys, Map<String, Integer> sources) {
        return Tuple.tuple()
                .addArrayOfString(keys.stream().map(WindowBatch.Key::tenant).toArray(String[]::new))
                .addArrayOfInteger(keys.stream().map(k -> (int) k.minute()).toArray(Integer[]::new))
                .addArrayOfLong(keys.stream().map(WindowBatch.Key::seriesId).toArray(Long[]::new))
                .addArrayOfInteger(keys.stream()
                        .map(k -> sources.getOrDefault(k.source(), 0))
                        .toArray(Integer[]::new));
    }

    private static Tuple rows(List<Change> changes) {
        Map<String, Integer> sources = new HashMap<>();
        changes.forEach(change -> sources.put(change.key().source(), change.sourceId()));
        return keys(changes.stream().map(Change::key).toList(), sources)
                .addArrayOfLong(changes.stream()
                        .map(c -> c.window().getRevision().getGeneration())
                        .toArray(Long[]::new))
                .addArrayOfLong(changes.stream()
                        .map(c -> c.window().getRevision().getPosition())
                        .toArray(Long[]::new))
                .addValue(changes.stream()
                        .map(c -> Buffer.buffer(c.now().toBytes()))
                        .toArray(Buffer[]::new));
    }

    private static Tuple rollupKeys(List<Map.Entry<RollupKey, WindowState>> rollups) {
        List<RollupKey> keys = rollups.stream().map(Map.Entry::getKey).toList();
        return Tuple.tuple()
                .addArrayOfString(keys.stream().map(RollupKey::tenant).toArray(String[]::new))
                .addArrayOfShort(keys.stream().map(k -> (short) k.grain()).toArray(Short[]::new))
                .addArrayOfInteger(keys.stream().map(k -> (int) k.start()).toArray(Integer[]::new))
                .addArrayOfString(keys.stream().map(RollupKey::service).toArray(String[]::new))
                .addArrayOfLong(keys.stream().map(RollupKey::seriesId).toArray(Long[]::new));
    }

    private static Tuple marks(WindowBatch batch, List<Change> changes) {
        SortedMap<String, Integer> from = new TreeMap<>();
        changes.forEach(
                change -> from.merge(change.key().tenant(), (int) change.key().minute(), Math::min));
        return Tuple.tuple()
                .addArrayOfString(from.keySet().toArray(String[]::new))
                .addArrayOfInteger(from.values().toArray(Integer[]::new))
                .addInteger(batch.partition());
    }
}
