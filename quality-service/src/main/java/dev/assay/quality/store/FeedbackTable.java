package dev.assay.quality.store;

import dev.assay.platform.window.SeriesId;
import dev.assay.quality.app.FeedbackRows;
import dev.assay.quality.app.GivenScore;
import dev.assay.quality.app.TenantKey;
import dev.assay.quality.app.UserFeedback;
import dev.assay.quality.app.Version;
import dev.assay.quality.domain.users.Issue;
import dev.assay.quality.domain.users.Satisfaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of {@code feedback}: one per event id, its latest version. */
@ApplicationScoped
class FeedbackTable implements FeedbackRows {
    private static final String COLUMNS = """
            tenant, event_hash, event_id, received_us, digest, event_time_us, minute, series_id, user_hash, call_hash,
            trace_hash, call_event_id, stars, thumb_up, nps, comment, category, issues,
            score_name, score_value, score_label, score_explanation, score_evaluator""";

    private static final String UNNESTED = """
            unnest($1::text[], $2::uuid[], $3::text[], $4::bigint[], $5::bytea[], $6::bigint[], $7::int[], $8::bigint[],
              $9::uuid[], $10::uuid[], $11::uuid[], $12::text[], $13::smallint[], $14::boolean[], $15::smallint[],
              $16::text[], $17::text[], $18::int[], $19::text[], $20::double precision[], $21::text[], $22::text[],
              $23::text[])""";

    private static final String INSERT = """
            insert into feedback (%1$s) select * from %2$s
            on conflict do nothing returning tenant, event_hash""".formatted(COLUMNS, UNNESTED);

    private static final String UPDATE = """
            update feedback f set event_id = k.event_id, received_us = k.received_us, digest = k.digest,
              event_time_us = k.event_time_us, minute = k.minute, series_id = k.series_id, user_hash = k.user_hash,
              call_hash = k.call_hash, trace_hash = k.trace_hash, call_event_id = k.call_event_id, stars = k.stars,
              thumb_up = k.thumb_up, nps = k.nps, comment = k.comment, category = k.category, issues = k.issues,
              score_name = k.score_name, score_value = k.score_value, score_label = k.score_label,
              score_explanation = k.score_explanation, score_evaluator = k.score_evaluator
            from %2$s as k(%1$s)
            where f.tenant = k.tenant and f.event_hash = k.event_hash""".formatted(COLUMNS, UNNESTED);

    private static final String LOCK = """
            select f.tenant, f.event_hash, f.received_us, f.digest, f.minute, f.user_hash, f.stars, f.nps,
              s.environment, s.app, s.endpoint, s.provider, s.model, s.variant, s.prompt_version
            from unnest($1::text[], $2::uuid[]) as k(tenant, event_hash)
            join feedback f on f.tenant = k.tenant and f.event_hash = k.event_hash
            left join series s on s.tenant = f.tenant and s.series_id = f.series_id
            order by f.tenant, f.event_hash for update of f""";

    @Override
    public Uni<Set<TenantKey>> insert(SqlConnection tx, List<UserFeedback> feedback) {
        return tx.preparedQuery(INSERT).execute(columns(feedback)).map(rows -> {
            Set<TenantKey> inserted = new HashSet<>();
            rows.forEach(row -> inserted.add(key(row)));
            return inserted;
        });
    }

    @Override
    public Uni<Map<TenantKey, Stored>> lock(SqlConnection tx, List<TenantKey> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        Tuple values = new Columns<>(keys)
                .text(TenantKey::tenant)
                .uuid(TenantKey::hash)
                .tuple();
        return tx.preparedQuery(LOCK).execute(values).map(rows -> {
            Map<TenantKey, Stored> stored = new HashMap<>();
            for (Row row : rows) {
                stored.put(key(row), stored(row));
            }
            return stored;
        });
    }

    @Override
    public Uni<Void> update(SqlConnection tx, List<UserFeedback> feedback) {
        return feedback.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(UPDATE).execute(columns(feedback)).replaceWithVoid();
    }

    private static Tuple columns(List<UserFeedback> feedback) {
        return new Columns<>(feedback)
                .text(it -> it.key().tenant())
                .uuid(it -> it.key().hash())
                .text(UserFeedback::eventId)
                .bigint(it -> it.version().receivedUs())
                .bytea(it -> it.version().digest())
                .bigint(UserFeedback::eventTimeUs)
                .integer(it -> Math.toIntExact(it.minute()))
                .bigint(it -> SeriesId.of(it.key().tenant(), it.dimensions()))
                .uuid(UserFeedback::user)
                .uuid(UserFeedback::call)
                .uuid(UserFeedback::trace)
                .text(UserFeedback::callEventId)
                .smallint(it -> small(it.satisfaction().stars()))
                .bool(UserFeedback::thumbUp)
                .smallint(it -> small(it.satisfaction().nps()))
                .text(UserFeedback::comment)
                .text(UserFeedback::category)
                .integer(it -> Issue.toBits(it.issues()))
                .text(it -> ofScore(it, GivenScore::name))
                .number(it -> it.score() == null ? null : it.score().value())
                .text(it -> ofScore(it, GivenScore::label))
                .text(it -> ofScore(it, GivenScore::explanation))
                .text(it -> ofScore(it, GivenScore::evaluator))
                .tuple();
    }

    private static @Nullable String ofScore(UserFeedback feedback, Function<GivenScore, String> part) {
        GivenScore score = feedback.score();
        return score == null ? null : part.apply(score);
    }

    private static @Nullable Short small(@Nullable Integer value) {
        return value == null ? null : Short.valueOf(value.shortValue());
    }

    private static @Nullable Integer whole(@Nullable Short value) {
        return value == null ? null : Integer.valueOf(value);
    }

    private static TenantKey key(Row row) {
        return new TenantKey(row.getString("tenant"), row.getUUID("event_hash"));
    }

    private static Stored stored(Row row) {
        return new Stored(
                new Version(row.getLong("received_us"), row.getBuffer("digest").getBytes()),
                row.getInteger("minute"),
                SeriesDimensions.of(row),
                row.getUUID("user_hash"),
                new Satisfaction(whole(row.getShort("stars")), whole(row.getShort("nps"))));
    }
}
