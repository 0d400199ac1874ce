package dev.assay.quality.store;

import dev.assay.platform.window.Minutes;
import dev.assay.quality.app.ExpiredRows;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Deletes old rows project by project, by an index that begins with both. */
@ApplicationScoped
class ExpiredTables implements ExpiredRows {
    private static final int ROWS_AT_ONCE = 5_000;

    /** Rows that somebody holds are left to the next round. */
    private static final String DELETE = """
            delete from %1$s where ctid = any(array(
              select ctid from %1$s t where t.tenant = $1 and %2$s limit %3$d for update skip locked))""";

    /** Runs but for baselines; their results go first. */
    private static final String OLD_RUNS = """
            select r.run_id from gate_run r where r.tenant = $1 and r.created_us < $2
              and not exists (select from gate g where g.tenant = r.tenant and g.baseline_run = r.run_id)""";

    private final Pool pool;

    ExpiredTables(Pool pool) {
        this.pool = pool;
    }

    /** What makes a row of a table old, with its parameter. */
    private record Expiry(String table, String condition, Object before) {
        String sql() {
            return DELETE.formatted(table, condition, ROWS_AT_ONCE);
        }
    }

    /** Minutes and hours are whole columns; the unit of the others is in their names. */
    private static List<Expiry> expiries(Instant before) {
        long minute = Minutes.of(before);
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, before);
        List<Expiry> all = new ArrayList<>();
        for (String table : new String[] {
            "judged_fold",
            "requery_fold",
            "judge_score",
            "judge_task",
            "call_text",
            "call_fact",
            "call_score",
            "feedback",
            "task_outcome"
        }) {
            all.add(new Expiry(table, "t.minute < $2", Math.toIntExact(minute)));
        }
        all.add(new Expiry("user_hour", "t.hour < $2", Math.toIntExact(Math.floorDiv(minute, 60))));
        all.add(new Expiry("judge_spend", "t.day < $2", Math.toIntExact(Math.floorDiv(minute, 60 * 24))));
        all.add(new Expiry("rescore_job", "t.created_us < $2 and t.state > 1", micros));
        all.add(new Expiry("label", "t.labeled_us < $2", micros));
        all.add(new Expiry("experiment_unit", """
                t.experiment_id in (select e.experiment_id from experiment e where e.tenant = $1 and e.ended_us < $2)""", micros));
        all.add(new Expiry("gate_result", "t.run_id in (" + OLD_RUNS + ")", micros));
        all.add(new Expiry("gate_run", "t.run_id in (" + OLD_RUNS + ")", micros));
        return all;
    }

    @Override
    public Uni<Long> delete(Instant before) {
        return pool.query(
                        "select distinct tenant from series union select tenant from judge union select tenant from gate")
                .execute()
                .chain(rows -> {
                    List<Uni<Long>> deletions = new ArrayList<>();
                    rows.forEach(row ->
                            expiries(before).forEach(expiry -> deletions.add(delete(row.getString(0), expiry, 0))));
                    return Multi.createFrom()
                            .iterable(deletions)
                            .onItem()
                            .transformToUniAndConcatenate(deletion -> deletion)
                            .collect()
                            .asList()
                            .map(counts ->
                                    counts.stream().mapToLong(Long::longValue).sum());
                });
    }

    private Uni<Long> delete(String tenant, Expiry expiry, long soFar) {
        return pool.preparedQuery(expiry.sql())
                .execute(Tuple.of(tenant, expiry.before()))
                .chain(rows -> rows.rowCount() < ROWS_AT_ONCE
                        ? Uni.createFrom().item(soFar + rows.rowCount())
                        : delete(tenant, expiry, soFar + rows.rowCount()));
    }
}
