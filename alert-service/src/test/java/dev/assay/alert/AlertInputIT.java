package dev.assay.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.alert.app.EvaluationStore;
import dev.assay.contracts.kpi.v1.Measure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What comes in: every KPI, generated data, broken records, repeats, several replicas. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class AlertInputIT extends AlertFlow {
    @Inject
    EvaluationStore evaluations;

    @Test
    void listsEveryDefaultRuleWithoutData() {
        try (TestProject project = project()) {
            JsonPath alerts = project.asReader()
                    .get("/v1/alerts")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();

            assertThat(alerts.getList("items.rule", String.class))
                    .containsExactlyInAnyOrder(
                            "Quality drop",
                            "Latency spike",
                            "Cost anomaly",
                            "Error rate",
                            "Safety violation",
                            "User satisfaction",
                            "Capacity warning",
                            "Time to first token",
                            "Time per output token",
                            "Median latency",
                            "p95 latency",
                            "p99 latency",
                            "Throughput drop",
                            "Uptime");
            assertThat(alerts.getList("items.state", String.class)).containsOnly("no_data");
            assertThat(alerts.getList("items.incident")).containsOnlyNulls();
        }
    }

    @Test
    void generatedDataNotifiesNobody() {
        try (TestProject project = project(true)) {
            project.calls("chat", now - 20, now, 100, 50);
            project.tick(now);
            awaitState(project, "error-rate", "firing");
            String incident = alert(project, "error-rate").getString("incident");
            assertThat(project.asReader()
                            .get("/v1/alerts/" + incident)
                            .jsonPath()
                            .getList("timeline.reason"))
                    .containsExactly("generated_data");
            assertThat(count("select count(*) from delivery where tenant = $1", project))
                    .isZero();
        }
    }

    @Test
    void evaluatingAgainAndSendingAgainIsOneIncidentUnderOneKey() {
        try (TestProject project = project()) {
            project.calls("chat", now - 20, now, 100, 50);
            project.tick(now);
            awaitNotifications(project, 1);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(count(
                                    "select count(*) from delivery where tenant = $1 and state = 'delivered'", project))
                            .isEqualTo(1));

            // as a crash between sending and recording leaves it
            change("""
                update delivery set state = 'queued', finished_time = null, leased_until = now() - interval '1 second'
                where tenant = $1""", project);
            awaitNotifications(project, 2);
            assertThat(notifications(project))
                    .extracting(request -> request.getHeader("Idempotency-Key"))
                    .containsOnly(alert(project, "error-rate").getString("incident") + "/firing");

            // the same minutes once more, as after a replica that evaluated them could not say so
            String again = "insert into window_change (tenant, partition_id, from_minute) values ($1, 0, %d)";
            change(again.formatted(now - 20), project);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(count("select count(*) from window_change where tenant = $1", project))
                                    .isZero());
            awaitState(project, "error-rate", "firing");
            assertThat(count("select count(*) from incident where tenant = $1", project))
                    .isEqualTo(1);
            assertThat(notifications(project)).hasSize(2);
        }
    }

    @Test
    void oneReplicaAtATimeEvaluatesAProject() {
        try (TestProject project = project()) {
            evaluations.wake(project.tenant).await().indefinitely();
            AtomicBoolean ran = new AtomicBoolean();
            boolean leased = pool.withTransaction(other -> other.preparedQuery(
                                    "select 1 from evaluation where tenant = $1 for update")
                            .execute(Tuple.of(project.tenant))
                            .chain(() -> evaluations.inLease(project.tenant, evaluation -> {
                                ran.set(true);
                                return Uni.createFrom().voidItem();
                            })))
                    .await()
                    .indefinitely();
            assertThat(leased).isFalse();
            assertThat(ran).isFalse();
        }
    }

    @Test
    void theRulesWhoseKpisComeLaterFireOnWindowsOfThem() {
        try (TestProject project = project()) {
            project.windows("chat", now - 150, now, state -> {
                state.add(Measure.MEASURE_ACCURACY, 10, 6);
                state.add(Measure.MEASURE_RPS_UTILIZATION, 1, 0);
                state.addSum(Measure.MEASURE_RPS_UTILIZATION, new BigDecimal("0.95"));
                state.add(Measure.MEASURE_TOXIC_PAGE, 10, 0);
            });
            project.tick(now);

            awaitState(project, "quality-drop", "firing");
            awaitState(project, "capacity-warning", "firing");
            awaitState(project, "safety-violation", "inactive");
            project.windows("chat", now - 1, now, state -> state.add(Measure.MEASURE_TOXIC_PAGE, 10, 1));
            awaitState(project, "safety-violation", "firing");
            awaitNotifications(project, 3);
        }
    }

    @Test
    void aRecordThatCannotBeReadIsADeadLetterAndHoldsNothingUp() {
        try (TestProject project = project()) {
            project.raw(new byte[] {(byte) 0xff, 1, 2, 3});
            project.calls("chat", now - 10, now, 100, 0);
            project.tick(now);
            awaitState(project, "error-rate", "inactive");
            assertThat(count(
                            "select count(*) from dead_letter where tenant <> $1 and reason like 'not a KpiRecord%'",
                            project))
                    .isPositive();
        }
    }

    @Test
    void aWindowSentAgainOrOutOfOrderCountsOnce() {
        try (TestProject project = project()) {
            project.window("chat", now - 5, 7, state -> state.add(Measure.MEASURE_CALLS, 50, 50));
            project.window("chat", now - 5, 7, state -> state.add(Measure.MEASURE_CALLS, 50, 50));
            project.window("chat", now - 5, 3, state -> state.add(Measure.MEASURE_CALLS, 900, 0));
            project.tick(now - 4);
            awaitState(project, "error-rate", "inactive");
            assertThat(alert(project, "error-rate").getInt("samples")).isEqualTo(50);
            project.window("chat", now - 5, 9, state -> state.add(Measure.MEASURE_CALLS, 70, 70));
            project.tick(now - 3);
            awaitEvaluated(project, "error-rate", now - 3);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(alert(project, "error-rate").getInt("samples"))
                            .isEqualTo(70));
        }
    }
}
