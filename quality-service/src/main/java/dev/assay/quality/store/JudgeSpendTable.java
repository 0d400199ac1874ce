package dev.assay.quality.store;

import dev.assay.platform.tenancy.TenantReads;
import dev.assay.quality.app.JudgeQueue.Task;
import dev.assay.quality.app.JudgeSpend;
import dev.assay.quality.domain.judge.DailyCap;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What judges were asked, one row a project and day. */
@ApplicationScoped
class JudgeSpendTable implements JudgeSpend {
    /** The row's lock makes one reservation of two that come at once see the other. */
    private static final String RESERVE = """
            insert into judge_spend as s (tenant, day, calls, tokens, skipped)
            select $1::text, $2::int, 1, $3::bigint, 0 where $5::bigint is null or $3 <= $5
            on conflict (tenant, day) do update set calls = s.calls + 1, tokens = s.tokens + excluded.tokens
            where s.reached_us is null and s.calls < $4 and ($5::bigint is null or s.tokens + excluded.tokens <= $5)
            returning 1""";

    private static final String CHANGE = """
            update judge_spend set calls = greatest(0, calls + $3), tokens = greatest(0, tokens + $4)
            where tenant = $1 and day = $2""";

    private static final String REACHED = """
            insert into judge_spend as s (tenant, day, calls, tokens, skipped, reached_us) values ($1, $2, 0, 0, 0, $3)
            on conflict (tenant, day) do update set reached_us = coalesce(s.reached_us, excluded.reached_us)""";

    /** What a job brought has lost no attempt. */
    private static final String SKIP = """
            with skipped as (
              update judge_task set state = case when rescored then 0 else 2 end,
                failure = case when rescored then null else 'daily_cap' end,
                due_us = case when rescored then $6::bigint else due_us end,
                attempts = case when rescored then 0 else attempts end
              where tenant = $1 and epoch = $2 and state = 0 and (event_hash = $3 or due_us <= $4)
              returning rescored)
            insert into judge_spend as s (tenant, day, calls, tokens, skipped, reached_us)
            select $1::text, $5::int, 0, 0, count(*) filter (where not rescored), $4::bigint from skipped
            on conflict (tenant, day) do update
            set skipped = s.skipped + excluded.skipped, reached_us = coalesce(s.reached_us, excluded.reached_us)""";

    private final Pool pool;
    private final TenantReads reads;

    JudgeSpendTable(Pool pool, TenantReads reads) {
        this.pool = pool;
        this.reads = reads;
    }

    @Override
    public Uni<Optional<Reserved>> reserve(String tenant, DailyCap cap, long tokens, Instant now) {
        Reserved wanted = new Reserved(tenant, DailyCap.dayOf(now), tokens);
        return pool.preparedQuery(RESERVE)
                .execute(Tuple.of(tenant, wanted.day(), tokens, cap.calls(), cap.tokens()))
                .chain(rows -> rows.size() > 0
                        ? Uni.createFrom().item(Optional.of(wanted))
                        : pool.preparedQuery(REACHED)
                                .execute(Tuple.of(tenant, wanted.day(), micros(now)))
                                .replaceWith(Optional.<Reserved>empty()));
    }

    @Override
    public Uni<Void> settle(Reserved it, long tokens) {
        return change(it, 0, tokens - it.tokens());
    }

    @Override
    public Uni<Void> release(Reserved it) {
        return change(it, -1, -it.tokens());
    }

    private Uni<Void> change(Reserved it, long calls, long tokens) {
        return pool.preparedQuery(CHANGE)
                .execute(Tuple.of(it.tenant(), it.day(), calls, tokens))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> skip(Task task, Instant now) {
        return pool.preparedQuery(SKIP)
                .execute(Tuple.of(task.tenant(), task.epoch(), task.event(), micros(now), DailyCap.dayOf(now))
                        .addLong(micros(DailyCap.renewedAfter(now))))
                .replaceWithVoid();
    }

    @Override
    public Uni<Day> day(String tenant, Instant now) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery("select * from judge_spend where tenant = $1 and day = $2")
                        .execute(Tuple.of(tenant, DailyCap.dayOf(now)))
                        .map(rows -> rows.size() == 0
                                ? Day.EMPTY
                                : row(rows.iterator().next())));
    }

    private static Day row(Row row) {
        Long reached = row.getLong("reached_us");
        return new Day(
                row.getLong("calls"),
                row.getLong("tokens"),
                row.getLong("skipped"),
                reached == null ? null : Instant.EPOCH.plus(reached, ChronoUnit.MICROS));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
