package dev.assay.quality.store;

import dev.assay.quality.app.UserDelta;
import dev.assay.quality.app.UserDelta.Key;
import dev.assay.quality.app.UserHours;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Which users were seen in which hour of a series. */
@ApplicationScoped
class UserHourTable implements UserHours {
    private static final String FOLD = """
            insert into user_hour as u (tenant, hour, series_id, user_hash, source, events)
            select tenant, hour, series_id, user_hash, $6, events
            from unnest($1::text[], $2::int[], $3::bigint[], $4::uuid[], $5::int[])
              as k(tenant, hour, series_id, user_hash, events)
            on conflict (tenant, hour, series_id, user_hash, source) do update set events = u.events + excluded.events""";

    @Override
    public Uni<Void> fold(SqlConnection tx, short source, UserDelta delta) {
        List<Map.Entry<Key, Integer>> changes = delta.changes();
        return changes.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(FOLD)
                        .execute(new Columns<>(changes)
                                .text(entry -> entry.getKey().tenant())
                                .integer(entry -> entry.getKey().hour())
                                .bigint(entry -> entry.getKey().series())
                                .uuid(entry -> entry.getKey().user())
                                .integer(Map.Entry::getValue)
                                .one(source)
                                .tuple())
                        .replaceWithVoid();
    }
}
