package dev.assay.ingest.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Makes room in the ledger for days that it has not seen, before a batch that needs them touches anything else. */
@ApplicationScoped
public class LedgerDays {
    /** Days that were there when asked for; one that a transaction opens itself may be rolled back with it. */
    private final Set<Integer> open = ConcurrentHashMap.newKeySet();

    /** Opens the days that are not open yet. */
    public Uni<Void> open(SqlConnection tx, Collection<Integer> days) {
        Set<Integer> unknown = new TreeSet<>(days);
        unknown.removeAll(open);
        if (unknown.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery("select day, open_day(day) as was_open from unnest($1::int[]) as d(day) order by day")
                .execute(Tuple.of(unknown.toArray(Integer[]::new)))
                .invoke(rows -> rows.forEach(row -> {
                    if (row.getBoolean("was_open")) {
                        open.add(row.getInteger("day"));
                    }
                }))
                .replaceWithVoid();
    }
}
