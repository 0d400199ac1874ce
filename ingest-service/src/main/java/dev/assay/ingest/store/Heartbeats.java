package dev.assay.ingest.store;

import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.ingest.app.EventLog;
import dev.assay.ingest.domain.ledger.EventHash;
import dev.assay.platform.rollup.RollupDelta;
import dev.assay.platform.rollup.RollupStore;
import dev.assay.platform.sink.Sources;
import dev.assay.platform.window.Minutes;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Folds heartbeats into the windows of one source, each once however often it is sent.
 *
 * <p>They are few, one a minute and probe, so they do not go through Kafka: the request's transaction holds the source's
 * offset row, as a batch does, and what was answered is stored.
 */
@ApplicationScoped
public class Heartbeats {
    /** How late a heartbeat may be. */
    public static final Duration RETENTION = Duration.ofDays(7);

    private static final int PARTITION = 0;
    private static final short SOURCE = Sources.id(Topics.EVENTS, PARTITION);

    private static final String POSITION =
            "select next_offset from consumer_offset where topic_id = $1 and partition_id = $2 for update";

    private static final String INSERT = """
            insert into heartbeat (tenant, id, minute) select $1, id, minute
            from unnest($2::uuid[], $3::int[]) as k(id, minute) on conflict do nothing returning id""";

    private static final String PRUNE = "delete from heartbeat where minute < $1";

    private final Pool pool;
    private final KnownSeries series;
    private final RollupStore rollups;

    Heartbeats(Pool pool, KnownSeries series, RollupStore rollups) {
        this.pool = pool;
        this.series = series;
        this.rollups = rollups;
    }

    /** What one probe found. */
    public record Heartbeat(String eventId, long timeUs, Dimensions dimensions, boolean up) {}

    /** Takes the heartbeats of a project in; those that are known are left as they are. */
    public Uni<Void> record(String tenant, List<Heartbeat> heartbeats) {
        Map<UUID, Heartbeat> byId = new TreeMap<>();
        heartbeats.forEach(each -> byId.putIfAbsent(EventHash.of(tenant, each.eventId()), each));
        if (byId.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return pool.withTransaction(tx -> tx.preparedQuery(POSITION)
                .execute(Tuple.of(Topics.id(Topics.EVENTS), PARTITION))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw new EventLog.Unavailable("the ledger has not started yet");
                    }
                    return rows.iterator().next().getLong(0);
                })
                .chain(position -> series.load(tx, Set.of(tenant))
                        .chain(() -> insert(tx, tenant, byId))
                        .chain(entered -> rollups.revise(tx, SOURCE, position, delta(tenant, byId, entered)))));
    }

    private static Uni<Set<UUID>> insert(SqlConnection tx, String tenant, Map<UUID, Heartbeat> byId) {
        List<Integer> minutes = new ArrayList<>();
        byId.values().forEach(each -> minutes.add((int) Minutes.ofMicros(each.timeUs())));
        return tx.preparedQuery(INSERT)
                .execute(Tuple.tuple()
                        .addString(tenant)
                        .addArrayOfUUID(byId.keySet().toArray(UUID[]::new))
                        .addArrayOfInteger(minutes.toArray(Integer[]::new)))
                .map(rows -> {
                    Set<UUID> entered = new HashSet<>();
                    rows.forEach(row -> entered.add(row.getUUID(0)));
                    return entered;
                });
    }

    private RollupDelta delta(String tenant, Map<UUID, Heartbeat> byId, Set<UUID> entered) {
        RollupDelta delta = new RollupDelta();
        byId.forEach((id, heartbeat) -> {
            if (entered.contains(id)) {
                delta.at(tenant, series.admit(tenant, heartbeat.dimensions()), Minutes.ofMicros(heartbeat.timeUs()))
                        .add(Measure.MEASURE_HEARTBEATS, 1, heartbeat.up() ? 1 : 0);
            }
        });
        return delta;
    }

    /** Forgets heartbeats that could not be sent again any more. */
    Uni<Void> prune(Instant now) {
        long before = Minutes.of(now.minus(RETENTION).minus(Duration.ofDays(1)));
        return pool.preparedQuery(PRUNE).execute(Tuple.of((int) before)).replaceWithVoid();
    }
}
