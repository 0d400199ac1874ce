package dev.assay.cost.store;

import dev.assay.cost.app.CostStatus;
import dev.assay.platform.tenancy.TenantReads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Status from the database. */
@ApplicationScoped
class CostStatusReader implements CostStatus {
    private final TenantReads reads;

    CostStatusReader(TenantReads reads) {
        this.reads = reads;
    }

    @Override
    public Uni<Status> of(String tenant) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery("select count(*) from dead_letter where tenant = $1")
                        .execute(Tuple.of(tenant))
                        .map(rows -> rows.iterator().next().getLong(0))
                        .chain(dead -> connection
                                .query("select version, effective_from, currency, source from price_version"
                                        + " order by effective_from desc")
                                .execute()
                                .map(rows -> {
                                    List<PriceVersion> versions = new ArrayList<>();
                                    for (Row row : rows) {
                                        versions.add(new PriceVersion(
                                                row.getString(0),
                                                row.getOffsetDateTime(1).toInstant(),
                                                row.getString(2),
                                                row.getString(3)));
                                    }
                                    return new Status(dead, versions);
                                })));
    }
}
