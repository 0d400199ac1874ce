package dev.assay.alert.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.alert.app.EvaluationStore;
import dev.assay.alert.app.ProjectEvaluation;
import dev.assay.alert.app.WindowHistory;
import dev.assay.alert.domain.evaluation.SourceTick;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.contracts.kpi.v1.ProjectClock;
import dev.assay.contracts.kpi.v1.Tick;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Evaluations over PostgreSQL. The lease is the lock on the project's row. */
@ApplicationScoped
class SqlEvaluationStore implements EvaluationStore {
    /** A change further back than an hour waits for the next tick: it makes much to read, and seldom news. */
    private static final String PROJECTS = """
            select e.tenant, e.mark, exists (
              select 1 from window_change c
              join rule_cursor r on r.tenant = c.tenant
                and r.cursor_minute between c.from_minute + 1 and c.from_minute + 60
              where c.tenant = e.tenant)
            from evaluation e order by e.evaluated_time nulls first""";

    private final Pool pool;
    private final WindowHistory windows;
    private final OutcomeWriter writer;

    SqlEvaluationStore(Pool pool, WindowHistory windows, OutcomeWriter writer) {
        this.pool = pool;
        this.windows = windows;
        this.writer = writer;
    }

    @Override
    public Uni<List<SourceTick>> ticks() {
        return pool.query("select partition_id, ticked_time, tick from source_tick")
                .execute()
                .map(rows -> {
                    List<SourceTick> ticks = new ArrayList<>();
                    rows.forEach(row -> ticks.add(tick(row)));
                    return ticks;
                });
    }

    @Override
    public Uni<List<Project>> projects() {
        return pool.query(PROJECTS).execute().map(rows -> {
            List<Project> projects = new ArrayList<>();
            rows.forEach(row -> projects.add(new Project(row.getString(0), row.getString(1), row.getBoolean(2))));
            return projects;
        });
    }

    @Override
    public Uni<Boolean> inLease(String tenant, Function<ProjectEvaluation, Uni<Void>> work) {
        return pool.withTransaction(tx -> tx.preparedQuery(
                        "select 1 from evaluation where tenant = $1 for update skip locked")
                .execute(Tuple.of(tenant))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(false)
                        : work.apply(new SqlProjectEvaluation(tenant, tx, windows, writer))
                                .replaceWith(true)));
    }

    @Override
    public Uni<Void> wake(String tenant) {
        return pool.preparedQuery(
                        "insert into evaluation (tenant) values ($1) on conflict (tenant) do update set mark = ''")
                .execute(Tuple.of(tenant))
                .replaceWithVoid();
    }

    static SourceTick tick(Row row) {
        Tick tick;
        try {
            tick = Tick.parseFrom(row.getBuffer("tick").getBytes());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("source_tick holds a tick that cannot be read", e);
        }
        Map<String, Long> projects = new HashMap<>();
        for (ProjectClock project : tick.getProjectsList()) {
            projects.put(project.getTenant(), project.getClockUs());
        }
        Set<Measure> measures = tick.getMeasuresList().stream()
                .filter(measure -> measure != Measure.UNRECOGNIZED)
                .collect(Collectors.toSet());
        return new SourceTick(
                row.getInteger("partition_id"),
                tick.getSource(),
                row.getOffsetDateTime("ticked_time").toInstant(),
                tick.getClockUs(),
                projects,
                measures);
    }
}
