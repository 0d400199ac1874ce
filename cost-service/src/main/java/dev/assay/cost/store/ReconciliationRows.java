package dev.assay.cost.store;

import dev.assay.cost.app.Reconciliations.Imported;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;

/** Rows of the table {@code reconciliation}. */
final class ReconciliationRows {
    static final String COLUMNS =
            "tenant, reconciliation_id, format, currency, first_day, last_day, created_time, created_by";

    private ReconciliationRows() {}

    static List<Imported> all(RowSet<Row> rows) {
        List<Imported> all = new ArrayList<>();
        rows.forEach(row -> all.add(new Imported(
                row.getString("tenant"),
                row.getUUID("reconciliation_id"),
                row.getString("format"),
                row.getString("currency"),
                row.getLocalDate("first_day"),
                row.getLocalDate("last_day"),
                row.getOffsetDateTime("created_time").toInstant(),
                row.getString("created_by"))));
        return all;
    }
}
