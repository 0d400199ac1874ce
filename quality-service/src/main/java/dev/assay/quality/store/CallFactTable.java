package dev.assay.quality.store;

import dev.assay.platform.window.SeriesId;
import dev.assay.quality.app.CallFact;
import dev.assay.quality.app.CallFacts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What calls were to users and sessions. */
@ApplicationScoped
class CallFactTable implements CallFacts {
    private static final String KEEP = """
            insert into call_fact as f (tenant, event_hash, event_time_us, minute, series_id, user_hash, session_hash,
              trace_hash, duration_us, failed, findings, query_words)
            select k.tenant, k.event_hash, k.event_time_us, k.minute, k.series_id, k.user_hash, k.session_hash,
              k.trace_hash, k.duration_us, k.failed, k.findings, string_to_array(k.words, ',')::int[]
            from unnest($1::text[], $2::uuid[], $3::bigint[], $4::int[], $5::bigint[], $6::uuid[], $7::uuid[], $8::uuid[],
              $9::bigint[], $10::boolean[], $11::int[], $12::text[])
              as k(tenant, event_hash, event_time_us, minute, series_id, user_hash, session_hash, trace_hash, duration_us,
                failed, findings, words)
            on conflict (tenant, event_hash) do update
            set event_time_us = excluded.event_time_us, minute = excluded.minute, series_id = excluded.series_id,
              user_hash = excluded.user_hash, session_hash = excluded.session_hash, trace_hash = excluded.trace_hash,
              duration_us = excluded.duration_us, failed = excluded.failed, findings = excluded.findings,
              query_words = excluded.query_words""";

    private static final String FORGET = """
            delete from call_fact f using unnest($1::text[], $2::uuid[]) as k(tenant, event_hash)
            where f.tenant = k.tenant and f.event_hash = k.event_hash""";

    @Override
    public Uni<Void> put(SqlConnection tx, List<CallFact> facts, short source) {
        List<CallFact> kept = facts.stream().filter(CallFact::isKept).toList();
        List<CallFact> gone = facts.stream().filter(fact -> !fact.isKept()).toList();
        return markSessions(tx, facts, source).chain(() -> keep(tx, kept)).chain(() -> forget(tx, gone));
    }

    private static Uni<Void> markSessions(SqlConnection tx, List<CallFact> facts, short source) {
        return facts.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(RequeryFolds.MARK)
                        .execute(new Columns<>(facts)
                                .text(fact -> fact.call().key().tenant())
                                .uuid(fact -> fact.call().key().event())
                                .uuid(fact -> fact.isKept() ? fact.session() : null)
                                .bigint(fact -> fact.call().eventTimeUs())
                                .one(source)
                                .tuple())
                        .replaceWithVoid();
    }

    private static Uni<Void> keep(SqlConnection tx, List<CallFact> facts) {
        return facts.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(KEEP)
                        .execute(new Columns<>(facts)
                                .text(fact -> fact.call().key().tenant())
                                .uuid(fact -> fact.call().key().event())
                                .bigint(fact -> fact.call().eventTimeUs())
                                .integer(fact -> Math.toIntExact(fact.call().minute()))
                                .bigint(fact -> SeriesId.of(
                                        fact.call().key().tenant(), fact.call().dimensions()))
                                .uuid(fact -> fact.call().user())
                                .uuid(CallFact::session)
                                .uuid(fact -> fact.call().trace())
                                .bigint(CallFact::durationUs)
                                .bool(CallFact::failed)
                                .integer(fact -> fact.call().contribution().findings())
                                .text(CallFactTable::words)
                                .tuple())
                        .replaceWithVoid();
    }

    private static @Nullable String words(CallFact fact) {
        return fact.queryWords().length == 0
                ? null
                : Arrays.stream(fact.queryWords()).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    private static Uni<Void> forget(SqlConnection tx, List<CallFact> facts) {
        return facts.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(FORGET)
                        .execute(new Columns<>(facts)
                                .text(fact -> fact.call().key().tenant())
                                .uuid(fact -> fact.call().key().event())
                                .tuple())
                        .replaceWithVoid();
    }
}
