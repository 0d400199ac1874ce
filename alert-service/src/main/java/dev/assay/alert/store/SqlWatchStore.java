package dev.assay.alert.store;

import dev.assay.alert.app.WatchStore;
import dev.assay.alert.domain.watch.Finding;
import dev.assay.alert.domain.watch.SelfAlert;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The watcher's state in PostgreSQL; the lock on its one row says whose turn it is. */
@ApplicationScoped
class SqlWatchStore implements WatchStore {
    /** A little less than the period, or a scheduler that is early by a moment would skip a turn. */
    private static final String TURN = """
            select 1 from watch
            where looked_time is null or looked_time < now() - $1 * interval '0.9 milliseconds'
            for update skip locked""";

    private static final String TAKE_BEAT = """
            update watch set beat_time = now(), beat_sent = false, beat_detail = 'under way'
            where beat_time is null or beat_time < now() - $1 * interval '0.9 milliseconds'
            returning looked_time""";

    private final Pool pool;

    SqlWatchStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Boolean> inTurn(Duration every, Function<Look, Uni<Void>> work) {
        return pool.withTransaction(tx -> tx.preparedQuery(TURN)
                .execute(Tuple.of((double) every.toMillis()))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(false)
                        : work.apply(new SqlLook(tx))
                                .chain(() -> tx.query("update watch set looked_time = now()")
                                        .execute())
                                .replaceWith(true)));
    }

    @Override
    public Uni<Map<Finding.Kind, Long>> firing() {
        return pool.query("select kind, count(*) from self_alert where firing group by kind")
                .execute()
                .map(rows -> {
                    Map<Finding.Kind, Long> counts = new EnumMap<>(Finding.Kind.class);
                    rows.forEach(row -> counts.put(Finding.Kind.ofWireName(row.getString(0)), row.getLong(1)));
                    return counts;
                });
    }

    @Override
    public Uni<Optional<Beat>> takeBeat(Duration every) {
        return pool.preparedQuery(TAKE_BEAT)
                .execute(Tuple.of((double) every.toMillis()))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return Optional.empty();
                    }
                    OffsetDateTime looked = rows.iterator().next().getOffsetDateTime(0);
                    return Optional.of(new Beat(looked == null ? null : looked.toInstant()));
                });
    }

    @Override
    public Uni<Void> beaten(boolean sent, String detail) {
        return pool.preparedQuery("update watch set beat_sent = $1, beat_detail = $2")
                .execute(Tuple.of(sent, detail))
                .replaceWithVoid();
    }

    static SelfAlert selfAlert(Row row) {
        return new SelfAlert(
                new Finding(
                        Finding.Kind.ofWireName(row.getString("kind")),
                        row.getString("subject"),
                        row.getString("detail")),
                row.getOffsetDateTime("since_time").toInstant(),
                row.getBoolean("firing"));
    }
}
