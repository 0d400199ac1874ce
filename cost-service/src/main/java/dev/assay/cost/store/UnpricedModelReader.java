package dev.assay.cost.store;

import dev.assay.cost.app.LedgerQuery;
import dev.assay.cost.app.UnpricedModels;
import dev.assay.platform.tenancy.TenantReads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Unpriced calls, summed from the ledger. */
@ApplicationScoped
class UnpricedModelReader implements UnpricedModels {
    private final TenantReads reads;

    UnpricedModelReader(TenantReads reads) {
        this.reads = reads;
    }

    @Override
    public Uni<Figures> read(String tenant, LedgerQuery query, int limit) {
        Tuple values = Tuple.tuple();
        String conditions = LedgerConditions.of(tenant, query, values);
        Tuple limited = Tuple.tuple();
        LedgerConditions.of(tenant, query, limited);
        limited.addInteger(limit);
        String from = " from ledger l left join series s on s.tenant = l.tenant and s.series_id = l.series_id where "
                + conditions;
        String totals = """
            select count(*) as calls, coalesce(sum(l.tokens), 0)::bigint as tokens,
              count(*) filter (where l.list_cost is null) as unpriced_calls,
              coalesce(sum(l.tokens) filter (where l.list_cost is null), 0)::bigint as unpriced_tokens""" + from;
        String models = """
            select s.provider, s.model, coalesce(l.unpriced_reason, '') as reason,
              coalesce(l.unpriced_detail, '') as detail, count(*) as calls, sum(l.tokens)::bigint as tokens,
              sum(l.reported_cost)::text as reported_cost, min(l.start_us) as first_us, max(l.start_us) as last_us
            """ + from + """
             and l.list_cost is null group by 1, 2, 3, 4
            order by tokens desc, calls desc, 1, 2, 3, 4 limit $""" + limited.size();
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery(totals)
                        .execute(values)
                        .map(rows -> rows.iterator().next())
                        .chain(total -> connection
                                .preparedQuery(models)
                                .execute(limited)
                                .map(rows -> {
                                    List<Unpriced> found = new ArrayList<>();
                                    rows.forEach(row -> found.add(unpriced(row)));
                                    return new Figures(
                                            total.getLong("calls"),
                                            total.getLong("tokens"),
                                            total.getLong("unpriced_calls"),
                                            total.getLong("unpriced_tokens"),
                                            found);
                                })));
    }

    private static Unpriced unpriced(Row row) {
        return new Unpriced(
                row.getString("provider"),
                row.getString("model"),
                row.getString("reason"),
                row.getString("detail"),
                row.getLong("calls"),
                row.getLong("tokens"),
                row.getString("reported_cost"),
                row.getLong("first_us"),
                row.getLong("last_us"));
    }
}
