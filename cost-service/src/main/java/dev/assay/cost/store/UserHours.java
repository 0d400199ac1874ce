package dev.assay.cost.store;

import dev.assay.cost.app.UserActivity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** The rows of users by hour; each is written by its source alone. */
@ApplicationScoped
class UserHours implements UserActivity {
    private static final String FOLD = """
            insert into user_hour as u (tenant, hour, series_id, user_hash, source, calls, list_cost)
            select tenant, hour, series_id, user_hash, $7, calls, list_cost::numeric
            from unnest($1::text[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[])
              as k(tenant, hour, series_id, user_hash, calls, list_cost)
            on conflict (tenant, hour, series_id, user_hash, source) do update
            set calls = u.calls + excluded.calls, list_cost = u.list_cost + excluded.list_cost""";

    @Override
    public Uni<Void> fold(SqlConnection tx, short source, Delta delta) {
        List<Map.Entry<Key, Change>> changes = List.copyOf(delta.changes().entrySet());
        if (changes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple values = new Columns<>(changes)
                .text(change -> change.getKey().tenant())
                .integer(change -> change.getKey().hour())
                .bigint(change -> change.getKey().seriesId())
                .bigint(change -> change.getKey().userHash())
                .bigint(change -> change.getValue().calls())
                .text(change -> change.getValue().listCost().toPlainString())
                .tuple()
                .addShort(source);
        return tx.preparedQuery(FOLD).execute(values).replaceWithVoid();
    }
}
