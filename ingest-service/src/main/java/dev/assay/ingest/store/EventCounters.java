package dev.assay.ingest.store;

import dev.assay.ingest.domain.ledger.EventCounts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of every event that came, by project and source. They move with the fold, so they survive every crash. */
@ApplicationScoped
public class EventCounters {

    /** Adds what a batch counted; the map is in order of its keys. */
    public Uni<Void> add(SqlConnection tx, short source, Map<String, EventCounts> counts) {
        if (counts.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Map.Entry<String, EventCounts>> rows = List.copyOf(new TreeMap<>(counts).entrySet());
        return tx.preparedQuery("""
                        insert into event_count as c
                          (tenant, source, accepted, duplicate, merged, superseded, folded)
                        select tenant, $7, accepted, duplicate, merged, superseded, folded
                        from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
                          as u(tenant, accepted, duplicate, merged, superseded, folded)
                        on conflict (tenant, source) do update set accepted = c.accepted + excluded.accepted,
                          duplicate = c.duplicate + excluded.duplicate, merged = c.merged + excluded.merged,
                          superseded = c.superseded + excluded.superseded, folded = c.folded + excluded.folded""")
                .execute(new Columns<>(rows)
                        .text(Map.Entry::getKey)
                        .bigint(row -> row.getValue().accepted())
                        .bigint(row -> row.getValue().duplicate())
                        .bigint(row -> row.getValue().merged())
                        .bigint(row -> row.getValue().superseded())
                        .bigint(row -> row.getValue().folded())
                        .tuple()
                        .addShort(source))
                .replaceWithVoid();
    }

    /** Adds refused events. */
    public Uni<Void> addRejected(SqlConnection tx, short source, Map<String, Long> rejected) {
        if (rejected.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Map.Entry<String, Long>> rows = List.copyOf(new TreeMap<>(rejected).entrySet());
        return tx.preparedQuery("""
                        insert into event_count as c (tenant, source, rejected)
                        select tenant, $3, rejected from unnest($1::text[], $2::bigint[]) as u(tenant, rejected)
                        on conflict (tenant, source) do update set rejected = c.rejected + excluded.rejected""")
                .execute(new Columns<>(rows)
                        .text(Map.Entry::getKey)
                        .bigint(Map.Entry::getValue)
                        .tuple()
                        .addShort(source))
                .replaceWithVoid();
    }
}
