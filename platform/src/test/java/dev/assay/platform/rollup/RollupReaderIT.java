package dev.assay.platform.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.StackResource;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.Windows.GroupWindows;
import dev.assay.platform.rollup.RollupReader.Detail;
import dev.assay.platform.sink.Sources;
import dev.assay.platform.window.Concurrency;
import dev.assay.platform.window.MinuteFold;
import dev.assay.platform.window.MinuteSummary;
import dev.assay.platform.window.UptimeRule;
import dev.assay.platform.window.WindowState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The same answers, whichever rows they are read from. The plainest version: every minute merged in memory. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class RollupReaderIT {
    private static final int FIRST =
            (int) (Instant.parse("2026-03-10T10:00:00Z").getEpochSecond() / 60);
    private static final int MINUTES = 180;
    private static final Instant NOW = Instant.parse("2026-03-11T00:00:00Z");
    /** Partitions that nobody holds, so that no job of the service touches their rows. */
    private static final List<Short> SOURCES = List.of(Sources.id(Topics.EVENTS, 900), Sources.id(Topics.EVENTS, 901));

    @Inject
    Pool pool;

    @Inject
    RollupStore store;

    @Inject
    RollupReader reader;

    private final String tenant = "t-" + UUID.randomUUID().toString().substring(0, 8);

    /** What is there, by app and minute. */
    private final Map<String, TreeMap<Integer, WindowState>> merged = new HashMap<>();

    private record Told(WindowState total, MinuteSummary minutes) {}

    @Test
    void givesTheSameFromMinutesFromHoursAndFromWhatIsKept() {
        SOURCES.forEach(source -> fold(source, 1));
        check("every hour waits to be made");
        SOURCES.forEach(this::makeHours);
        check("hours are read, and their minutes tell the rest");
        check("what the minutes told is kept");
        fold(SOURCES.get(0), 2); // late: what was kept must not be told again
        check("hours wait again");
        makeHours(SOURCES.get(0));
        check("hours are made anew");
    }

    private void check(String when) {
        String range = "2026-03-10T10:00:00Z/2026-03-10T13:00:00Z";
        check(when, range, Map.of());
        check(when, range, Map.of("group_by", List.of("app")));
        check(when, range, Map.of("app", List.of("a")));
        check(when, "2026-03-10T10:17:00Z/2026-03-10T12:05:00Z", Map.of("group_by", List.of("app")));
        check(when, "2026-03-10T10:17:00Z/2026-03-10T10:18:00Z", Map.of());
        for (String step : List.of("1m", "1h")) {
            GroupWindows windows = read(range, Map.of("step", List.of(step))).get(0);
            windows.steps().forEach(each -> {
                Told told = expected(
                        List.of("a", "b"), each.range().from(), each.range().to());
                assertThat(each.minutes()).as(when).isEqualTo(told.minutes());
                assertThat(withoutMinuteBound(each.state())).as(when).isEqualTo(withoutMinuteBound(told.total()));
            });
        }
    }

    private void check(String when, String range, Map<String, List<String>> parameters) {
        Instant from = Instant.parse(range.split("/")[0]);
        Instant to = Instant.parse(range.split("/")[1]);
        for (GroupWindows group : read(range, parameters)) {
            List<String> apps = parameters.containsKey("app")
                    ? parameters.get("app")
                    : group.by().containsKey("app") ? List.of(group.by().get("app")) : List.of("a", "b");
            Told told = expected(apps, from, to);
            assertThat(group.minutes()).as(when + ", " + range + parameters).isEqualTo(told.minutes());
            assertThat(withoutMinuteBound(group.total()))
                    .as(when + ", " + range + parameters)
                    .isEqualTo(withoutMinuteBound(told.total()));
        }
    }

    private List<GroupWindows> read(String range, Map<String, List<String>> parameters) {
        Map<String, List<String>> all = new HashMap<>(parameters);
        all.put("from", List.of(range.split("/")[0]));
        all.put("to", List.of(range.split("/")[1]));
        return reader.read(tenant, KpiQuery.parse(all, NOW), Detail.MINUTES)
                .await()
                .indefinitely();
    }

    private Told expected(List<String> apps, Instant from, Instant to) {
        WindowState total = new WindowState();
        MinuteSummary summary = MinuteSummary.NONE;
        for (int minute = (int) (from.getEpochSecond() / 60); minute < to.getEpochSecond() / 60; minute++) {
            WindowState window = new WindowState();
            for (String app : apps) {
                window.plus(merged.getOrDefault(app, new TreeMap<>()).getOrDefault(minute, new WindowState()));
            }
            total.plus(window);
            boolean nothing = window.isEmpty();
            summary = nothing ? summary : summary.then(MinuteFold.summaryOf(window, UptimeRule.DEFAULT));
        }
        return new Told(total, summary);
    }

    private static WindowState withoutMinuteBound(WindowState window) {
        return new WindowState()
                .plusWithout(window.toBytes(), Measure.MEASURE_CONCURRENCY, Measure.MEASURE_STARTS_PER_SECOND);
    }

    /** Adds calls of some seconds to every minute of two apps, with a gap of an hour in one. */
    private void fold(short source, long seed) {
        SplittableRandom random = new SplittableRandom(seed * 1_000 + source);
        RollupDelta delta = new RollupDelta();
        for (String app : List.of("a", "b")) {
            Dimensions series = Dimensions.newBuilder().setApp(app).build();
            for (int minute = FIRST; minute < FIRST + MINUTES; minute++) {
                if (app.equals("b") && minute / 60 == FIRST / 60 + 1) {
                    continue;
                }
                int of = minute;
                for (int call = 0; call < 3; call++) {
                    long start = minute * 60_000_000L + random.nextInt(30_000_000);
                    long micros = random.nextInt(20_000_000);
                    WindowState own = new WindowState();
                    own.add(Measure.MEASURE_CALLS, 1, random.nextInt(3) == 0 ? 0 : 1);
                    own.observeMicros(Measure.MEASURE_LATENCY, micros, 1);
                    Concurrency.contributeStart(start, 1, own);
                    Concurrency.contribute(start, start + micros, 1, at -> own);
                    delta.at(tenant, series, of).plus(own);
                    merged.computeIfAbsent(app, key -> new TreeMap<>())
                            .computeIfAbsent(of, key -> new WindowState())
                            .plus(own);
                }
            }
        }
        pool.withTransaction(tx -> store.revise(tx, source, seed, delta))
                .await()
                .indefinitely();
    }

    /** As {@link HourBuilder} does for the partitions that are held. */
    private void makeHours(short source) {
        record Key(int hour, long series) {}
        Map<Key, WindowState> hours = new HashMap<>();
        Map<Key, Long> generations = new HashMap<>();
        for (Row row : pool.preparedQuery(
                        "select minute, series_id, generation, state from rollup_minute where tenant = $1 and source = $2")
                .execute(Tuple.of(tenant, source))
                .await()
                .indefinitely()) {
            Key key = new Key(row.getInteger(0) / 60, row.getLong(1));
            generations.merge(key, row.getLong(2), Math::max);
            hours.computeIfAbsent(key, of -> new WindowState())
                    .plusWithout(
                            row.getBuffer(3).getBytes(),
                            Measure.MEASURE_CONCURRENCY,
                            Measure.MEASURE_STARTS_PER_SECOND);
        }
        List<Tuple> rows = hours.entrySet().stream()
                .map(entry -> Tuple.tuple()
                        .addString(tenant)
                        .addInteger(entry.getKey().hour())
                        .addLong(entry.getKey().series())
                        .addShort(source)
                        .addLong(generations.get(entry.getKey()))
                        .addValue(Buffer.buffer(entry.getValue().toBytes())))
                .collect(Collectors.toList());
        pool.withTransaction(tx -> tx.preparedQuery("""
                                insert into rollup_hour (tenant, hour, series_id, source, generation, position, state)
                                values ($1, $2, $3, $4, $5, 1, $6) on conflict (tenant, hour, series_id, source)
                                do update set generation = excluded.generation, state = excluded.state""")
                        .executeBatch(rows)
                        .chain(() -> tx.preparedQuery("delete from hour_dirty where tenant = $1 and source = $2")
                                .execute(Tuple.of(tenant, source))))
                .await()
                .indefinitely();
    }
}
