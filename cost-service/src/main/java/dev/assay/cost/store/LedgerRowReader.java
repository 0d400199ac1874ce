package dev.assay.cost.store;

import dev.assay.cost.app.LedgerQuery;
import dev.assay.cost.app.LedgerRows;
import dev.assay.cost.app.PricedCall;
import dev.assay.platform.tenancy.TenantReads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of the ledger by time and id, both in the index's order. */
@ApplicationScoped
class LedgerRowReader implements LedgerRows {
    private final TenantReads reads;

    LedgerRowReader(TenantReads reads) {
        this.reads = reads;
    }

    @Override
    public Uni<List<PricedCall>> page(String tenant, LedgerQuery query, @Nullable Place after, int limit, Order order) {
        boolean latestFirst = order == Order.LATEST_FIRST;
        Tuple values = Tuple.tuple();
        String conditions = LedgerConditions.of(tenant, query, values);
        if (after != null) {
            values.addLong(after.startMicros()).addUUID(after.id());
            conditions += " and (l.start_us, l.id) %s ($%d, $%d)"
                    .formatted(latestFirst ? "<" : ">", values.size() - 1, values.size());
        }
        values.addInteger(limit);
        String sql = "select " + PricedCallReader.COLUMNS + " " + PricedCallReader.FROM + " where " + conditions
                + (latestFirst ? " order by l.start_us desc, l.id desc" : " order by l.start_us, l.id") + " limit $"
                + values.size();
        return reads.with(
                tenant,
                connection -> connection.preparedQuery(sql).execute(values).map(rows -> {
                    List<PricedCall> calls = new ArrayList<>(rows.size());
                    rows.forEach(row -> calls.add(PricedCallReader.call(row)));
                    return calls;
                }));
    }
}
