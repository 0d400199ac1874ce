package dev.assay.quality.store;

import dev.assay.contracts.common.v1.Revision;
import dev.assay.platform.sink.PartitionBatch;
import dev.assay.platform.window.SeriesId;
import dev.assay.quality.app.CallScores;
import dev.assay.quality.app.PublishedScores;
import dev.assay.quality.app.ScoredCall;
import dev.assay.quality.app.ScoredCall.Key;
import dev.assay.quality.domain.detect.Detector;
import dev.assay.quality.domain.detect.Finding;
import dev.assay.quality.domain.detect.Verdict;
import dev.assay.quality.domain.safety.CallContribution;
import dev.assay.quality.domain.safety.Presence;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of {@code call_score}: each call's present state, and what it added to its window. */
@ApplicationScoped
class CallScoreTable implements CallScores {
    private static final Presence[] PRESENCES = Presence.values();

    private static final String COLUMNS = """
            tenant, ledger_day, event_hash, event_id, generation, position, record_offset, event_time_us, minute, series_id,
            user_hash, withdrawn, presence, findings, words, toxicity, refusal, harmful_prompt, jailbreak_attempt,
            jailbreak_success, groundedness, pii, labels""";

    private static final String UNNESTED = """
            unnest($1::text[], $2::int[], $3::uuid[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
              $9::int[], $10::bigint[], $11::uuid[], $12::boolean[], $13::smallint[], $14::int[], $15::int[], $16::real[],
              $17::real[], $18::real[], $19::real[], $20::real[], $21::real[], $22::real[], $23::int[])""";

    private static final String INSERT = """
            insert into call_score (%1$s, source, release)
            select k.*, $24, $25 from %2$s as k
            on conflict do nothing
            returning tenant, ledger_day, event_hash""".formatted(COLUMNS, UNNESTED);

    private static final String UPDATE = """
            update call_score c set generation = k.generation, position = k.position, record_offset = k.record_offset,
              event_time_us = k.event_time_us, minute = k.minute, series_id = k.series_id, user_hash = k.user_hash,
              withdrawn = k.withdrawn, presence = k.presence, findings = k.findings, words = k.words,
              toxicity = k.toxicity, refusal = k.refusal, harmful_prompt = k.harmful_prompt,
              jailbreak_attempt = k.jailbreak_attempt, jailbreak_success = k.jailbreak_success,
              groundedness = k.groundedness, pii = k.pii, labels = k.labels, source = $24, release = $25
            from %2$s as k(%1$s)
            where c.tenant = k.tenant and c.ledger_day = k.ledger_day and c.event_hash = k.event_hash""".formatted(COLUMNS, UNNESTED);

    private static final String LOCK = """
            select c.tenant, c.ledger_day, c.event_hash, c.generation, c.position, c.minute, c.user_hash, c.presence,
              c.findings, c.words, s.environment, s.app, s.endpoint, s.provider, s.model, s.variant, s.prompt_version
            from unnest($1::text[], $2::int[], $3::uuid[]) as k(tenant, ledger_day, event_hash)
            join call_score c on c.tenant = k.tenant and c.ledger_day = k.ledger_day and c.event_hash = k.event_hash
            left join series s on s.tenant = c.tenant and s.series_id = c.series_id
            order by c.tenant, c.ledger_day, c.event_hash
            for update of c""";

    @Override
    public Uni<Set<Key>> insert(SqlConnection tx, List<ScoredCall> calls, short source, short release) {
        return tx.preparedQuery(INSERT).execute(columns(calls, source, release)).map(rows -> {
            Set<Key> inserted = new HashSet<>();
            rows.forEach(row -> inserted.add(key(row)));
            return inserted;
        });
    }

    @Override
    public Uni<Map<Key, Stored>> lock(SqlConnection tx, List<Key> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        Tuple values = new Columns<>(keys)
                .text(Key::tenant)
                .integer(Key::ledgerDay)
                .uuid(Key::event)
                .tuple();
        return tx.preparedQuery(LOCK).execute(values).map(rows -> {
            Map<Key, Stored> stored = new HashMap<>();
            for (Row row : rows) {
                stored.put(key(row), stored(row));
            }
            return stored;
        });
    }

    @Override
    public Uni<Void> update(SqlConnection tx, List<ScoredCall> calls, short source, short release) {
        return calls.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(UPDATE)
                        .execute(columns(calls, source, release))
                        .replaceWithVoid();
    }

    @Override
    public Uni<List<PublishedScores>> changedBy(SqlConnection connection, PartitionBatch.Range range) {
        return connection
                .preparedQuery("""
                        select c.*, r.evaluators from call_score c join detector_release r using (release)
                        where c.source = $1 and c.record_offset >= $2 and c.record_offset < $3""")
                .execute(Tuple.of(range.source(), range.from(), range.to()))
                .map(rows -> {
                    List<PublishedScores> scores = new ArrayList<>();
                    rows.forEach(row -> scores.add(ScoreRow.of(row)));
                    return scores;
                });
    }

    private static Tuple columns(List<ScoredCall> calls, short source, short release) {
        Columns<ScoredCall> columns = new Columns<>(calls)
                .text(call -> call.key().tenant())
                .integer(call -> call.key().ledgerDay())
                .uuid(call -> call.key().event())
                .text(ScoredCall::eventId)
                .bigint(call -> call.revision().getGeneration())
                .bigint(call -> call.revision().getPosition())
                .bigint(ScoredCall::offset)
                .bigint(ScoredCall::eventTimeUs)
                .integer(call -> Math.toIntExact(call.minute()))
                .bigint(call -> SeriesId.of(call.key().tenant(), call.dimensions()))
                .uuid(ScoredCall::user)
                .bool(ScoredCall::withdrawn)
                .smallint(call -> (short) call.contribution().presence().ordinal())
                .integer(call -> call.contribution().findings())
                .integer(call -> call.contribution().words());
        for (Detector detector : Detector.values()) {
            columns.real(call -> score(call.verdict(), detector));
        }
        return columns.integer(call -> Labels.bits(call.verdict()))
                .one(source)
                .one(release)
                .tuple();
    }

    private static @Nullable Float score(@Nullable Verdict verdict, Detector detector) {
        Finding finding = verdict == null ? null : detector.in(verdict);
        return finding == null ? null : Float.valueOf((float) finding.score());
    }

    private static Key key(Row row) {
        return new Key(row.getString("tenant"), row.getInteger("ledger_day"), row.getUUID("event_hash"));
    }

    private static Stored stored(Row row) {
        return new Stored(
                Revision.newBuilder()
                        .setGeneration(row.getLong("generation"))
                        .setPosition(row.getLong("position"))
                        .build(),
                row.getInteger("minute"),
                SeriesDimensions.of(row),
                row.getUUID("user_hash"),
                new CallContribution(
                        PRESENCES[row.getShort("presence")], row.getInteger("findings"), row.getInteger("words")));
    }
}
