package dev.assay.alert;

import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.alert.app.EvaluationStore;
import dev.assay.alert.app.ProjectOutcome;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A process that dies between any two steps of a page leaves the database in the state that each of these tests makes: no
 * page is lost, and a PagerDuty that joins events by their {@code dedup_key} has one incident, which ends resolved.
 */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class CrashIT extends AlertFlow {
    @Inject
    EvaluationStore evaluations;

    /** What PagerDuty has: incidents ever opened, and those open still. */
    private record PagerDuty(Set<String> opened, Set<String> open, int events) {
        static PagerDuty of(TestProject project) {
            Set<String> opened = new HashSet<>();
            Set<String> open = new HashSet<>();
            List<JsonPath> events = RECEIVER.findAll(postRequestedFor(urlEqualTo("/pd-" + project.tenant))).stream()
                    .sorted(java.util.Comparator.comparing(request -> request.getLoggedDate()))
                    .map(request -> JsonPath.from(request.getBodyAsString()))
                    .toList();
            for (JsonPath event : events) {
                String key = event.getString("dedup_key");
                if (event.getString("event_action").equals("trigger")) {
                    opened.add(key);
                    open.add(key);
                } else {
                    open.remove(key);
                }
            }
            return new PagerDuty(opened, open, events.size());
        }
    }

    private static TestProject paged() {
        TestProject project = project();
        addPagerDuty(project);
        return project;
    }

    private void fire(TestProject project) {
        project.calls("chat", now - 60, now - 30, 100, 30);
        project.calls("chat", now - 30, now, 100, 0);
        project.tick(now - 50);
        awaitEvents(project, 1);
    }

    private void resolve(TestProject project) {
        project.tick(now - 10);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(PagerDuty.of(project).open()).isEmpty());
        assertThat(PagerDuty.of(project).opened()).hasSize(1);
        assertThat(count("select count(*) from incident where tenant = $1 and rule_id = 'error-rate'", project))
                .isEqualTo(1);
    }

    private static void awaitEvents(TestProject project, int events) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(PagerDuty.of(project).events()).isEqualTo(events));
    }

    private void awaitDelivered(TestProject project, int count) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(count(
                                "select count(*) from delivery where tenant = $1 and state = 'delivered'", project))
                        .isEqualTo(count));
    }

    @Test
    void afterTheClaimAndBeforeTheSend() {
        try (TestProject project = paged()) {
            String receiver =
                    project.asReader().get("/v1/receivers").jsonPath().getString("items.find { it.name == 'pd' }.id");
            // claimed by a process that is gone: nobody will send it or record it, but its lease runs out
            pool.preparedQuery("""
                insert into delivery (tenant, incident_id, transition, receiver_id, receiver_name, body, attempts,
                  leased_until)
                values ($1, 'inc-claimed', 'firing', $2, 'pd', '{"rule":"r"}', 1, now() + interval '3 seconds')\
                """)
                    .execute(io.vertx.mutiny.sqlclient.Tuple.of(project.tenant, receiver))
                    .await()
                    .indefinitely();
            awaitEvents(project, 1);
            assertThat(PagerDuty.of(project).opened()).containsExactly("inc-claimed");
            assertThat(count("select attempts::bigint from delivery where tenant = $1", project))
                    .isEqualTo(2);
        }
    }

    @Test
    void afterTheSendAndBeforeItIsRecorded() {
        try (TestProject project = paged()) {
            fire(project);
            awaitDelivered(project, 2);
            forgetThatItWasRecorded(project, "firing");
            awaitEvents(project, 2);
            awaitDelivered(project, 2);
            resolve(project);
            awaitDelivered(project, 4);
            forgetThatItWasRecorded(project, "resolved");
            awaitDelivered(project, 4);
            assertThat(PagerDuty.of(project).open()).isEmpty();
            assertThat(PagerDuty.of(project).opened()).hasSize(1);
        }
    }

    private void forgetThatItWasRecorded(TestProject project, String transition) {
        change("""
            update delivery set state = 'queued', finished_time = null, leased_until = now() - interval '1 second'
            where tenant = $1 and transition = '%s'\
            """.formatted(transition), project);
    }

    @Test
    void afterTheEvaluationAndBeforeItIsCommitted() {
        try (TestProject project = paged()) {
            project.calls("chat", now - 60, now - 30, 100, 30);
            project.calls("chat", now - 30, now, 100, 0);
            evaluations.wake(project.tenant).await().indefinitely();
            await().atMost(SOON).untilAsserted(() -> assertThat(died(project)).hasMessageContaining("died"));
            project.tick(now - 50);
            awaitEvents(project, 1);
            resolve(project);
        }
    }

    /** How a process fares that writes what an evaluation found and dies before the commit; null if another has the lease. */
    private Throwable died(TestProject project) {
        return evaluations
                .inLease(
                        project.tenant,
                        evaluation -> evaluation
                                .save(new ProjectOutcome(
                                        "x", List.of(), List.of(), Set.of(), List.of(), List.of(), List.of()))
                                .chain(() -> Uni.createFrom().failure(new IllegalStateException("died"))))
                .onItem()
                .<Throwable>transform(done -> null)
                .onFailure()
                .recoverWithItem(failure -> failure)
                .await()
                .indefinitely();
    }

    @Test
    void duringPendingTheClockOfForIsKept() {
        try (TestProject project = paged()) {
            project.calls("chat", now - 60, now - 30, 100, 30);
            project.calls("chat", now - 30, now, 100, 0);
            project.tick(now - 57);
            awaitState(project, "error-rate", "pending");
            String since = alert(project, "error-rate").getString("since");
            // the lease is taken over, and the state comes from the database: there is none in memory
            evaluations.wake(project.tenant).await().indefinitely();
            project.tick(now - 56);
            awaitEvaluated(project, "error-rate", now - 56);
            assertThat(alert(project, "error-rate").getString("since")).isEqualTo(since);
            project.tick(now - 53);
            awaitEvents(project, 1);
            resolve(project);
        }
    }
}
