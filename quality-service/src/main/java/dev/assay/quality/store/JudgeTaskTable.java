package dev.assay.quality.store;

import dev.assay.platform.tenancy.TenantReads;
import dev.assay.platform.window.Minutes;
import dev.assay.quality.app.JudgeQueue;
import dev.assay.quality.app.ScoredCall;
import dev.assay.quality.domain.judge.Judgement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The queue of the judges, and their scores. */
@ApplicationScoped
class JudgeTaskTable implements JudgeQueue {
    private static final String PUT = """
            insert into judge_task as t (tenant, event_hash, epoch, event_id, minute, series_id, weight, content_hash,
              prompt, response, context, due_us)
            select k.*, 0 from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::float8[],
              $8::uuid[], $9::text[], $10::text[], $11::text[]) as k
            on conflict (tenant, event_hash, epoch) do update
            set minute = excluded.minute, series_id = excluded.series_id, weight = excluded.weight,
              content_hash = excluded.content_hash, prompt = excluded.prompt, response = excluded.response,
              context = excluded.context, due_us = 0, state = 0, attempts = 0, failure = null, cached = false,
              overall = null, rescored = false
            where t.content_hash <> excluded.content_hash
            returning t.tenant, t.event_hash, t.xmax <> 0 as revised""";

    private static final String CLAIM = """
            update judge_task t set attempts = t.attempts + 1, due_us = $5
            from (select tenant, event_hash, epoch from judge_task
                  where tenant = $1 and epoch = $2 and state = 0 and due_us <= $4
                  order by due_us, event_hash limit $3 for update skip locked) k
            where t.tenant = k.tenant and t.event_hash = k.event_hash and t.epoch = k.epoch
            returning t.*""";

    /** The scores go to the task only while it still has the texts that were judged. */
    private static final String SCORED = """
            with done as (
              update judge_task set state = 1, overall = $5, failure = null, cached = false
              where tenant = $1 and event_hash = $2 and epoch = $3 and content_hash = $4
              returning minute, series_id, weight)
            insert into judge_score as s (tenant, event_hash, epoch, criterion, score, justification, minute, series_id, weight)
            select $1, $2, $3, k.criterion, k.score, k.justification, d.minute, d.series_id, d.weight
            from done d cross join unnest($6::text[], $7::smallint[], $8::text[]) as k(criterion, score, justification)
            on conflict (tenant, event_hash, epoch, criterion) do update
            set score = excluded.score, justification = excluded.justification, minute = excluded.minute,
              series_id = excluded.series_id, weight = excluded.weight""";

    private static final String FROM_CACHE = """
            with same as (
              select event_hash, overall from judge_task
              where tenant = $1 and epoch = $3 and content_hash = $4 and state = 1 and event_hash <> $2 limit 1),
            done as (
              update judge_task t set state = 1, overall = same.overall, failure = null, cached = true from same
              where t.tenant = $1 and t.event_hash = $2 and t.epoch = $3 and t.content_hash = $4
              returning t.minute, t.series_id, t.weight)
            insert into judge_score as s (tenant, event_hash, epoch, criterion, score, justification, minute, series_id, weight)
            select $1, $2, $3, o.criterion, o.score, o.justification, d.minute, d.series_id, d.weight
            from done d, same join judge_score o on o.tenant = $1 and o.event_hash = same.event_hash and o.epoch = $3
            on conflict (tenant, event_hash, epoch, criterion) do update
            set score = excluded.score, justification = excluded.justification, minute = excluded.minute,
              series_id = excluded.series_id, weight = excluded.weight""";

    private static final String STANDING = """
            select state, coalesce(failure, '') as failure, count(*) as n, count(*) filter (where cached) as cached,
              min(minute) as oldest
            from judge_task where tenant = $1 and epoch = $2 group by state, coalesce(failure, '')""";

    private final Pool pool;
    private final TenantReads reads;

    JudgeTaskTable(Pool pool, TenantReads reads) {
        this.pool = pool;
        this.reads = reads;
    }

    @Override
    public Uni<Void> put(SqlConnection tx, List<Task> tasks) {
        return tasks.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(PUT)
                        .execute(new Columns<>(tasks)
                                .text(Task::tenant)
                                .uuid(Task::event)
                                .text(Task::epoch)
                                .text(Task::eventId)
                                .integer(task -> Math.toIntExact(task.minute()))
                                .bigint(Task::seriesId)
                                .number(Task::weight)
                                .uuid(Task::contentHash)
                                .text(Task::prompt)
                                .text(Task::response)
                                .text(Task::context)
                                .tuple())
                        .chain(rows -> {
                            List<Place> revised = new ArrayList<>();
                            rows.forEach(row -> {
                                if (row.getBoolean("revised")) { // its scores are of texts that are no more
                                    revised.add(new Place(row.getString("tenant"), row.getUUID("event_hash")));
                                }
                            });
                            return mark(tx, revised);
                        });
    }

    private record Place(String tenant, UUID event) {}

