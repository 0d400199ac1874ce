package dev.assay.alert;

import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.assay.alert.domain.notification.Signature;
import dev.assay.contracts.Topics;
import dev.assay.contracts.alert.v1.AlertEvent;
import dev.assay.localstack.TestStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** From windows and ticks on the topic to notifications at a receiver. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class AlertFlowIT extends AlertFlow {
    @Test
    void errorsFireOneSignedNotificationAndTheirEndAnother() {
        try (TestProject project = project()) {
            project.calls("chat", now - 60, now - 40, 100, 0);
            project.tick(now - 40);
            awaitState(project, "error-rate", "inactive");
            project.calls("chat", now - 40, now - 20, 100, 20);
            project.tick(now - 37);
            awaitState(project, "error-rate", "pending");
            project.tick(now - 30);
            awaitState(project, "error-rate", "firing");
            awaitNotifications(project, 1);

            LoggedRequest firing = notifications(project).get(0);
            JsonPath body = JsonPath.from(firing.getBodyAsString());
            String incident = alert(project, "error-rate").getString("incident");
            assertThat(body.getString("state")).isEqualTo("firing");
            assertThat(body.getString("rule")).isEqualTo("Error rate");
            assertThat(body.getString("incident")).isEqualTo(incident);
            assertThat(body.getString("severity")).isEqualTo("critical");
            assertThat(body.getDouble("threshold")).isEqualTo(0.01);
            assertThat(body.getDouble("value")).isBetween(0.19, 0.21);
            assertThat(body.getMap("labels")).isEqualTo(Map.of("app", "chat"));
            assertThat(body.getString("starts_at"))
                    .isEqualTo(Instant.ofEpochSecond((now - 39) * 60).toString());
            assertThat(body.getString("ends_at")).isNull();
            assertThat(firing.getHeader("Idempotency-Key")).isEqualTo(incident + "/firing");
            assertThat(Signature.matches(
                            firing.getHeader("Assay-Signature"),
                            SECRET,
                            Long.parseLong(firing.getHeader("Assay-Timestamp")),
                            firing.getBodyAsString()))
                    .isTrue();

            project.calls("chat", now - 20, now, 100, 0);
            project.tick(now);
            awaitState(project, "error-rate", "resolved");
            awaitNotifications(project, 2);
            LoggedRequest resolved = notifications(project).get(1);
            assertThat(JsonPath.from(resolved.getBodyAsString()).getString("ends_at"))
                    .isEqualTo(Instant.ofEpochSecond((now - 15) * 60).toString());
            assertThat(resolved.getHeader("Idempotency-Key")).isEqualTo(incident + "/resolved");

            JsonPath report = project.asReader()
                    .get("/v1/alerts/" + incident)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(report.getList("timeline.kind")).containsExactly("opened", "resolved");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(project.asReader()
                                    .get("/v1/alerts/" + incident)
                                    .jsonPath()
                                    .getList("deliveries.state"))
                            .containsExactly("delivered", "delivered"));
            assertThat(events(project)).containsSubsequence("STATE_PENDING", "STATE_FIRING", "STATE_RESOLVED");
            JsonPath status = project.asReader().get("/v1/status").jsonPath();
            assertThat(status.getInt("deliveries.delivered")).isEqualTo(2);
            assertThat(status.getInt("alerts.resolved")).isEqualTo(1);
        }
    }

    /** The states of a project's events, in order. */
    private static List<String> events(TestProject project) {
        List<String> states = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestStack.shared().bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.ALERTS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            await().atMost(SOON).until(() -> {
                states.clear();
                consumer.seekToBeginning(partitions);
                consumer.poll(Duration.ofSeconds(2)).forEach(record -> {
                    try {
                        AlertEvent event = AlertEvent.parseFrom(record.value());
                        if (event.getEnvelope().getTenant().equals(project.tenant)
                                && event.getRule().equals("error-rate")) {
                            states.add(event.getState().name());
                        }
                    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                        throw new IllegalStateException(e);
                    }
                });
                return states.contains("STATE_RESOLVED");
            });
        }
        return states;
    }

    @Test
    void aLateBatchPagesOnArrivalWithItsStartInEventTime() {
        try (TestProject project = project()) {
            project.calls("chat", now - 60, now, 100, 0);
            project.tick(now);
            awaitState(project, "error-rate", "inactive");

            project.calls("chat", now - 12, now, 100, 50);

            awaitNotifications(project, 1);
            JsonPath body = JsonPath.from(notifications(project).get(0).getBodyAsString());
            assertThat(body.getString("starts_at"))
                    .isEqualTo(Instant.ofEpochSecond((now - 5) * 60).toString());
            awaitState(project, "error-rate", "firing");
        }
    }

    @Test
    void whatIsOverFifteenMinutesOldIsHistoryAndPagesNobody() {
        try (TestProject project = project()) {
            project.calls("chat", now - 90, now - 60, 100, 0);
            project.tick(now - 70);
            awaitState(project, "error-rate", "inactive");
            project.calls("chat", now - 60, now, 100, 0);
            project.tick(now);
            awaitEvaluated(project, "error-rate", now);

            project.calls("chat", now - 50, now - 30, 100, 50);

            awaitState(project, "error-rate", "resolved");
            String incident = alert(project, "error-rate").getString("incident");
            JsonPath report = project.asReader()
                    .get("/v1/alerts/" + incident)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(report.getBoolean("paged")).isFalse();
            assertThat(report.getList("timeline.reason")).containsExactly("too_old", "never_paged");
            assertThat(report.getList("deliveries")).isEmpty();
            assertThat(notifications(project)).isEmpty();
        }
    }

    @Test
    void aRuleOfOnesOwnPagesItsReceiversAndItsDeletionEndsTheIncident() {
        try (TestProject project = project()) {
            begin(project, now - 11);
            project.asAdmin()
                    .body(Map.of(
                            "name",
                            "Error rate",
                            "enabled",
                            false,
                            "metric",
                            "error_rate",
                            "op",
                            ">",
                            "threshold",
                            0.01))
                    .put("/v1/rules/error-rate")
                    .then()
                    .statusCode(200);
            project.calls("chat", now - 10, now, 100, 30);
            project.calls("search", now - 10, now, 100, 0);
            project.tick(now - 1);
            String id = project.asAdmin()
                    .body(Map.of(
                            "name", "My errors",
                            "metric", "error_rate",
                            "filters", Map.of("app", "chat"),
                            "group_by", List.of("model"),
                            "window", "2m",
                            "op", ">=",
                            "threshold", 0.3,
                            "severity", "medium",
                            "receivers", List.of("hook")))
                    .post("/v1/rules")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");

            awaitState(project, id, "firing");
            awaitNotifications(project, 1);
            assertThat(JsonPath.from(notifications(project).get(0).getBodyAsString())
                            .getString("labels.model"))
                    .isEqualTo("m");
            project.asAdmin().delete("/v1/rules/" + id).then().statusCode(204);
            awaitNotifications(project, 2);
            assertThat(JsonPath.from(notifications(project).get(1).getBodyAsString())
                            .getString("state"))
                    .isEqualTo("resolved");
        }
    }
}
