package dev.assay.cost.app;

import dev.assay.cost.domain.pricing.PriceBook;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Where the prices in force come from. */
public interface PriceBooks {
    /** The prices as this transaction sees them: what another replica has added is loaded first. */
    Uni<PriceBook> current(SqlConnection tx);

    /** The prices as of now, outside any batch. */
    Uni<PriceBook> now();
}
