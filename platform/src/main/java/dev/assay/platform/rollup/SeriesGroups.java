package dev.assay.platform.rollup;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.platform.kpi.Dimension;
import dev.assay.platform.kpi.KpiQuery;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The series that a query is about, and the group that each belongs to. */
final class SeriesGroups {
    private final boolean filtered;
    private final boolean whole;
    private final List<Long> series = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();
    private final Map<List<String>, Integer> groups = new LinkedHashMap<>();

    private SeriesGroups(boolean filtered, boolean grouped) {
        this.filtered = filtered;
        this.whole = !filtered && !grouped;
    }

    /** Reads the series of a project that pass a query's filters. */
    static Uni<SeriesGroups> read(SqlConnection connection, String tenant, KpiQuery query) {
        StringBuilder sql = new StringBuilder("select * from series where tenant = $1");
        Tuple values = Tuple.of(tenant);
        query.filters().forEach((dimension, wanted) -> {
            values.addArrayOfString(wanted.toArray(String[]::new));
            sql.append(" and ")
                    .append(dimension.wireName())
                    .append(" = any($")
                    .append(values.size())
                    .append(')');
        });
        if (!query.groupBy().isEmpty()) { // groups come in the order of their names
            sql.append(query.groupBy().stream()
                    .map(dimension -> dimension.wireName() + " collate \"C\"")
                    .collect(Collectors.joining(", ", " order by ", "")));
        }
        return connection.preparedQuery(sql.toString()).execute(values).map(rows -> {
            SeriesGroups groups = new SeriesGroups(
                    !query.filters().isEmpty(), !query.groupBy().isEmpty());
            for (Row row : rows) {
                groups.add(row.getLong("series_id"), values(query, WindowPublisher.dimensions(row)));
            }
            return groups;
        });
    }

    private static List<String> values(KpiQuery query, Dimensions dimensions) {
        List<String> by = new ArrayList<>();
        for (Dimension dimension : query.groupBy()) {
            by.add(dimension.of(dimensions));
        }
        return by;
    }

    private void add(long id, List<String> by) {
        series.add(id);
        positions.add(groups.computeIfAbsent(by, key -> groups.size()));
    }

    /** Whether it is all series in one group: then nothing has to be looked up. */
    boolean isWhole() {
        return whole;
    }

    /** Whether it may be but some of the project's series. */
    boolean isFiltered() {
        return filtered;
    }

    boolean isEmpty() {
        return series.isEmpty();
    }

    int seriesCount() {
        return series.size();
    }

    Long[] seriesIds() {
        return series.toArray(Long[]::new);
    }

    /** The position of each series' group. */
    Integer[] positions() {
        return positions.toArray(Integer[]::new);
    }

    /** The groups' values of the dimensions asked for, by position. */
    List<List<String>> groups() {
        return List.copyOf(groups.keySet());
    }
}
