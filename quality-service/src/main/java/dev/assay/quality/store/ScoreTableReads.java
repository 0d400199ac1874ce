package dev.assay.quality.store;

import dev.assay.platform.tenancy.TenantReads;
import dev.assay.quality.app.GivenScore;
import dev.assay.quality.app.PublishedScores;
import dev.assay.quality.app.ScoreReads;
import dev.assay.quality.domain.EventHash;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Reads the scores of single calls. */
@ApplicationScoped
class ScoreTableReads implements ScoreReads {
    private final TenantReads reads;

    ScoreTableReads(TenantReads reads) {
        this.reads = reads;
    }

    @Override
    public Uni<List<PublishedScores>> of(String tenant, String eventId) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery("""
                        select c.*, r.evaluators from call_score c join detector_release r using (release)
                        where c.tenant = $1 and c.event_hash = $2 and not c.withdrawn""")
                        .execute(Tuple.of(tenant, EventHash.of(tenant, eventId)))
                        .map(rows -> {
                            List<PublishedScores> scores = new ArrayList<>();
                            rows.forEach(row -> scores.add(ScoreRow.of(row)));
                            return scores;
                        }));
    }

    @Override
    public Uni<List<GivenScore>> given(String tenant, String eventId) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery("""
                        select score_name, score_value, score_label, score_explanation, score_evaluator, call_hash is null
                        from feedback
                        where tenant = $1 and score_name is not null and (call_hash = $2 or (call_hash is null
                          and trace_hash = (select trace_hash from call_text where tenant = $1 and event_hash = $2)))
                        order by event_time_us, event_hash""")
                        .execute(Tuple.of(tenant, EventHash.of(tenant, eventId)))
                        .map(rows -> {
                            List<GivenScore> scores = new ArrayList<>();
                            rows.forEach(row -> scores.add(new GivenScore(
                                    row.getString(0),
                                    row.getDouble(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getBoolean(5))));
                            return scores;
                        }));
    }

    @Override
    public Uni<List<JudgedScore>> judged(String tenant, String eventId) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery("""
                        select s.criterion, s.score, s.justification, s.epoch from judge_score s
                        join judge_task t on t.tenant = s.tenant and t.event_hash = s.event_hash and t.epoch = s.epoch
                          and t.state = 1
                        where s.tenant = $1 and s.event_hash = $2 order by s.epoch, s.criterion""")
                        .execute(Tuple.of(tenant, EventHash.of(tenant, eventId)))
                        .map(rows -> {
                            List<JudgedScore> scores = new ArrayList<>();
                            rows.forEach(row -> scores.add(new JudgedScore(
                                    row.getString(0), row.getShort(1), row.getString(2), row.getString(3))));
                            return scores;
                        }));
    }

    @Override
    public Uni<Long> deadLetters(String tenant) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery("select count(*) from dead_letter where tenant = $1 and not replayed")
                        .execute(Tuple.of(tenant))
                        .map(rows -> rows.iterator().next().getLong(0)));
    }
}
