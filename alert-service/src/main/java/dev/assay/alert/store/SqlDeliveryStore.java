package dev.assay.alert.store;

import dev.assay.alert.app.Delivery;
import dev.assay.alert.app.DeliveryStore;
import dev.assay.alert.domain.notification.NextStep;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The outbox of notifications in PostgreSQL. */
@ApplicationScoped
class SqlDeliveryStore implements DeliveryStore {
    private static final Logger LOG = Logger.getLogger(SqlDeliveryStore.class);

    /**
     * What a receiver gets grouped waits until it is released; grouping may hold it for an hour and a quarter at most,
     * so that what has waited for two is not left to it.
     */
    private static final String CLAIM = """
        with due as (
          select d.tenant, d.delivery_id from delivery d
          where d.state = 'queued' and d.next_attempt_time <= now()
            and (d.leased_until is null or d.leased_until < now())
            and (d.released_time is not null or d.attempts > 0
              or d.next_attempt_time < now() - interval '2 hours' or not exists (
              select 1 from receiver g
              where g.tenant = d.tenant and g.receiver_id = d.receiver_id and g.grouping <> ''))
            and not exists (
              select 1 from delivery e
              where e.tenant = d.tenant and e.incident_id = d.incident_id and e.receiver_id = d.receiver_id
                and e.state = 'queued' and e.seq < d.seq)
          order by d.next_attempt_time limit $1
          for update skip locked),
        claimed as (
          update delivery d set attempts = d.attempts + 1, leased_until = now() + $2 * interval '1 millisecond'
          from due where d.tenant = due.tenant and d.delivery_id = due.delivery_id
          returning d.*)
        select c.tenant, c.delivery_id, c.incident_id, c.transition, c.body, c.attempts, c.receiver_id, c.receiver_name,
          (extract(epoch from now() - c.created_time) * 1000)::bigint as age_ms, r.type, r.url, r.secret
        from claimed c left join receiver r on r.tenant = c.tenant and r.receiver_id = c.receiver_id
        order by c.seq\
        """;

    /**
     * Only the one who holds the claim records; a slower one, whose lease ran out, changes nothing. The fall-back
     * receiver is told of each incident by itself, whatever was put together for the first: it may be one that has an
     * incident of its own for each, and a digest has no end.
     */
    private static final String RECORD = """
        with recorded as (
          update delivery set state = $4, detail = $5, leased_until = null,
            next_attempt_time = now() + $6 * interval '1 millisecond',
            finished_time = case when $4 = 'queued' then null else now() end
          where tenant = $1 and delivery_id = $2 and attempts = $3 and state = 'queued'
          returning tenant, delivery_id, incident_id, transition, receiver_id, body, group_keys, repeats),
        singles as (
          select incident_id, transition, body from recorded where incident_id not like 'grp-%'
          union all
          select m.incident_id, m.transition, m.body from recorded d
          join delivery m on m.tenant = d.tenant and m.receiver_id = d.receiver_id and m.told_within = d.incident_id
          union all
          (select distinct on (m.incident_id) m.incident_id, m.transition, m.body from recorded d
          join notification_group g
            on g.tenant = d.tenant and g.receiver_id = d.receiver_id and g.group_key = any(d.group_keys)
          join delivery m on m.tenant = d.tenant and m.receiver_id = d.receiver_id and m.incident_id = any(g.firing)
          where d.repeats and m.transition like 'firing%'
          order by m.incident_id, m.seq desc)),
        elsewhere as (
          insert into delivery (tenant, incident_id, transition, receiver_id, receiver_name, body)
          select r.tenant, s.incident_id, s.transition, f.receiver_id, f.name, s.body from recorded d
          join receiver r on r.tenant = d.tenant and r.receiver_id = d.receiver_id
          join receiver f on f.tenant = r.tenant and f.receiver_id = r.fallback
          cross join singles s
          where $7
          on conflict (tenant, incident_id, transition, receiver_id) do nothing)
        insert into delivery_attempt (tenant, delivery_id, attempt, detail)
        select $1, $2, $3, $5 from recorded on conflict do nothing\
        """;

    /** From so many failed tries on, the fall-back receiver is told too. */
    private static final int PATIENT_TRIES = 3;

    private final Pool pool;
    private final ReceiverSecrets secrets;

    SqlDeliveryStore(Pool pool, ReceiverSecrets secrets) {
        this.pool = pool;
        this.secrets = secrets;
    }

    @Override
    public Uni<List<Delivery>> claim(int max, Duration lease) {
        return pool.preparedQuery(CLAIM)
                .execute(Tuple.of(max, (double) lease.toMillis()))
                .map(rows -> {
                    List<Delivery> claimed = new ArrayList<>();
                    rows.forEach(row -> claimed.add(delivery(row)));
                    return claimed;
                });
    }

    @Override
    public Uni<Void> record(Delivery delivery, NextStep step) {
        String state = step instanceof NextStep.Delivered
                ? "delivered"
                : step instanceof NextStep.GiveUp ? "failed" : "queued";
        double delay = step instanceof NextStep.Retry retry ? retry.delay().toMillis() : 0;
        return pool.preparedQuery(RECORD)
                .execute(Tuple.tuple()
                        .addString(delivery.tenant())
                        .addUUID(delivery.id())
                        .addInteger(delivery.attempt())
                        .addString(state)
                        .addString(step.detail())
                        .addDouble(delay)
                        .addBoolean(step instanceof NextStep.GiveUp
                                || step instanceof NextStep.Retry && delivery.attempt() >= PATIENT_TRIES))
                .replaceWithVoid();
    }

    private Delivery delivery(Row row) {
        return new Delivery(
                row.getString("tenant"),
                row.getUUID("delivery_id"),
                row.getString("incident_id"),
                row.getString("transition"),
                row.getString("body"),
                row.getInteger("attempts"),
                Duration.ofMillis(Math.max(0, row.getLong("age_ms"))),
                destination(row));
    }

    private Delivery.@Nullable Destination destination(Row row) {
        String type = row.getString("type");
        Buffer sealed = row.getBuffer("secret");
        if (type == null || sealed == null) {
            return null;
        }
        String secret;
        try {
            secret = secrets.open(row.getString("tenant"), row.getString("receiver_id"), sealed.getBytes());
        } catch (IllegalStateException e) {
            LOG.error(e.getMessage());
            return null;
        }
        return new Delivery.Destination(
                row.getString("receiver_id"), row.getString("receiver_name"), type, row.getString("url"), secret);
    }
}
