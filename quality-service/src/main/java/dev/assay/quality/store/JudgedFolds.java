package dev.assay.quality.store;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.platform.rollup.RollupDelta;
import dev.assay.quality.domain.judge.JudgedScores;
import dev.assay.quality.domain.judge.Sampling;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Folds what judges gave: takes back what a response has added, and adds what it has in the judge's present epoch. */
@ApplicationScoped
class JudgedFolds {
    private static final int MOST = 1_000;
    private static final List<String> CRITERIA = List.copyOf(JudgedScores.MEASURES.keySet());

    /**
     * Marks responses, and waits for a job that has just taken the same mark: it may not have seen the new scores.
     * Responses that a job brought into the epoch are passed over: what they added in theirs stays.
     */
    static final String MARK = """
            insert into judged_change as c (tenant, event_hash, source)
            select s.tenant, s.event_hash, min(s.source)
            from unnest($1::text[], $2::uuid[]) as k(tenant, event_hash)
            join call_score s on s.tenant = k.tenant and s.event_hash = k.event_hash
            where not exists (
              select from judge j
              join judge_task t on t.tenant = j.tenant and t.event_hash = s.event_hash and t.epoch = j.epoch and t.rescored
              where j.tenant = s.tenant)
            group by s.tenant, s.event_hash order by s.tenant, s.event_hash
            on conflict (tenant, event_hash) do update set source = excluded.source""";

    private static final String TAKE = """
            delete from judged_change c using (
              select tenant, event_hash from judged_change where source = $1 order by tenant, event_hash limit $2
              for update skip locked) k
            where c.tenant = k.tenant and c.event_hash = k.event_hash
            returning c.tenant, c.event_hash""";

    /** A statement after the taking, so that it sees every score whose mark was taken. */
    private static final String NOW = """
            select k.tenant, k.event_hash, j.rate, t.minute, t.series_id, c.criterion, c.score,
              s.environment, s.app, s.endpoint, s.provider, s.model, s.variant, s.prompt_version
            from unnest($1::text[], $2::uuid[]) as k(tenant, event_hash)
            join judge j on j.tenant = k.tenant
            join judge_task t on t.tenant = k.tenant and t.event_hash = k.event_hash and t.epoch = j.epoch and t.state = 1
              and not t.rescored
            join judge_score c on c.tenant = t.tenant and c.event_hash = t.event_hash and c.epoch = t.epoch
            join series s on s.tenant = t.tenant and s.series_id = t.series_id""";

    private static final String BEFORE = """
            delete from judged_fold f using unnest($1::text[], $2::uuid[]) as k(tenant, event_hash), series s
            where f.tenant = k.tenant and f.event_hash = k.event_hash
              and s.tenant = f.tenant and s.series_id = f.series_id
            returning f.tenant, f.minute, f.accuracy, f.helpfulness, f.relevance, f.completeness, f.coherence,
              s.environment, s.app, s.endpoint, s.provider, s.model, s.variant, s.prompt_version""";

    private static final String KEEP = """
            insert into judged_fold (tenant, event_hash, minute, series_id, accuracy, helpfulness, relevance, completeness,
              coherence)
            select * from unnest($1::text[], $2::uuid[], $3::int[], $4::bigint[], $5::smallint[], $6::smallint[],
              $7::smallint[], $8::smallint[], $9::smallint[])""";

    private record Place(String tenant, UUID event) {}

    private record Fold(Place place, int minute, long series, Dimensions dimensions, Map<String, Integer> scores) {}

    /** Adds to {@code into} what changes; how many responses were looked at. */
    Uni<Integer> collect(SqlConnection tx, short source, RollupDelta into) {
        return tx.preparedQuery(TAKE).execute(Tuple.of(source, MOST)).chain(rows -> {
            if (rows.size() == 0) {
                return Uni.createFrom().item(0);
            }
            List<Place> places = new ArrayList<>();
            rows.forEach(row -> places.add(new Place(row.getString(0), row.getUUID(1))));
            return takeBack(tx, places, into)
                    .chain(() -> tx.preparedQuery(NOW).execute(keys(places)))
                    .chain(now -> add(tx, now, into))
                    .replaceWith(places.size());
        });
    }

    private static Uni<Void> takeBack(SqlConnection tx, List<Place> places, RollupDelta into) {
        return tx.preparedQuery(BEFORE)
                .execute(keys(places))
                .invoke(rows -> rows.forEach(row -> {
                    Map<String, Integer> scores = new HashMap<>();
                    for (String criterion : CRITERIA) {
                        Integer score = row.getInteger(criterion);
                        if (score != null) {
                            scores.put(criterion, score);
                        }
                    }
                    JudgedScores.of(scores)
                            .addTo(
                                    into.at(
                                            row.getString("tenant"),
                                            SeriesDimensions.of(row),
                                            row.getInteger("minute")),
                                    -1);
                }))
                .replaceWithVoid();
    }

    private static Uni<Void> add(SqlConnection tx, Iterable<Row> rows, RollupDelta into) {
        Map<Place, Fold> folds = new LinkedHashMap<>();
        for (Row row : rows) {
            Place place = new Place(row.getString("tenant"), row.getUUID("event_hash"));
            if (new Sampling(row.getDouble("rate"), false).weight(place.event(), false) > 0
                    && CRITERIA.contains(row.getString("criterion"))) {
                folds.computeIfAbsent(
                                place,
                                at -> new Fold(
                                        at,
                                        row.getInteger("minute"),
                                        row.getLong("series_id"),
                                        SeriesDimensions.of(row),
                                        new HashMap<>()))
                        .scores()
                        .put(row.getString("criterion"), row.getInteger("score"));
            }
        }
        if (folds.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        folds.forEach((place, fold) ->
                JudgedScores.of(fold.scores()).addTo(into.at(place.tenant(), fold.dimensions(), fold.minute()), 1));
        Columns<Fold> columns = new Columns<>(List.copyOf(folds.values()))
                .text(fold -> fold.place().tenant())
                .uuid(fold -> fold.place().event())
                .integer(Fold::minute)
                .bigint(Fold::series);
        CRITERIA.forEach(
                criterion -> columns.smallint(fold -> small(fold.scores().get(criterion))));
        return tx.preparedQuery(KEEP).execute(columns.tuple()).replaceWithVoid();
    }

    private static @Nullable Short small(@Nullable Integer score) {
        return score == null ? null : Short.valueOf(score.shortValue());
    }

    private static Tuple keys(List<Place> places) {
        return new Columns<>(places).text(Place::tenant).uuid(Place::event).tuple();
    }
}
