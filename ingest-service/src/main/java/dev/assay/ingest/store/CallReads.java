package dev.assay.ingest.store;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.domain.ledger.EventHash;
import dev.assay.platform.kpi.Dimension;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Calls of one project as they stand, for the reader's connection. */
public final class CallReads {
    private static final String COLUMNS = """
            select %s as place, c.id, c.call, k.content
            from call c
            left join call_content k on k.tenant = c.tenant and k.ledger_day = c.ledger_day and k.id = c.id
            """;

    private final StringBuilder sql;
    private final Tuple values;

    /**
     * A call and its place in a list.
     *
     * @param place the value that the list is sorted by
     */
    public record Found(long place, UUID id, Call call) {}

    /** What a list is sorted by: a column, which calls without a value in it are left out for. */
    public enum Order {
        START_TIME("c.start_us"),
        DURATION("c.duration_us"),
        TTFT("c.ttft_us"),
        INPUT_TOKENS("c.input_tokens"),
        OUTPUT_TOKENS("c.output_tokens");

        private final String column;

        Order(String column) {
            this.column = column;
        }
    }

    private final Order order;

    private CallReads(String tenant, Order order) {
        this.order = order;
        this.sql = new StringBuilder(COLUMNS.formatted(order.column)).append("where c.tenant = $1");
        this.values = Tuple.of(tenant);
    }

    /** The call of an event id. */
    public static Uni<Optional<Call>> byEventId(SqlConnection connection, String tenant, String eventId) {
        return connection
                .preparedQuery("select ledger_day from seen where tenant = $1 and id = $2")
                .execute(Tuple.of(tenant, EventHash.of(tenant, eventId)))
                .chain(rows -> {
                    if (rows.size() == 0) {
                        return Uni.createFrom().item(Optional.empty());
                    }
                    CallReads reads = list(tenant)
                            .where("c.ledger_day = ?", rows.iterator().next().getInteger(0))
                            .where("c.id = ?", EventHash.of(tenant, eventId));
                    return connection
                            .preparedQuery(reads.sql.toString())
                            .execute(reads.values)
                            .map(found -> found.size() == 0
                                    ? Optional.<Call>empty()
                                    : Optional.of(found(found.iterator().next()).call()));
                });
    }

    /** A list of a project's calls, to be narrowed. */
    public static CallReads list(String tenant) {
        return list(tenant, Order.START_TIME);
    }

    /** A list of a project's calls, to be narrowed. */
    public static CallReads list(String tenant, Order order) {
        CallReads reads = new CallReads(tenant, order);
        return order == Order.START_TIME ? reads : reads.where(order.column + " is not null");
    }

    /** Narrows the list; each {@code ?} of the condition stands for the next value. */
    public CallReads where(String condition, Object... of) {
        sql.append(" and ");
        int next = 0;
        for (char c : condition.toCharArray()) {
            if (c == '?') {
                values.addValue(of[next++]);
                sql.append('$').append(values.size());
            } else {
                sql.append(c);
            }
        }
        return this;
    }

    /** Narrows the list to one event. */
    public CallReads ofEvent(String tenant, String eventId) {
        return where("c.id = ?", EventHash.of(tenant, eventId));
    }

    /** Narrows the list to calls of one trace. */
    public CallReads ofTrace(String tenant, String traceId) {
        return where(
                        "(c.ledger_day, c.id) in (select ledger_day, id from seen where trace = ? and tenant = ?)",
                        EventHash.ofTrace(tenant, traceId),
                        tenant)
                .where("c.trace_id = ?", traceId);
    }

    /** Narrows the list to calls with one of the given values in each dimension. */
    public CallReads ofDimensions(Map<Dimension, List<String>> filters) {
        if (filters.isEmpty()) {
            return this;
        }
        StringBuilder condition = new StringBuilder("c.series_id = any(array(select series_id from series where true");
        List<Object> wanted = new ArrayList<>();
        filters.forEach((dimension, any) -> {
            condition.append(" and ").append(dimension.wireName()).append(" = any(?)");
            wanted.add(any.toArray(String[]::new));
        });
        return where(condition.append("))").toString(), wanted.toArray());
    }

    /** Narrows the list to what comes behind a place. */
    public CallReads behind(long place, UUID id, boolean descending) {
        return where("(" + order.column + ", c.id) " + (descending ? "<" : ">") + " (?, ?)", place, id);
    }

    /** The first calls of the list; those in the same place follow each other by id. */
    public Uni<List<Found>> first(SqlConnection connection, boolean descending, int limit) {
        String direction = descending ? "desc" : "asc";
        sql.append(" order by %s %2$s, c.id %2$s limit ".formatted(order.column, direction))
                .append(limit);
        return connection.preparedQuery(sql.toString()).execute(values).map(rows -> {
            List<Found> calls = new ArrayList<>(rows.size());
            rows.forEach(row -> calls.add(found(row)));
            return calls;
        });
    }

    private static Found found(Row row) {
        return new Found(
                row.getLong("place"),
                row.getUUID("id"),
                CallBlobs.call(row.getBuffer("call"), row.getBuffer("content")));
    }
}
