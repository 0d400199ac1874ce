package dev.assay.ingest.metrics;

import dev.assay.ingest.app.MetricLog;
import dev.assay.ingest.config.IngestConfig;
import dev.assay.ingest.domain.metrics.MetricPoint;
import dev.assay.ingest.domain.metrics.MetricStream;
import dev.assay.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Points and their streams in PostgreSQL. A point is known by its stream, start and time, so sending it again changes nothing,
 * and neither does the order in which points come.
 */
@ApplicationScoped
class MetricStore implements MetricLog {
    private static final Logger LOG = Logger.getLogger(MetricStore.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private static final String KNOWN = "select stream from metric_stream where tenant = $1 and stream = any($2)";

    private static final String ADD_STREAMS = """
            insert into metric_stream
              (tenant, stream, name, app, environment, provider, operation, model, token_type, error_type)
            select $1, u.* from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::text[]) as u
            limit greatest(0, $11 - (select count(*) from metric_stream where tenant = $1))
            on conflict do nothing""";

    private static final String ADD_POINTS = """
            insert into metric_point as p
              (tenant, stream, start_us, slot_us, time_us, delta, count, sum, bounds, buckets)
            select $1, stream, start_us, slot_us, time_us, delta, count, sum,
              bounds::double precision[], buckets::bigint[]
            from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::boolean[], $7::bigint[],
              $8::double precision[], $9::text[], $10::text[])
              as u(stream, start_us, slot_us, time_us, delta, count, sum, bounds, buckets)
            on conflict (tenant, stream, start_us, slot_us) do update set time_us = excluded.time_us,
              count = excluded.count, sum = excluded.sum, bounds = excluded.bounds, buckets = excluded.buckets
            where excluded.time_us > p.time_us""";

    /** What a point is known by. */
    private record Key(UUID stream, long startUs, long slotUs) {}

    private static final Comparator<Key> LOCKED_IN_ORDER =
            Comparator.comparing(Key::stream).thenComparingLong(Key::startUs).thenComparingLong(Key::slotUs);

    private final Pool pool;
    private final long maxStreams;

    MetricStore(Pool pool, IngestConfig config) {
        this.pool = pool;
        this.maxStreams = config.metricStreamLimit();
    }

    @Override
    public Uni<Integer> add(String tenant, List<MetricPoint> points) {
        if (points.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return pool.withTransaction(tx -> add(tx, tenant, points))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.warnf("metrics not stored: %s", failure.getMessage()))
                .onFailure()
                .transform(failure -> Problem.unavailable(
                        "the metrics' store is away for the moment; nothing was stored", RETRY_AFTER));
    }

    private Uni<Integer> add(SqlConnection tx, String tenant, List<MetricPoint> points) {
        Map<UUID, MetricStream> streams = new TreeMap<>();
        points.forEach(point -> streams.put(point.stream().id(), point.stream()));
        return known(tx, tenant, streams.keySet())
                .chain(known -> {
                    List<MetricStream> unknown = streams.values().stream()
                            .filter(stream -> !known.contains(stream.id()))
                            .toList();
                    return unknown.isEmpty()
                            ? Uni.createFrom().item(known)
                            : addStreams(tx, tenant, unknown).chain(() -> known(tx, tenant, streams.keySet()));
                })
                .chain(admitted -> {
                    List<MetricPoint> kept = points.stream()
                            .filter(point -> admitted.contains(point.stream().id()))
                            .toList();
                    return addPoints(tx, tenant, latest(kept)).replaceWith(points.size() - kept.size());
                });
    }

    private static Uni<Set<UUID>> known(SqlConnection tx, String tenant, Set<UUID> streams) {
        return tx.preparedQuery(KNOWN)
                .execute(Tuple.of(tenant, streams.toArray(UUID[]::new)))
                .map(rows -> {
                    Set<UUID> known = new HashSet<>();
                    rows.forEach(row -> known.add(row.getUUID(0)));
                    return known;
                });
    }

    private Uni<Void> addStreams(SqlConnection tx, String tenant, List<MetricStream> streams) {
        Tuple values = Tuple.of(tenant)
                .addArrayOfUUID(array(streams, MetricStream::id, UUID[]::new))
                .addArrayOfString(texts(streams, stream -> stream.metric().label()))
                .addArrayOfString(texts(streams, MetricStream::app))
                .addArrayOfString(texts(streams, MetricStream::environment))
                .addArrayOfString(texts(streams, MetricStream::provider))
                .addArrayOfString(texts(streams, MetricStream::operation))
                .addArrayOfString(texts(streams, MetricStream::model))
                .addArrayOfString(texts(streams, MetricStream::tokenType))
                .addArrayOfString(texts(streams, MetricStream::errorType))
                .addLong(maxStreams);
        return tx.preparedQuery(ADD_STREAMS).execute(values).replaceWithVoid();
    }

    private static Uni<Void> addPoints(SqlConnection tx, String tenant, List<MetricPoint> points) {
        if (points.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple values = Tuple.of(tenant)
                .addArrayOfUUID(array(points, point -> point.stream().id(), UUID[]::new))
                .addArrayOfLong(array(points, MetricPoint::startUs, Long[]::new))
                .addArrayOfLong(array(points, MetricPoint::slotUs, Long[]::new))
                .addArrayOfLong(array(points, MetricPoint::timeUs, Long[]::new))
                .addArrayOfBoolean(array(points, MetricPoint::delta, Boolean[]::new))
                .addArrayOfLong(array(points, MetricPoint::count, Long[]::new))
                .addArrayOfDouble(array(points, MetricPoint::sum, Double[]::new))
                .addArrayOfString(array(points, point -> pgArray(point.bounds(), point), String[]::new))
                .addArrayOfString(array(points, point -> pgArray(point.buckets(), point), String[]::new));
        return tx.preparedQuery(ADD_POINTS).execute(values).replaceWithVoid();
    }

    /** One point for each key, in the order in which rows are locked. */
    private static List<MetricPoint> latest(List<MetricPoint> points) {
        Map<Key, MetricPoint> byKey = new TreeMap<>(LOCKED_IN_ORDER);
        for (MetricPoint point : points) {
            Key key = new Key(point.stream().id(), point.startUs(), point.slotUs());
            byKey.merge(key, point, (one, other) -> other.timeUs() > one.timeUs() ? other : one);
        }
        return List.copyOf(byKey.values());
    }

    /** Arrays of arrays do not go through {@code unnest}: each goes as PostgreSQL writes it. */
    private static @Nullable String pgArray(List<?> values, MetricPoint point) {
        return point.buckets().isEmpty()
                ? null
                : values.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    private static String[] texts(List<MetricStream> streams, Function<MetricStream, String> text) {
        return array(streams, stream -> text.apply(stream).replace('\0', '\ufffd'), String[]::new);
    }

    private static <T, V> V[] array(
            List<T> rows, Function<T, @Nullable V> value, java.util.function.IntFunction<V[]> empty) {
        V[] values = empty.apply(rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        return values;
    }
}
