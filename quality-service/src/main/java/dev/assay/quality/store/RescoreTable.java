package dev.assay.quality.store;

import dev.assay.platform.tenancy.TenantReads;
import dev.assay.platform.window.Minutes;
import dev.assay.quality.app.Rescores;
import dev.assay.quality.domain.judge.DailyCap;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Re-score jobs, and what they put into the queue of the judge. */
@ApplicationScoped
class RescoreTable implements Rescores {
    /** So many wait at most: no more are given. */
    private static final int MOST_WAITING = 200;

    private static final UUID NOBODY = new UUID(0, 0);

    private static final String START = """
            insert into rescore_job (tenant, job_id, epoch, from_minute, end_minute, total, place_minute, place_hash,
              created_us)
            select $1::text, $2::uuid, $3::text, $4::int, $5::int,
              (select count(distinct event_hash) from judge_task where tenant = $1 and minute >= $4 and minute < $5),
              $4::int, $6::uuid, $7::bigint
            on conflict do nothing returning *""";

    private static final String OPEN = """
            select r.*, j.epoch as present from rescore_job r join judge j on j.tenant = r.tenant
            where r.tenant = $1 and r.state = 0 limit 1 for update of r skip locked""";

    /** Jobs that stand for another epoch than the present one are over. */
    static final String SUPERSEDE =
            "update rescore_job set state = 4 where tenant = $1 and epoch <> $2 and state in (0, 1)";

    /** How many wait, and what the day has come to. */
    private static final String STANDING = """
            select j.daily_calls, j.daily_tokens, coalesce(s.calls, 0) as calls, coalesce(s.tokens, 0) as tokens,
              s.reached_us,
              (select count(*) from (
                select from judge_task t where t.tenant = $1 and t.epoch = $2 and t.state = 0 limit $3) w) as waiting
            from judge j left join judge_spend s on s.tenant = j.tenant and s.day = $4
            where j.tenant = $1""";

    /**
     * Of each response of the page the task of the epoch if there is one, else one of another: it is put in where it is new,
     * or has failed. due_us 1 goes after live responses, which have 0.
     */
    private static final String QUEUE = """
            with page as (
              select distinct minute, event_hash from judge_task
              where tenant = $1 and minute < $3 and (minute, event_hash) > ($4, $5)
              order by minute, event_hash limit $6),
            latest as (
              select distinct on (t.event_hash) t.* from page
              join judge_task t on t.tenant = $1 and t.event_hash = page.event_hash
              order by t.event_hash, t.epoch = $2 desc, t.epoch desc),
            put as (
              insert into judge_task as j (tenant, event_hash, epoch, event_id, minute, series_id, weight, content_hash,
                prompt, response, context, due_us, rescored)
              select tenant, event_hash, $2, event_id, minute, series_id, weight, content_hash, prompt, response, context, 1,
                true
              from latest
              on conflict (tenant, event_hash, epoch) do update
              set state = 0, attempts = 0, failure = null, due_us = 1 where j.state = 2
              returning 1)
            select (select count(*) from put) as queued, minute, event_hash from page order by minute, event_hash""";

    private static final String MOVE_ON = """
            update rescore_job set examined = examined + $3, queued = queued + $4, place_minute = $5, place_hash = $6,
              state = $7
            where tenant = $1 and job_id = $2""";

    private final Pool pool;
    private final TenantReads reads;

    RescoreTable(Pool pool, TenantReads reads) {
        this.pool = pool;
        this.reads = reads;
    }

    @Override
    public Uni<Optional<Job>> start(String tenant, String epoch, Instant from, Instant to, Instant now) {
        return pool.preparedQuery(START)
                .execute(Tuple.of(tenant, UUID.randomUUID(), epoch)
                        .addInteger(Math.toIntExact(Minutes.of(from)))
                        .addInteger(Math.toIntExact(Minutes.of(to)))
                        .addUUID(NOBODY)
                        .addLong(ChronoUnit.MICROS.between(Instant.EPOCH, now)))
                .map(rows -> jobs(rows).stream().findFirst());
    }

