package dev.assay.alert.store;

import dev.assay.alert.app.PageStore;
import dev.assay.alert.domain.oncall.Move;
import dev.assay.alert.domain.oncall.Rota;
import dev.assay.platform.window.Minutes;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** Pages in PostgreSQL: a row's lock says whose they are. */
@ApplicationScoped
class SqlPageStore implements PageStore {
    private static final String DUE = """
            select tenant, incident_id, policy, position from page where due_time <= now()
            order by due_time limit $1 for update skip locked""";

    /** Who was told before is told again, under another name: the same one would be taken for a repeated send. */
    private static final String TELL = """
            insert into delivery (tenant, incident_id, transition, receiver_id, receiver_name, body, escalation)
            select p.tenant, p.incident_id,
              p.transition || case when exists (
                select 1 from delivery d
                where d.tenant = p.tenant and d.incident_id = p.incident_id and d.transition = p.transition
                  and d.receiver_id = r.receiver_id) then '-again-' || p.position else '' end,
              r.receiver_id, r.name, p.body, true
            from page p join receiver r on r.tenant = p.tenant and r.receiver_id = any($3)
            where p.tenant = $1 and p.incident_id = $2
            on conflict (tenant, incident_id, transition, receiver_id) do nothing""";

    private static final String TIMELINE = """
            insert into incident_event (tenant, incident_id, kind, reason, event_minute, paged)
            values ($1, $2, 'escalated', $3, $4, true)""";

    private static final String GO_ON = """
            update page set position = $3, due_time = now() + $4 * interval '1 second'
            where tenant = $1 and incident_id = $2""";

    private static final String END = "delete from page where tenant = $1 and incident_id = $2";

    private final Pool pool;

    SqlPageStore(Pool pool) {
        this.pool = pool;
    }

    /** A project's policies, schedules and receivers. */
    static Uni<Rota> rota(SqlConnection connection, String tenant) {
        return SqlOnCallStore.policies(connection, tenant)
                .chain(policies -> SqlOnCallStore.schedules(connection, tenant)
                        .chain(schedules -> connection
                                .preparedQuery("select receiver_id, name from receiver where tenant = $1 order by name")
                                .execute(Tuple.of(tenant))
                                .map(rows -> {
                                    List<Rota.Known> receivers = new ArrayList<>();
                                    rows.forEach(
                                            row -> receivers.add(new Rota.Known(row.getString(0), row.getString(1))));
                                    return new Rota(policies, schedules, receivers);
                                })));
    }

    @Override
    public Uni<Integer> advance(int max, BiFunction<Page, Rota, Move> decide) {
        return pool.withTransaction(tx -> tx.preparedQuery(DUE)
                .execute(Tuple.of(max))
                .chain(rows -> {
                    List<Page> due = new ArrayList<>();
                    rows.forEach(row ->
                            due.add(new Page(row.getString(0), row.getString(1), row.getString(2), row.getInteger(3))));
                    Map<String, Uni<Rota>> rotas = new HashMap<>(); // read and parsed once a project
                    return Multi.createFrom()
                            .iterable(due)
                            .onItem()
                            .transformToUniAndConcatenate(page -> rotas.computeIfAbsent(
                                            page.tenant(),
                                            tenant -> rota(tx, tenant).memoize().indefinitely())
                                    .chain(rota -> apply(tx, page, decide.apply(page, rota))))
                            .collect()
                            .asList()
                            .replaceWith(due.size());
                }));
    }

    private static Uni<Void> apply(SqlConnection tx, Page page, Move move) {
        Integer next = move.next();
        Tuple key = Tuple.of(page.tenant(), page.incidentId());
        Uni<Void> told = move.receivers().isEmpty() ? Uni.createFrom().voidItem() : tell(tx, page, move);
        return told.chain(() -> next == null
                        ? tx.preparedQuery(END).execute(key)
                        : tx.preparedQuery(GO_ON).execute(Tuple.of(page.tenant(), page.incidentId(), next, (double)
                                move.after().toSeconds())))
                .replaceWithVoid();
    }

    private static Uni<Void> tell(SqlConnection tx, Page page, Move move) {
        return tx.preparedQuery(TELL)
                .execute(Tuple.tuple()
                        .addString(page.tenant())
                        .addString(page.incidentId())
                        .addArrayOfString(move.receivers().toArray(String[]::new)))
                .chain(() -> tx.preparedQuery(TIMELINE)
                        .execute(Tuple.of(
                                page.tenant(),
                                page.incidentId(),
                                move.reason().name().toLowerCase(Locale.ROOT),
                                (int) Minutes.of(Instant.now()))))
                .replaceWithVoid();
    }
}
