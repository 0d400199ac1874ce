package dev.assay.platform.sink;

import dev.assay.contracts.kpi.v1.Measure;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Set;

/** What a service does with the records of one topic. One bean per topic; stateless between batches. */
public interface SinkHandler {
    /** The topic whose records it takes. */
    String topic();

    /** The measures whose windows it keeps; a source with measures tells its clock each minute. */
    default Set<Measure> measures() {
        return Set.of();
    }

    /**
     * Folds a batch in, inside the transaction in which the offset has just moved. May run again for the same batch after
     * a roll-back, so it keeps nothing in memory that a roll-back would not undo.
     *
     * @return what to send after the commit
     */
    Uni<List<Outgoing>> apply(SqlConnection transaction, PartitionBatch batch);

    /**
     * What the given offsets had to send, in its present state: asked after a crash between commit and acknowledgement.
     * Sending more than was lost is harmless, since receivers go by revision.
     */
    default Uni<List<Outgoing>> resend(SqlConnection transaction, PartitionBatch.Range range) {
        return Uni.createFrom().item(List.of());
    }
}
