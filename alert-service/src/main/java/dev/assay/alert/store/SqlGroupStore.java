package dev.assay.alert.store;

import dev.assay.alert.app.GroupStore;
import dev.assay.alert.app.GroupingText;
import dev.assay.alert.app.OnCallText;
import dev.assay.alert.domain.grouping.Grouping;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** Grouped notifications in PostgreSQL: the lock on the receiver's row says which replica puts its together. */
@ApplicationScoped
class SqlGroupStore implements GroupStore {
    private static final String TARGETS = """
            select r.tenant, r.receiver_id from receiver r
            where r.grouping <> '' and (
              exists (select 1 from delivery d
                where d.tenant = r.tenant and d.receiver_id = r.receiver_id and d.state = 'queued'
                  and d.released_time is null and d.attempts = 0 and d.next_attempt_time <= now())
              or r.grouping like '%repeat_interval%' and exists (select 1 from notification_group g
                where g.tenant = r.tenant and g.receiver_id = r.receiver_id and g.firing <> '{}'))
            limit 1000""";

    private static final String TURN = """
            select grouping from receiver where tenant = $1 and receiver_id = $2 and grouping <> ''
            for update skip locked""";

    private static final String WAITING = """
            select delivery_id, incident_id, transition, body, next_attempt_time from delivery
            where tenant = $1 and receiver_id = $2 and state = 'queued' and released_time is null and attempts = 0
              and next_attempt_time <= now()
            order by seq limit 1000""";

    private static final String TOLD =
            "select group_key, told_time, firing from notification_group where tenant = $1 and receiver_id = $2";

    private static final String OPEN = """
            select distinct on (i.incident_id) i.incident_id, d.body
            from notification_group g
            join incident i on i.tenant = g.tenant and i.incident_id = any(g.firing)
            join delivery d on d.tenant = i.tenant and d.incident_id = i.incident_id and d.receiver_id = g.receiver_id
            where g.tenant = $1 and g.receiver_id = $2 and d.transition like 'firing%'
              and i.ended_at is null and i.acknowledged_time is null and i.closed_time is null and i.expired_time is null
            order by i.incident_id, d.seq desc""";

    /** Order is kept while a few tries may do; then what is new must not wait for what does not arrive. */
    private static final String BUSY = """
            select distinct unnest(group_keys) from delivery
            where tenant = $1 and receiver_id = $2 and state = 'queued' and released_time is not null
              and attempts <= 3""";

    private static final String SENT = """
            select count(*) from delivery
            where tenant = $1 and receiver_id = $2 and released_time > now() - $3 * interval '1 second'""";

    private static final String RELEASE = """
            update delivery set released_time = now(), group_keys = $3 where tenant = $1 and delivery_id = any($2)""";

    private static final String DIGEST = """
            insert into delivery (tenant, incident_id, transition, receiver_id, receiver_name, body, released_time,
              group_keys, repeats)
            select r.tenant, $3, $4, r.receiver_id, r.name, $5, now(), $6, $7 from receiver r
            where r.tenant = $1 and r.receiver_id = $2""";

    private static final String JOIN = """
            update delivery set state = 'grouped', finished_time = now(), told_within = $3::text,
              detail = 'told within ' || $3::text
            where tenant = $1 and delivery_id = any($2)""";

    private static final String TELL = """
            insert into notification_group (tenant, receiver_id, group_key, told_time, firing)
            values ($1, $2, $3, now(), $4)
            on conflict (tenant, receiver_id, group_key) do update
            set told_time = excluded.told_time, firing = excluded.firing""";

    private final Pool pool;

    SqlGroupStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<List<Target>> targets() {
        return pool.query(TARGETS).execute().map(rows -> {
            List<Target> targets = new ArrayList<>();
            rows.forEach(row -> targets.add(new Target(row.getString(0), row.getString(1))));
            return targets;
        });
    }

