package dev.assay.cost.store;

import dev.assay.cost.app.TaskOutcomes;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Outcomes of tasks in PostgreSQL. */
@ApplicationScoped
class TaskOutcomeStore implements TaskOutcomes {
    private static final String KEEP = """
            insert into task_outcome (tenant, task_id, success, end_us)
            select * from unnest($1::text[], $2::text[], $3::boolean[], $4::bigint[])
            on conflict do nothing returning tenant, task_id""";

    @Override
    public Uni<Set<Key>> keep(SqlConnection tx, List<Outcome> outcomes) {
        return tx.preparedQuery(KEEP)
                .execute(new Columns<>(outcomes)
                        .text(outcome -> outcome.key().tenant())
                        .text(outcome -> outcome.key().taskId())
                        .bool(Outcome::success)
                        .bigint(Outcome::endMicros)
                        .tuple())
                .map(rows -> {
                    Set<Key> kept = new HashSet<>();
                    rows.forEach(row -> kept.add(new Key(row.getString(0), row.getString(1))));
                    return kept;
                });
    }
}
