package dev.assay.ingest.store;

import dev.assay.contracts.Topics;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.TreeSet;

/** Keeps other partitions' batches out while this one changes what is theirs: each batch moves its offset row first. */
@ApplicationScoped
public class SourceLocks {

    /** Waits for the batches of the given partitions of {@code llm.events.v1} and holds the next ones until the commit. */
    public Uni<Void> lock(SqlConnection tx, Collection<Integer> partitions) {
        return tx.preparedQuery("""
                        select 1 from consumer_offset where topic_id = $1 and partition_id = any($2)
                        order by partition_id for update""")
                .execute(Tuple.of(Topics.id(Topics.EVENTS), new TreeSet<>(partitions).toArray(Integer[]::new)))
                .replaceWithVoid();
    }
}
