package dev.assay.ingest.reads;

import dev.assay.contracts.Topics;
import dev.assay.ingest.store.LedgerConfig;
import dev.assay.platform.kafka.Broker;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.tenancy.TenantReads;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What became of all that the caller's project sent, and how far behind the ledger is. */
@Path("/v1/status")
@RequiresScope({Scope.READ, Scope.INGEST, Scope.ADMIN})
public class StatusResource {
    private static final String COUNTS = """
            select coalesce(sum(accepted), 0)::bigint as accepted, coalesce(sum(duplicate), 0)::bigint as duplicate,
              coalesce(sum(merged), 0)::bigint as merged, coalesce(sum(superseded), 0)::bigint as superseded,
              coalesce(sum(folded), 0)::bigint as folded, coalesce(sum(rejected), 0)::bigint as rejected,
              (select count(*) from dead_letter where tenant = $1 and topic = $2) as dead_lettered,
              (select count(*) from series where tenant = $1) as series
            from event_count where tenant = $1""";

    private final CurrentCaller caller;
    private final TenantReads reads;
    private final Broker broker;
    private final LedgerConfig config;

    StatusResource(CurrentCaller caller, TenantReads reads, Broker broker, LedgerConfig config) {
        this.caller = caller;
        this.reads = reads;
        this.broker = broker;
        this.config = config;
    }

    /** @param merged those of the duplicates that said something new of their event */
    public record Counters(
            long received,
            long accepted,
            long duplicate,
            long merged,
            long superseded,
            long rejected,
            long deadLettered) {}

    /**
     * The project's series and how near it is to its limit.
     *
     * @param folded calls that count under {@code other} in some dimension
     */
    public record Series(long count, long limit, long folded) {}

    /** @param records not yet folded in, of all projects; null while the broker does not tell */
    public record Lag(@Nullable Long records) {}

    /** The status. */
    public record Body(Counters counters, Series series, Lag lag) {}

    private record Stored(Row counts, Map<TopicPartition, Long> positions) {}

    @GET
    @Operation(summary = "Counters: received = accepted + duplicate + rejected")
    public Uni<Body> status() {
        String tenant = caller.tenant();
        return reads.with(tenant, connection -> stored(connection, tenant))
                .chain(stored -> lag(stored.positions()).map(lag -> body(stored.counts(), lag)));
    }

    private static Uni<Stored> stored(SqlConnection connection, String tenant) {
        return connection
                .preparedQuery(COUNTS)
                .execute(Tuple.of(tenant, Topics.EVENTS))
                .chain(counts -> connection
                        .preparedQuery("select partition_id, next_offset from consumer_offset where topic_id = $1")
                        .execute(Tuple.of(Topics.id(Topics.EVENTS)))
                        .map(offsets -> {
                            Map<TopicPartition, Long> positions = new HashMap<>();
                            offsets.forEach(row -> positions.put(
                                    new TopicPartition(Topics.EVENTS, row.getInteger(0)), row.getLong(1)));
                            return new Stored(counts.iterator().next(), positions);
                        }));
    }

    private Uni<Lag> lag(Map<TopicPartition, Long> positions) {
        return broker.ends(positions.keySet())
                .map(ends -> {
                    long records = 0;
                    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                        records += Math.max(0, end.getValue() - positions.getOrDefault(end.getKey(), 0L));
                    }
                    return new Lag(records);
                })
                .onFailure()
                .recoverWithItem(new Lag(null));
    }

    private Body body(Row counts, Lag lag) {
        long accepted = counts.getLong("accepted");
        long duplicate = counts.getLong("duplicate");
        long rejected = counts.getLong("rejected");
        return new Body(
                new Counters(
                        accepted + duplicate + rejected,
                        accepted,
                        duplicate,
                        counts.getLong("merged"),
                        counts.getLong("superseded"),
                        rejected,
                        counts.getLong("dead_lettered")),
                new Series(counts.getLong("series"), config.seriesLimit(), counts.getLong("folded")),
                lag);
    }
}
