package dev.assay.quality.store;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.rollup.RollupDelta;
import dev.assay.quality.domain.users.SessionQueries;
import dev.assay.quality.domain.users.SessionQueries.Asked;
import dev.assay.quality.domain.users.SessionQueries.Query;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Folds the queries of sessions: around what changed they are told anew, what they had added is taken back, and what they
 * are now is added. A window that was complete changes when somebody asks again.
 */
@ApplicationScoped
class RequeryFolds {
    private static final Logger LOG = Logger.getLogger(RequeryFolds.class);
    private static final int MOST_SESSIONS = 500;

    /** Calls that are read for one page of sessions, in memory and under the source's lock; at least those of one session. */
    private static final int MOST_READ = 4_000;

    /** What has more calls than this around a change is no person's session: a constant sent as an id, say. */
    private static final int MOST_CALLS = 2_000;

    /** A change can tell on queries so far from it. */
    private static final long NEAR_US = Duration.ofMinutes(15).toMillis() * 1_000;

    /** Queries within that reach are told by calls so much further away. */
    private static final long MARGIN_US = Duration.ofMinutes(10).toMillis() * 1_000;

    /** Marks the sessions of calls as they are and as they were: before the facts are written. */
    static final String MARK = """
            insert into session_change as c (tenant, session_hash, source, low_us, high_us)
            select m.tenant, m.session_hash, $5::smallint, min(m.time_us), max(m.time_us)
            from (select k.tenant, k.session_hash, k.time_us
                  from unnest($1::text[], $3::uuid[], $4::bigint[]) as k(tenant, session_hash, time_us)
                  union all
                  select f.tenant, f.session_hash, f.event_time_us
                  from unnest($1::text[], $2::uuid[]) as k(tenant, event_hash)
                  join call_fact f on f.tenant = k.tenant and f.event_hash = k.event_hash) m
            where m.session_hash is not null
            group by m.tenant, m.session_hash order by m.tenant, m.session_hash
            on conflict (tenant, session_hash) do update
            set low_us = least(c.low_us, excluded.low_us), high_us = greatest(c.high_us, excluded.high_us)""";

    /** As many sessions as may be read at once; what is left is left for the next page. calls: $3 at most. */
    private static final String TAKE = """
            with waiting as (
              select tenant, session_hash, low_us, high_us from session_change where source = $1
              order by tenant, session_hash limit $2 for update skip locked),
            sized as (
              select w.tenant, w.session_hash, n.calls,
                sum(case when n.calls < $3 then n.calls else 0 end) over (order by w.tenant, w.session_hash) as read
              from waiting w cross join lateral (
                select count(*) as calls from (
                  select from call_fact c
                  where c.tenant = w.tenant and c.session_hash = w.session_hash
                    and c.event_time_us between w.low_us - $4 and w.high_us + $4
                  limit $3) near) n)
            delete from session_change c using sized k
            where c.tenant = k.tenant and c.session_hash = k.session_hash and k.read <= $5::bigint
            returning c.tenant, c.session_hash, c.low_us, c.high_us, k.calls""";

    private static final String CALLS = """
            select k.ord, f.event_hash, f.trace_hash, f.event_time_us, f.minute, f.series_id, f.query_words,
              s.environment, s.app, s.endpoint, s.provider, s.model, s.variant, s.prompt_version
            from unnest($1::text[], $2::uuid[], $3::bigint[], $4::bigint[]) with ordinality
              as k(tenant, session_hash, low_us, high_us, ord)
            cross join lateral (
              select * from call_fact c
              where c.tenant = k.tenant and c.session_hash = k.session_hash
                and c.event_time_us between k.low_us - $5 and k.high_us + $5
              order by c.event_time_us, c.event_hash limit $6) f
            join series s on s.tenant = f.tenant and s.series_id = f.series_id""";

    private static final String BEFORE = """
            delete from requery_fold f using series s,
              unnest($1::text[], $2::uuid[], $3::bigint[], $4::bigint[]) as k(tenant, session_hash, low_us, high_us)
            where f.tenant = k.tenant and f.session_hash = k.session_hash
              and f.event_time_us between k.low_us and k.high_us
              and s.tenant = f.tenant and s.series_id = f.series_id
            returning f.tenant, f.minute, f.rephrased,
              s.environment, s.app, s.endpoint, s.provider, s.model, s.variant, s.prompt_version""";

    /** What a query has added at another time, when its call's time was another. */
    private static final String BEFORE_ELSEWHERE = """
            delete from requery_fold f using series s,
              unnest($1::text[], $2::uuid[], $3::uuid[]) as k(tenant, session_hash, event_hash)
            where f.tenant = k.tenant and f.session_hash = k.session_hash and f.event_hash = k.event_hash
              and s.tenant = f.tenant and s.series_id = f.series_id
            returning f.tenant, f.minute, f.rephrased,
              s.environment, s.app, s.endpoint, s.provider, s.model, s.variant, s.prompt_version""";

    private static final String KEEP = """
            insert into requery_fold (tenant, session_hash, event_hash, event_time_us, minute, series_id, rephrased)
            select * from unnest($1::text[], $2::uuid[], $3::uuid[], $4::bigint[], $5::int[], $6::bigint[], $7::boolean[])""";

    private record Session(String tenant, UUID hash, long lowUs, long highUs) {}

