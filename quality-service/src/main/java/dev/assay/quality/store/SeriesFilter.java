package dev.assay.quality.store;

import dev.assay.platform.kpi.Dimension;
import dev.assay.platform.kpi.KpiQuery;
import io.vertx.mutiny.sqlclient.Tuple;

/** The part of a query that keeps to the series asked for, where {@code s} is the joined {@code series}. */
final class SeriesFilter {
    private SeriesFilter() {}

    /** Conditions that begin with {@code and}; their values are added to {@code values}. */
    static String sql(KpiQuery query, Tuple values) {
        StringBuilder sql = new StringBuilder();
        query.filters().forEach((dimension, wanted) -> {
            values.addArrayOfString(wanted.toArray(String[]::new));
            sql.append(" and s.")
                    .append(dimension.wireName())
                    .append(" = any($")
                    .append(values.size())
                    .append(')');
        });
        return sql.toString();
    }

    /** The columns to group by, each behind a comma. */
    static String groupColumns(KpiQuery query) {
        StringBuilder sql = new StringBuilder();
        for (Dimension dimension : query.groupBy()) {
            sql.append(", s.").append(dimension.wireName());
        }
        return sql.toString();
    }
}