    /** Has the windows follow what happened to scores, in the same transaction. */
    private static Uni<Void> mark(SqlConnection tx, List<Place> places) {
        return places.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(JudgedFolds.MARK)
                        .execute(new Columns<>(places)
                                .text(Place::tenant)
                                .uuid(Place::event)
                                .tuple())
                        .replaceWithVoid();
    }

    @Override
    public Uni<Void> forget(SqlConnection tx, List<ScoredCall> withdrawn) {
        if (withdrawn.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple keys = new Columns<>(withdrawn)
                .text(call -> call.key().tenant())
                .uuid(call -> call.key().event())
                .tuple();
        return tx.preparedQuery("""
                        with k as (select * from unnest($1::text[], $2::uuid[]) as k(tenant, event_hash)),
                        scores as (
                          delete from judge_score s using k where s.tenant = k.tenant and s.event_hash = k.event_hash),
                        labels as (
                          delete from label l using k where l.tenant = k.tenant and l.event_hash = k.event_hash)
                        delete from judge_task t using k where t.tenant = k.tenant and t.event_hash = k.event_hash""")
                .execute(keys)
                .chain(() -> mark(
                        tx,
                        withdrawn.stream()
                                .map(call -> new Place(
                                        call.key().tenant(), call.key().event()))
                                .toList()));
    }

    @Override
    public Uni<List<Claimed>> claim(String tenant, String epoch, int most, Instant now, Instant leaseEnd) {
        return pool.preparedQuery(CLAIM)
                .execute(Tuple.of(tenant, epoch, most, micros(now), micros(leaseEnd)))
                .map(rows -> {
                    List<Claimed> claimed = new ArrayList<>();
                    rows.forEach(row -> claimed.add(new Claimed(task(row), row.getShort("attempts"))));
                    return claimed;
                });
    }

    @Override
    public Uni<Boolean> scoreFromCache(Task it) {
        return pool.withTransaction(tx -> tx.preparedQuery(FROM_CACHE)
                .execute(Tuple.of(it.tenant(), it.event(), it.epoch(), it.contentHash()))
                .map(rows -> rows.rowCount() > 0)
                .call(cached -> cached
                        ? mark(tx, List.of(new Place(it.tenant(), it.event())))
                        : Uni.createFrom().voidItem()));
    }

    @Override
    public Uni<Void> scored(Task it, Judgement judgement) {
        List<Map.Entry<String, Judgement.Score>> scores =
                List.copyOf(judgement.scores().entrySet());
        Tuple values = Tuple.of(it.tenant(), it.event(), it.epoch(), it.contentHash())
                .addFloat((float) judgement.overall())
                .addArrayOfString(scores.stream().map(Map.Entry::getKey).toArray(String[]::new))
                .addArrayOfShort(scores.stream()
                        .map(score -> (short) score.getValue().score())
                        .toArray(Short[]::new))
                .addArrayOfString(scores.stream()
                        .map(score -> score.getValue().justification())
                        .toArray(String[]::new));
        return pool.withTransaction(tx -> tx.preparedQuery(SCORED)
                .execute(values)
                .chain(() -> mark(tx, List.of(new Place(it.tenant(), it.event())))));
    }

    @Override
    public Uni<Void> failed(Task it, String reason, @Nullable Instant again) {
        return pool.preparedQuery("""
                        update judge_task set failure = $5, state = $6, due_us = $7
                        where tenant = $1 and event_hash = $2 and epoch = $3 and content_hash = $4 and state = 0""")
                .execute(Tuple.of(it.tenant(), it.event(), it.epoch(), it.contentHash())
                        .addString(reason)
                        .addShort((short) (again == null ? 2 : 0))
                        .addLong(again == null ? 0 : micros(again)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Standing> standing(String tenant, String epoch) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery(STANDING)
                        .execute(Tuple.of(tenant, epoch))
                        .map(rows -> {
                            long waiting = 0;
                            long scored = 0;
                            long cached = 0;
                            Integer oldest = null;
                            Map<String, Long> failed = new TreeMap<>();
                            for (Row row : rows) {
                                long n = row.getLong("n");
                                switch (row.getShort("state")) {
                                    case 0 -> {
                                        waiting += n;
                                        int minute = row.getInteger("oldest");
                                        oldest = oldest == null ? minute : Math.min(oldest, minute);
                                    }
                                    case 1 -> {
                                        scored += n;
                                        cached += row.getLong("cached");
                                    }
                                    default -> failed.merge(row.getString("failure"), n, Long::sum);
                                }
                            }
                            return new Standing(
                                    waiting, oldest == null ? null : Minutes.start(oldest), scored, cached, failed);
                        }));
    }

    private static Task task(Row row) {
        return new Task(
                row.getString("tenant"),
                row.getUUID("event_hash"),
                row.getString("event_id"),
                row.getString("epoch"),
                row.getInteger("minute"),
                row.getLong("series_id"),
                row.getDouble("weight"),
                row.getUUID("content_hash"),
                row.getString("prompt"),
                row.getString("response"),
                row.getString("context"));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