    @Override
    public Uni<Integer> dispatch(Target target, Function<Waiting, List<Outgoing>> decide) {
        return pool.withTransaction(tx -> tx.preparedQuery(TURN)
                .execute(key(target))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(0)
                        : waiting(
                                        tx,
                                        target,
                                        GroupingText.read(OnCallText.parsed(
                                                rows.iterator().next().getString(0))))
                                .emitOn(Infrastructure.getDefaultWorkerPool()) // it may be a thousand texts
                                .map(decide)
                                .chain(outgoing -> make(tx, target, outgoing))));
    }

    private static Uni<Waiting> waiting(SqlConnection tx, Target target, Grouping grouping) {
        List<Item> items = new ArrayList<>();
        Map<String, Told> told = new HashMap<>();
        Map<String, String> open = new HashMap<>();
        Set<String> busy = new HashSet<>();
        return each(
                        tx,
                        WAITING,
                        target,
                        row -> items.add(new Item(
                                row.getUUID(0),
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getOffsetDateTime(4).toInstant())))
                .chain(() -> each(
                        tx,
                        TOLD,
                        target,
                        row -> told.put(
                                row.getString(0),
                                new Told(row.getOffsetDateTime(1).toInstant(), Set.of(row.getArrayOfStrings(2))))))
                .chain(() -> each(tx, OPEN, target, row -> open.put(row.getString(0), row.getString(1))))
                .chain(() -> each(tx, BUSY, target, row -> busy.add(row.getString(0))))
                .chain(() -> tx.preparedQuery(SENT).execute(Tuple.of(target.tenant(), target.receiverId(), (double)
                        Grouping.RATE_PERIOD.toSeconds())))
                .map(rows -> new Waiting(
                        grouping,
                        items,
                        told,
                        open,
                        busy,
                        rows.iterator().next().getLong(0)));
    }

    private static Uni<Integer> make(SqlConnection tx, Target target, List<Outgoing> outgoing) {
        return Multi.createFrom()
                .iterable(outgoing)
                .onItem()
                .transformToUniAndConcatenate(one -> make(tx, target, one))
                .collect()
                .asList()
                .replaceWith(outgoing.size());
    }

    private static Uni<Void> make(SqlConnection tx, Target target, Outgoing outgoing) {
        UUID[] members = outgoing.members().toArray(UUID[]::new);
        String[] keys = outgoing.firing().keySet().toArray(String[]::new);
        Digest digest = outgoing.digest();
        Uni<Void> sent = digest == null
                ? tx.preparedQuery(RELEASE)
                        .execute(Tuple.of(target.tenant(), members, keys))
                        .replaceWithVoid()
                : tx.preparedQuery(DIGEST)
                        .execute(Tuple.tuple()
                                .addString(target.tenant())
                                .addString(target.receiverId())
                                .addString(digest.id())
                                .addString(digest.firing() ? "firing" : "resolved")
                                .addString(digest.body())
                                .addArrayOfString(keys)
                                .addBoolean(digest.repeated()))
                        .chain(() -> tx.preparedQuery(JOIN).execute(Tuple.of(target.tenant(), members, digest.id())))
                        .replaceWithVoid();
        return sent.chain(() -> Multi.createFrom()
                .iterable(outgoing.firing().entrySet())
                .onItem()
                .transformToUniAndConcatenate(group -> tx.preparedQuery(TELL)
                        .execute(Tuple.of(
                                target.tenant(),
                                target.receiverId(),
                                group.getKey(),
                                group.getValue().toArray(String[]::new))))
                .collect()
                .asList()
                .replaceWithVoid());
    }

    private static Uni<Void> each(SqlConnection tx, String sql, Target target, Consumer<Row> row) {
        return tx.preparedQuery(sql)
                .execute(key(target))
                .invoke(rows -> rows.forEach(row))
                .replaceWithVoid();
    }

    private static Tuple key(Target target) {
        return Tuple.of(target.tenant(), target.receiverId());
    }
}
