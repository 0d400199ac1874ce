package dev.assay.alert.store;

import dev.assay.alert.config.AlertConfig;
import dev.assay.platform.window.Minutes;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Forgets what nothing looks at any more: windows past retention (a day later than they are refused, so that a late one
 * never meets a forgotten one), history behind the replay horizon but for each alert's last state there, ended incidents
 * after a year, silences a quarter after their end. In small steps, so that nothing waits for it.
 */
@ApplicationScoped
class Pruning {
    private static final int STEP = 5_000;
    private static final Duration INCIDENTS = Duration.ofDays(365);

    private static final String WINDOWS = """
            delete from kpi_window where ctid = any(array(select ctid from kpi_window where minute < $1 limit $2))""";

    private static final String ROLLUPS = """
            delete from kpi_rollup where ctid = any(array(select ctid from kpi_rollup where start_minute < $1 limit $2))""";

    private static final String HISTORY = """
            delete from alert_history where ctid = any(array(
              select h.ctid from alert_history h
              where h.at_minute < $1 and exists (
                select 1 from alert_history later
                where later.tenant = h.tenant and later.rule_id = h.rule_id and later.labels_key = h.labels_key
                  and later.at_minute > h.at_minute and later.at_minute < $1)
              limit $2))""";

    private static final String ENDED = """
            with old as (
              select tenant, incident_id from incident
              where ended_at < $1::int or expired_time < to_timestamp($1::int * 60.0) limit $2),
            timeline as (delete from incident_event e using old
              where e.tenant = old.tenant and e.incident_id = old.incident_id),
            sent as (delete from delivery d using old
              where d.tenant = old.tenant and d.incident_id = old.incident_id returning d.tenant, d.delivery_id),
            log as (delete from delivery_attempt a using sent
              where a.tenant = sent.tenant and a.delivery_id = sent.delivery_id)
            delete from incident i using old where i.tenant = old.tenant and i.incident_id = old.incident_id""";

    private static final String SELF = """
            with old as (
              select tenant, delivery_id from delivery
              where (incident_id like 'self-%' or incident_id like 'grp-%')
                and created_time < to_timestamp($1::int * 60.0)
              limit $2),
            log as (delete from delivery_attempt a using old
              where a.tenant = old.tenant and a.delivery_id = old.delivery_id)
            delete from delivery d using old where d.tenant = old.tenant and d.delivery_id = old.delivery_id""";

    /**
     * A source that is silent while another of its service is heard there is run no more; a silent service is an
     * outage.
     */
    private static final String TICKS = """
            delete from source_tick old where ticked_time < now() - interval '7 days' and exists (
              select 1 from source_tick other
              where other.partition_id = old.partition_id
                and split_part(other.source, '/', 1) = split_part(old.source, '/', 1)
                and other.ticked_time > now() - interval '1 day')""";

    private static final String EVENTS = "delete from inbound_event where received_time < now() - interval '3 days'";

    private static final String GROUPS = "delete from notification_group where told_time < now() - interval '90 days'";

    private static final String STAND_INS =
            "delete from schedule_override where ends_time < now() - interval '90 days'";

    private static final String SILENCES = "delete from silence where ends_time < now() - interval '90 days'";

    private final Pool pool;
    private final AlertConfig config;

    private record Task(String sql, Instant before) {}

    Pruning(Pool pool, AlertConfig config) {
        this.pool = pool;
        this.config = config;
    }

    @Scheduled(
            every = "${assay.alert.prune-every:1h}",
            delayed = "${assay.alert.prune-every:1h}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return prune(Instant.now());
    }

    Uni<Void> prune(Instant now) {
        Instant windows = now.minus(Duration.ofDays(config.retentionDays() + 1L));
        Instant history = now.minus(config.replayHorizon()).minus(Duration.ofDays(1));
        return Multi.createFrom()
                .iterable(List.of(
                        new Task(WINDOWS, windows),
                        new Task(ROLLUPS, windows),
                        new Task(HISTORY, history),
                        new Task(ENDED, now.minus(INCIDENTS)),
                        new Task(SELF, now.minus(INCIDENTS))))
                .onItem()
                .transformToUniAndConcatenate(this::repeat)
                .collect()
                .asList()
                .chain(() -> pool.query(TICKS).execute())
                .chain(() -> pool.query(SILENCES).execute())
                .chain(() -> pool.query(STAND_INS).execute())
                .chain(() -> pool.query(GROUPS).execute())
                .chain(() -> pool.query(EVENTS).execute())
                .replaceWithVoid();
    }

    private Uni<Void> repeat(Task task) {
        return pool.preparedQuery(task.sql())
                .execute(Tuple.of((int) Minutes.of(task.before()), STEP))
                .chain(rows -> rows.rowCount() < STEP ? Uni.createFrom().voidItem() : repeat(task));
    }
}
