package dev.assay.alert.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.alert.StackResource;
import dev.assay.platform.window.Minutes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(StackResource.class)
class PruningIT {
    private static final int DAY = 24 * 60;

    @Inject
    Pool pool;

    @Inject
    Pruning pruning;

    private final int now = (int) Minutes.of(Instant.now());

    private void execute(String sql, Object... parameters) {
        pool.preparedQuery(sql)
                .execute(Tuple.tuple(new ArrayList<>(List.of(parameters))))
                .await()
                .indefinitely();
    }

    private List<Integer> minutes(String sql) {
        List<Integer> minutes = new ArrayList<>();
        pool.query(sql).execute().await().indefinitely().forEach(row -> minutes.add(row.getInteger(0)));
        return minutes;
    }

    @Test
    void forgetsWindowsPastRetentionAndHistoryBehindTheLastState() {
        for (int days : new int[] {0, 14, 17}) {
            execute("insert into kpi_window values ('pruned', $1, 1, 1, 0, 1, '')", now - days * DAY);
            execute("insert into kpi_rollup values ('pruned', 15, $1, 's', 1, '')", now - days * DAY);
        }
        for (int days : new int[] {0, 3, 4, 5}) {
            execute("""
                    insert into alert_history (tenant, rule_id, labels_key, at_minute, phase, since_minute)
                    values ('pruned', 'r', '', $1, 'inactive', $1)""", now - days * DAY);
        }

        pruning.prune(Instant.now()).await().indefinitely();

        assertThat(minutes("select minute from kpi_window where tenant = 'pruned' order by 1 desc"))
                .containsExactly(now, now - 14 * DAY);
        assertThat(minutes("select start_minute from kpi_rollup where tenant = 'pruned' order by 1 desc"))
                .containsExactly(now, now - 14 * DAY);
        assertThat(minutes("select at_minute from alert_history where tenant = 'pruned' order by 1 desc"))
                .containsExactly(now, now - 3 * DAY);
    }

    @Test
    void forgetsASourceThatIsRunNoMoreAndNoServiceThatIsSilent() {
        for (String tick : new String[] {"0 8 living/a/0", "0 0 living/a/1", "1 8 living/a/1", "0 8 silent/a/0"}) {
            String[] parts = tick.split(" ");
            execute(
                    "insert into source_tick values ($1, $2, now() - $3 * interval '1 day', '')",
                    Integer.valueOf(parts[0]),
                    parts[2],
                    Double.valueOf(parts[1]));
        }
        try {
            pruning.prune(Instant.now()).await().indefinitely();

            List<String> kept = new ArrayList<>();
            pool.query("select partition_id || ' ' || source from source_tick where source like '%/a/%' order by 1")
                    .execute()
                    .await()
                    .indefinitely()
                    .forEach(row -> kept.add(row.getString(0)));
            assertThat(kept).containsExactly("0 living/a/1", "0 silent/a/0", "1 living/a/1");
        } finally {
            execute("delete from source_tick where source like $1", "%/a/%");
        }
    }

    @Test
    void forgetsWhatWasSaidOfItselfAndDigestsAfterAYear() {
        for (String incident : List.of("self-x", "grp-x", "inc-open")) {
            for (int days : new int[] {1, 366}) {
                execute("""
                        insert into delivery (tenant, incident_id, transition, receiver_id, receiver_name, body, state,
                          created_time)
                        values ('pruned-self', $1, $2, 'x', 'x', '{}', 'delivered', now() - $3::int * interval '1 day')""", incident, "firing-" + days, days);
            }
        }

        pruning.prune(Instant.now()).await().indefinitely();

        assertThat(
                        minutes(
                                "select count(*)::int from delivery where tenant = 'pruned-self' and incident_id <> 'inc-open'"))
                .containsExactly(2);
        assertThat(minutes(
                        "select count(*)::int from delivery where tenant = 'pruned-self' and incident_id = 'inc-open'"))
                .containsExactly(2);
    }

    @Test
    void forgetsIncidentsAYearAfterTheirEndWithAllThatBelongsToThem() {
        for (int days : new int[] {1, 366}) {
            execute("""
                    insert into incident (tenant, incident_id, rule_id, rule_name, labels_key, labels, severity,
                      active_since, fired_at, ended_at, paged, reopened)
                    values ('pruned', 'inc-' || $1::int, 'r', 'r', '', '{}', 'high', 1, 1, $2, true, 0)""", days, now - days * DAY);
            execute("""
                    insert into incident_event (tenant, incident_id, kind, reason, event_minute, paged)
                    values ('pruned', 'inc-' || $1::int, 'opened', 'fresh', 1, true)""", days);
            execute("""
                    with sent as (
                      insert into delivery (tenant, incident_id, transition, receiver_id, receiver_name, body, state)
                      values ('pruned', 'inc-' || $1::int, 'firing', 'x', 'x', '{}', 'delivered') returning delivery_id)
                    insert into delivery_attempt (tenant, delivery_id, attempt, detail)
                    select 'pruned', delivery_id, 1, 'status 200' from sent""", days);
        }

        pruning.prune(Instant.now()).await().indefinitely();

        for (String table : List.of("incident", "incident_event", "delivery", "delivery_attempt")) {
            assertThat(minutes("select count(*)::int from " + table + " where tenant = 'pruned'"))
                    .as(table)
                    .containsExactly(1);
        }
    }
}