    private record Call(Asked asked, int minute, long series, Dimensions dimensions) {}

    private record Fold(Session session, Query query, Call call) {}

    /** Adds to {@code into} what changes; how many sessions were looked at. */
    Uni<Integer> collect(SqlConnection tx, short source, RollupDelta into) {
        Tuple page = Tuple.of(source, MOST_SESSIONS, MOST_CALLS + 1, NEAR_US + MARGIN_US, MOST_READ);
        return tx.preparedQuery(TAKE).execute(page).chain(rows -> {
            List<Session> sessions = new ArrayList<>();
            for (Row row : rows) {
                String tenant = row.getString(0);
                if (row.getLong(4) > MOST_CALLS) {
                    LOG.debugf("%s: a session with over %d calls is left out of re-query windows", tenant, MOST_CALLS);
                } else {
                    sessions.add(
                            new Session(tenant, row.getUUID(1), row.getLong(2) - NEAR_US, row.getLong(3) + NEAR_US));
                }
            }
            Uni<Void> retold = sessions.isEmpty() ? Uni.createFrom().voidItem() : retell(tx, sessions, into);
            return retold.replaceWith(rows.size());
        });
    }

    private static Uni<Void> retell(SqlConnection tx, List<Session> sessions, RollupDelta into) {
        Tuple around = columns(sessions).tuple().addLong(MARGIN_US).addInteger(MOST_CALLS + 1);
        return tx.preparedQuery(CALLS).execute(around).chain(rows -> {
            Map<Integer, Map<UUID, Call>> calls = new HashMap<>();
            rows.forEach(row -> calls.computeIfAbsent(Math.toIntExact(row.getLong("ord")) - 1, ord -> new HashMap<>())
                    .put(row.getUUID("event_hash"), call(row)));
            List<Session> told = new ArrayList<>();
            List<Fold> folds = new ArrayList<>();
            for (int i = 0; i < sessions.size(); i++) {
                Map<UUID, Call> its = calls.getOrDefault(i, Map.of());
                if (its.size() <= MOST_CALLS) { // more may have come since they were counted
                    told.add(sessions.get(i));
                    folds.addAll(folds(sessions.get(i), its));
                }
            }
            return takeBack(tx, told, folds, into).chain(() -> add(tx, folds, into));
        });
    }

    private static List<Fold> folds(Session it, Map<UUID, Call> calls) {
        List<Fold> folds = new ArrayList<>();
        for (Query query :
                SessionQueries.of(calls.values().stream().map(Call::asked).toList())) {
            Call call = calls.get(query.event());
            if (call != null && query.timeUs() >= it.lowUs() && query.timeUs() <= it.highUs()) {
                folds.add(new Fold(it, query, call));
            }
        }
        return folds;
    }

    private static Columns<Session> columns(List<Session> sessions) {
        return new Columns<>(sessions)
                .text(Session::tenant)
                .uuid(Session::hash)
                .bigint(Session::lowUs)
                .bigint(Session::highUs);
    }

    private static Uni<Void> takeBack(SqlConnection tx, List<Session> sessions, List<Fold> folds, RollupDelta into) {
        Tuple queries = new Columns<>(folds)
                .text(fold -> fold.session().tenant())
                .uuid(fold -> fold.session().hash())
                .uuid(fold -> fold.query().event())
                .tuple();
        return takeBack(tx, BEFORE, columns(sessions).tuple(), into)
                .chain(() -> takeBack(tx, BEFORE_ELSEWHERE, queries, into));
    }

    private static Uni<Void> takeBack(SqlConnection tx, String sql, Tuple keys, RollupDelta into) {
        return tx.preparedQuery(sql)
                .execute(keys)
                .invoke(rows -> rows.forEach(
                        row -> into.at(row.getString("tenant"), SeriesDimensions.of(row), row.getInteger("minute"))
                                .add(Measure.MEASURE_REQUERY, -1, row.getBoolean("rephrased") ? -1 : 0)))
                .replaceWithVoid();
    }

    private static Uni<Void> add(SqlConnection tx, List<Fold> folds, RollupDelta into) {
        if (folds.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        folds.forEach(fold -> into.at(
                        fold.session().tenant(),
                        fold.call().dimensions(),
                        fold.call().minute())
                .add(Measure.MEASURE_REQUERY, 1, fold.query().rephrased() ? 1 : 0));
        return tx.preparedQuery(KEEP)
                .execute(new Columns<>(folds)
                        .text(fold -> fold.session().tenant())
                        .uuid(fold -> fold.session().hash())
                        .uuid(fold -> fold.query().event())
                        .bigint(fold -> fold.query().timeUs())
                        .integer(fold -> fold.call().minute())
                        .bigint(fold -> fold.call().series())
                        .bool(fold -> fold.query().rephrased())
                        .tuple())
                .replaceWithVoid();
    }

    private static Call call(Row row) {
        Integer[] words = row.getArrayOfIntegers("query_words");
        return new Call(
                new Asked(
                        row.getUUID("event_hash"),
                        row.getUUID("trace_hash"),
                        row.getLong("event_time_us"),
                        words == null
                                ? new int[0]
                                : Arrays.stream(words)
                                        .mapToInt(Integer::intValue)
                                        .sorted()
                                        .toArray()),
                row.getInteger("minute"),
                row.getLong("series_id"),
                SeriesDimensions.of(row));
    }
}
