package dev.assay.alert.store;

import dev.assay.alert.app.ProjectEvaluation.WindowReader;
import dev.assay.alert.app.WindowHistory;
import dev.assay.alert.domain.evaluation.GroupHistory.Grain;
import dev.assay.alert.domain.evaluation.HistoryNeeds;
import dev.assay.platform.window.WindowState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Cursor;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Windows as evaluations and backtests read them: one snapshot, in portions. */
@ApplicationScoped
class SqlWindowReads implements WindowHistory {
    private static final int PORTION = 2_000;

    private static final String MINUTES = """
            select w.minute, w.series_id, w.state from kpi_window w join kpi_source s on s.source_id = w.source_id
            where w.tenant = $1 and s.service = $2 and w.minute >= $3 and w.minute < $4""";

    private static final String ROLLUPS = """
            select start_minute, series_id, state from kpi_rollup
            where tenant = $1 and service = $2 and start_minute >= $3 and start_minute < $4 and grain = $5""";

    private final Pool pool;
    private final SqlSeries series;

    private record Part(String service, Grain grain, long from, long to) {}

    SqlWindowReads(Pool pool, SqlSeries series) {
        this.pool = pool;
        this.series = series;
    }

    @Override
    public Uni<Void> windows(String tenant, Map<String, HistoryNeeds> needs, long before, WindowReader reader) {
        List<Part> parts = new ArrayList<>();
        needs.forEach((service, need) -> {
            for (Grain grain : Grain.values()) {
                if (need.from(grain) != HistoryNeeds.NOTHING) {
                    parts.add(new Part(service, grain, need.from(grain), before));
                }
            }
            need.joinedSpans().forEach(span -> parts.add(new Part(service, Grain.QUARTER, span.from(), span.to())));
        });
        if (parts.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return pool.withTransaction(snapshot -> snapshot.query(
                        "set transaction isolation level repeatable read, read only")
                .execute()
                .chain(() -> series.of(snapshot, tenant))
                .invoke(reader::series)
                .chain(() -> Multi.createFrom()
                        .iterable(parts)
                        .onItem()
                        .transformToUniAndConcatenate(part -> read(snapshot, tenant, part, reader))
                        .collect()
                        .asList()
                        .replaceWithVoid()));
    }

    /** In portions, so that a day of minutes is never in memory at once; off the event loop, since parsing takes time. */
    private static Uni<Void> read(SqlConnection snapshot, String tenant, Part part, WindowReader reader) {
        Tuple parameters = Tuple.of(tenant, part.service(), (int) part.from(), (int) part.to());
        if (part.grain() != Grain.MINUTE) {
            parameters.addShort((short) part.grain().minutes());
        }
        return snapshot.prepare(part.grain() == Grain.MINUTE ? MINUTES : ROLLUPS)
                .chain(statement ->
                        drain(statement.cursor(parameters), part, reader).eventually(statement::close));
    }

    private static Uni<Void> drain(Cursor cursor, Part part, WindowReader reader) {
        return cursor.read(PORTION)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(rows -> rows.forEach(row -> reader.window(
                        part.service(),
                        part.grain(),
                        row.getInteger(0),
                        row.getLong(1),
                        WindowState.parse(row.getBuffer(2).getBytes()))))
                .chain(() -> cursor.hasMore() ? drain(cursor, part, reader) : cursor.close());
    }
}