    @Override
    public Uni<List<Job>> jobs(String tenant) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery(
                                "select * from rescore_job where tenant = $1 order by created_us desc, job_id limit 100")
                        .execute(Tuple.of(tenant))
                        .map(RescoreTable::jobs));
    }

    @Override
    public Uni<Optional<Job>> job(String tenant, UUID id) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery("select * from rescore_job where tenant = $1 and job_id = $2")
                        .execute(Tuple.of(tenant, id))
                        .map(rows -> jobs(rows).stream().findFirst()));
    }

    @Override
    public Uni<Optional<Job>> move(String tenant, UUID id, List<State> from, State to) {
        return pool.preparedQuery("""
                        update rescore_job set state = $4 where tenant = $1 and job_id = $2 and state = any($3)
                        returning *""")
                .execute(Tuple.of(tenant, id)
                        .addArrayOfShort(from.stream()
                                .map(state -> (short) state.ordinal())
                                .toArray(Short[]::new))
                        .addShort((short) to.ordinal()))
                .map(rows -> jobs(rows).stream().findFirst());
    }

    @Override
    public Uni<Void> feed(String tenant, Instant now) {
        return pool.withTransaction(tx -> tx.preparedQuery(OPEN)
                .execute(Tuple.of(tenant))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().voidItem()
                        : feed(tx, tenant, rows.iterator().next(), DailyCap.dayOf(now))));
    }

    /** The epoch is that of the table: a replica may not know yet that another was told of a new one. */
    private static Uni<Void> feed(SqlConnection tx, String tenant, Row job, int day) {
        String epoch = job.getString("epoch");
        if (!epoch.equals(job.getString("present"))) {
            int minute = job.getInteger("place_minute");
            return moveOn(tx, tenant, job, 0, 0, minute, job.getUUID("place_hash"), State.SUPERSEDED);
        }
        return tx.preparedQuery(STANDING)
                .execute(Tuple.of(tenant, epoch, MOST_WAITING, day))
                .map(rows -> most(rows.iterator().next()))
                .chain(most -> most == 0 ? Uni.createFrom().voidItem() : queue(tx, tenant, epoch, job, most));
    }

    /** How many may be given now. */
    private static int most(Row standing) {
        if (standing.getLong("reached_us") != null) {
            return 0;
        }
        long waiting = standing.getLong("waiting");
        long left = new DailyCap(standing.getLong("daily_calls"), standing.getLong("daily_tokens"))
                .leftForEarlier(standing.getLong("calls"), standing.getLong("tokens"), waiting);
        return Math.toIntExact(Math.min(left, MOST_WAITING - waiting));
    }

    private static Uni<Void> queue(SqlConnection tx, String tenant, String epoch, Row job, int most) {
        Tuple page = Tuple.of(tenant, epoch)
                .addInteger(job.getInteger("end_minute"))
                .addInteger(job.getInteger("place_minute"))
                .addUUID(job.getUUID("place_hash"))
                .addInteger(most);
        return tx.preparedQuery(QUEUE).execute(page).chain(rows -> {
            int minute = job.getInteger("place_minute");
            UUID hash = job.getUUID("place_hash");
            long queued = 0;
            for (Row row : rows) {
                minute = row.getInteger("minute");
                hash = row.getUUID("event_hash");
                queued = row.getLong("queued");
            }
            State state = rows.size() < most ? State.DONE : State.RUNNING;
            return moveOn(tx, tenant, job, rows.size(), queued, minute, hash, state);
        });
    }

    private static Uni<Void> moveOn(
            SqlConnection tx, String tenant, Row job, long examined, long queued, int minute, UUID hash, State state) {
        return tx.preparedQuery(MOVE_ON)
                .execute(Tuple.of(tenant, job.getUUID("job_id"))
                        .addLong(examined)
                        .addLong(queued)
                        .addInteger(minute)
                        .addUUID(hash)
                        .addShort((short) state.ordinal()))
                .replaceWithVoid();
    }

    private static List<Job> jobs(RowSet<Row> rows) {
        List<Job> jobs = new ArrayList<>();
        for (Row row : rows) {
            jobs.add(new Job(
                    row.getUUID("job_id"),
                    row.getString("epoch"),
                    Minutes.start(row.getInteger("from_minute")),
                    Minutes.start(row.getInteger("end_minute")),
                    State.values()[row.getShort("state")],
                    row.getLong("total"),
                    row.getLong("examined"),
                    row.getLong("queued"),
                    Instant.EPOCH.plus(row.getLong("created_us"), ChronoUnit.MICROS)));
        }
        return jobs;
    }
}
