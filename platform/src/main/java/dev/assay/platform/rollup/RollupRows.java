package dev.assay.platform.rollup;

import dev.assay.platform.rollup.Spans.Span;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The minute or hour rows of one project, merged by time and group in the database, and read in pieces of bounded size:
 * the next piece is on its way while the one before is folded in.
 */
final class RollupRows {
    /** About how many rows a piece holds, if each series has one in each of its minutes or hours. */
    private static final int ROWS_AT_ONCE = 20_000;

    private static final int LEAST_AT_ONCE = 10;

    // By one time at a time, in the order of the primary key: nothing has to be sorted. Each (series, source) has one
    // row in
    // it, so no two equal hashes cancel out.
    private static final String MERGED = """
            select t.time, merged.grp, merged.states, merged.hash
            from generate_series($2::int, $3::int - 1) as t(time) cross join lateral (
              select %3$s as grp, string_agg(r.state, ''::bytea) as states,
                bit_xor(hashint8extended(r.series_id + r.source, hashint8extended(r.position, r.generation))) as hash
              from %4$s
              group by 1 having count(*) > 0) as merged""";

    private static final String ALL_ROWS = "%2$s r where r.tenant = $1 and r.%1$s = t.time";

    /** With every series in some group: rows first, then their groups. */
    private static final String ALL_ROWS_BY_GROUP = """
            (select * from %2$s where tenant = $1 and %1$s = t.time offset 0) r
            join unnest($4::bigint[], $5::int[]) as g(series_id, grp) on g.series_id = r.series_id""";

    private static final String SOME_ROWS_BY_GROUP = """
            unnest($4::bigint[], $5::int[]) as g(series_id, grp)
            join %2$s r on g.series_id = r.series_id and r.tenant = $1 and r.%1$s = t.time""";

    private final SqlConnection connection;
    private final String tenant;
    private final SeriesGroups groups;

    RollupRows(SqlConnection connection, String tenant, SeriesGroups groups) {
        this.connection = connection;
        this.tenant = tenant;
        this.groups = groups;
    }

    String tenant() {
        return tenant;
    }

    SeriesGroups groups() {
        return groups;
    }

    /** The hours among some that wait to be made anew: a source has touched one of their minutes. */
    Uni<Set<Integer>> dirtyHours(int first, int last) {
        return connection
                .preparedQuery("select distinct hour from hour_dirty where tenant = $1 and hour >= $2 and hour <= $3")
                .execute(Tuple.of(tenant, first, last))
                .map(found -> {
                    Set<Integer> dirty = new HashSet<>();
                    found.forEach(row -> dirty.add(row.getInteger(0)));
                    return dirty;
                });
    }

    /** Hands over the minutes of some spans, in order of time. */
    Uni<Void> minutes(List<Span> spans, Consumer<MergedRow> fold) {
        return read("minute", "rollup_minute", spans, fold);
    }

    /** Hands over the hours of some spans, in order of time. */
    Uni<Void> hours(List<Span> spans, Consumer<MergedRow> fold) {
        return read("hour", "rollup_hour", spans, fold);
    }

    private Uni<Void> read(String column, String table, List<Span> spans, Consumer<MergedRow> fold) {
        List<Span> pieces = pieces(spans);
        if (pieces.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String from = groups.isWhole() ? ALL_ROWS : groups.isFiltered() ? SOME_ROWS_BY_GROUP : ALL_ROWS_BY_GROUP;
        String sql = MERGED.formatted(column, table, groups.isWhole() ? "0" : "g.grp", from.formatted(column, table));
        return fold(sql, pieces, 0, piece(sql, pieces.get(0)), fold);
    }

    private Uni<Void> fold(
            String sql, List<Span> pieces, int position, Uni<RowSet<Row>> rows, Consumer<MergedRow> fold) {
        return rows.chain(read -> {
            if (position + 1 == pieces.size()) {
                read.forEach(row -> fold.accept(merged(row)));
                return Uni.createFrom().voidItem();
            }
            Uni<RowSet<Row>> next = piece(sql, pieces.get(position + 1));
            read.forEach(row -> fold.accept(merged(row)));
            return fold(sql, pieces, position + 1, next, fold);
        });
    }

    /** Asks for a piece at once: the answer is remembered for whoever subscribes. */
    private Uni<RowSet<Row>> piece(String sql, Span span) {
        Tuple values = Tuple.tuple().addString(tenant).addInteger(span.low()).addInteger(span.high());
        if (!groups.isWhole()) {
            values.addArrayOfLong(groups.seriesIds()).addArrayOfInteger(groups.positions());
        }
        Uni<RowSet<Row>> rows =
                connection.preparedQuery(sql).execute(values).memoize().indefinitely();
        rows.subscribe().with(read -> {}, failure -> {});
        return rows;
    }

    private static MergedRow merged(Row row) {
        return new MergedRow(
                row.getInteger(0), row.getInteger(1), row.getBuffer(2).getBytes(), row.getLong(3));
    }

    private List<Span> pieces(List<Span> spans) {
        int atOnce = Math.max(LEAST_AT_ONCE, ROWS_AT_ONCE / Math.max(1, groups.seriesCount()));
        List<Span> pieces = new ArrayList<>();
        for (Span span : spans) {
            for (int low = span.low(); low < span.high(); low += atOnce) {
                pieces.add(new Span(low, Math.min(span.high(), low + atOnce)));
            }
        }
        return pieces;
    }
}
