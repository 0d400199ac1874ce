package dev.assay.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.common.v1.Revision;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.contracts.llm.v1.Feedback;
import dev.assay.contracts.llm.v1.FeedbackEvent;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Experiments from assignment to verdict, with what users do coming from Kafka. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class ExperimentsIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void givesAUnitTheSameVariantForEver() {
        try (TestProject project = new TestProject().known();
                TestProject other = new TestProject().known()) {
            String id = create(project, """
                    {"name":"prompt","variants":[{"name":"old","weight":3},{"name":"new"}],"traffic":0.5}""");
            List<String> units = users(400);
            Map<String, String> first = assign(project, id, units);
            assertThat(assign(project, id, units)).isEqualTo(first);
            assertThat(first.values()).containsOnly("old", "new", null);
            assertThat(first.values().stream().filter(v -> v == null).count()).isBetween(150L, 250L);
            String single = project.asSender()
                    .get("/v1/experiments/" + id + "/assignments?unit=user-7")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("variant");
            assertThat(single).isEqualTo(first.get("user-7"));
            // after the end the answers stay, and nobody new gets in
            project.asAdmin()
                    .post("/v1/experiments/" + id + "/end")
                    .then()
                    .statusCode(200)
                    .body("ended", org.hamcrest.Matchers.notNullValue());
            assertThat(assign(project, id, units)).isEqualTo(first);
            assertThat(assign(project, id, List.of("late-1", "late-2", "late-3", "late-4", "late-5"))
                            .values())
                    .containsOnlyNulls();
            // nothing of it for another project, nor for a key without the scope
            other.asReader().get("/v1/experiments/" + id).then().statusCode(404);
            other.asReader().get("/v1/experiments").then().statusCode(200).body("items.size()", equalTo(0));
            other.asSender()
                    .get("/v1/experiments/" + id + "/assignments?unit=user-7")
                    .then()
                    .statusCode(404);
            project.asReader()
                    .body("{\"units\":[\"a\"]}")
                    .post("/v1/experiments/" + id + "/assignments")
                    .then()
                    .statusCode(403);
        }
    }

    @Test
    void keepsExperimentsOfAGroupApart() {
        try (TestProject project = new TestProject().known()) {
            String arms = "\"variants\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"group\":\"checkout\"";
            String first = create(project, "{\"name\":\"one\",\"traffic\":0.6," + arms + "}");
            String second = create(project, "{\"name\":\"two\",\"traffic\":0.4," + arms + "}");
            project.asAdmin()
                    .body("{\"name\":\"three\",\"traffic\":0.1," + arms + "}")
                    .post("/v1/experiments")
                    .then()
                    .statusCode(409)
                    .body("detail", containsString("widest gap is 0.0"));
            List<String> units = users(300);
            Map<String, String> inFirst = assign(project, first, units);
            Map<String, String> inSecond = assign(project, second, units);
            assertThat(units).allMatch(unit -> (inFirst.get(unit) == null) != (inSecond.get(unit) == null));
            project.asAdmin().post("/v1/experiments/" + second + "/end").then().statusCode(200);
            create(project, "{\"name\":\"three\",\"traffic\":0.1," + arms + "}");
        }
    }

    /** Users rate the new variant a star better. One of them rates a thousand times: that is still one user. */
    @Test
    void tellsWhichVariantUsersLikeBetter() {
        try (TestProject project = new TestProject().known()) {
            String id = create(project, """
                    {"name":"tone","variants":[{"name":"old"},{"name":"new"}],"metrics":["csat_mean","error_rate"],
                     "minimum_effects":{"csat_mean":0.3}}""");
            project.asReader()
                    .get("/v1/experiments/" + id + "/results")
                    .then()
                    .statusCode(200)
                    .body("decision", equalTo("not_enough_data"))
                    .body("sample_ratio.mismatch", equalTo(null));
            List<String> units = users(400);
            rate(project, "early", units.get(0), 1, Instant.now()); // before it was assigned
            Map<String, String> variants = assign(project, id, units);
            Instant now = Instant.now();
            Map<String, Double> sums = new HashMap<>();
            Map<String, Integer> counts = new HashMap<>();
            for (int i = 0; i < units.size(); i++) {
                String variant = variants.get(units.get(i));
                int stars = Math.min(5, (variant.equals("new") ? 3 : 2) + i % 3);
                rate(project, "f" + i, units.get(i), stars, now);
                sums.merge(variant, (double) stars, Double::sum);
                counts.merge(variant, 1, Integer::sum);
            }
            String busy = units.get(1);
            int same = Math.min(5, (variants.get(busy).equals("new") ? 3 : 2) + 1);
            for (int i = 0; i < 1_000; i++) {
                rate(project, "busy" + i, busy, same, now);
            }
            project.flush();
            await().atMost(SOON).untilAsserted(() -> {
                JsonPath result = results(project, id);
                assertThat(result.getInt("metrics[0].units")).isEqualTo(counts.get("new"));
                assertThat(result.getInt("metrics[0].control_units")).isEqualTo(counts.get("old"));
                assertThat(result.getDouble("metrics[0].value"))
                        .isCloseTo(sums.get("new") / counts.get("new"), within(1e-9));
            });
            JsonPath result = results(project, id);
            assertThat(result.getString("decision")).isEqualTo("variant_wins");
            assertThat(result.getString("variant")).isEqualTo("new");
            assertThat(result.getString("summary")).startsWith("new wins. csat_mean of new is");
            assertThat(result.getDouble("metrics[0].ci95[0]")).isPositive();
            assertThat(result.getBoolean("sample_ratio.mismatch")).isFalse();
            assertThat(result.getString("metrics[1].outcome")).isEqualTo("not_enough_data");
            assertThat(result.<Object>get("metrics[1].value")).isNull();
        }
    }

    /** 300 users are tagged "a" and 150 "b" where as many were meant: that is said, and nothing else. */
    @Test
    void noticesThatTaggedUnitsAreNotSplitAsMeant() {
        try (TestProject project = new TestProject().known()) {
            String id = create(project, """
                    {"name":"models","assignment":"tagged","app":"chat","variants":[{"name":"a"},{"name":"b"}],
                     "primary_metric":"latency_ms"}""");
            long now = micros(Instant.now());
            for (int i = 0; i < 450; i++) {
                project.send(Topics.CALLS, i % 6, call(project, "c" + i, "u" + i, i < 300 ? "a" : "b", "chat", now));
            }
            project.send(Topics.CALLS, 0, call(project, "x", "u0", "b", "chat", now)); // u0 was seen in both
            project.send(Topics.CALLS, 1, call(project, "y", "other", "b", "search", now));
            project.flush();
            await().atMost(SOON).untilAsserted(() -> {
                JsonPath result = results(project, id);
                assertThat(result.getInt("units.a")).isEqualTo(299);
                assertThat(result.getInt("units.b")).isEqualTo(150);
                assertThat(result.getInt("crossed_units")).isEqualTo(1);
            });
            JsonPath result = results(project, id);
            assertThat(result.getString("decision")).isEqualTo("sample_ratio_mismatch");
            assertThat(result.getString("summary")).contains("a: 299", "b: 150");
            assertThat(result.getDouble("metrics.find { it.metric == 'latency_ms' }.control"))
                    .isCloseTo(1_500, within(1e-6));
            assertThat(result.getDouble("metrics.find { it.metric == 'error_rate' }.control"))
                    .isZero();
        }
    }

    @Test
    void plansAndRefuses() {
        try (TestProject project = new TestProject().known()) {
            project.asReader()
                    .body("{\"metric\":\"task_success_rate\",\"baseline\":0.7,\"effect\":0.05,\"units_per_day\":500}")
                    .post("/v1/experiments/plan")
                    .then()
                    .statusCode(200)
                    .body("units", org.hamcrest.Matchers.greaterThan(2_600))
                    .body("summary", containsString("looked at daily"));
            refused(project, "{\"name\":\"x\",\"variants\":[{\"name\":\"a\"}]}", "variants");
            refused(project, "{\"variants\":[{\"name\":\"a\"},{\"name\":\"b\"}]}", "name");
            refused(project, "{\"name\":\"x\",\"variants\":[{\"name\":\"a\"},{\"name\":\"a\"}]}", "variants");
            refused(
                    project,
                    "{\"name\":\"x\",\"variants\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"metrics\":[\"joy\"]}",
                    "metrics");
            refused(
                    project,
                    "{\"name\":\"x\",\"variants\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"traffic\":0}",
                    "traffic");
            project.asReader()
                    .body("{\"metric\":\"task_success_rate\",\"baseline\":1.2,\"effect\":0.05,\"units_per_day\":5}")
                    .post("/v1/experiments/plan")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("baseline"));
        }
    }

    private static void refused(TestProject project, String body, String field) {
        project.asAdmin()
                .body(body)
                .post("/v1/experiments")
                .then()
                .statusCode(422)
                .body("field", equalTo(field));
    }

    private static String create(TestProject project, String body) {
        return project.asAdmin()
                .body(body)
                .post("/v1/experiments")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Map<String, String> assign(TestProject project, String id, List<String> units) {
        String body =
                units.stream().map(unit -> '"' + unit + '"').collect(Collectors.joining(",", "{\"units\":[", "]}"));
        List<Map<String, String>> items = project.asSender()
                .body(body)
                .post("/v1/experiments/" + id + "/assignments")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
        Map<String, String> variants = new HashMap<>();
        items.forEach(item -> variants.put(item.get("unit"), item.get("variant")));
        return variants;
    }

    private static JsonPath results(TestProject project, String id) {
        return project.asReader()
                .get("/v1/experiments/" + id + "/results")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath(JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE));
    }

    private static List<String> users(int count) {
        List<String> users = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            users.add("user-" + i);
        }
        return users;
    }

    private static void rate(TestProject project, String id, String user, int stars, Instant time) {
        project.send(
                Topics.FEEDBACK,
                Math.floorMod(user.hashCode(), Topics.LOCAL_PARTITIONS),
                FeedbackEvent.newBuilder()
                        .setEnvelope(Envelope.newBuilder()
                                .setTenant(project.tenant)
                                .setEventId(id)
                                .setEventTimeUs(micros(time))
                                .setReceivedTimeUs(micros(time)))
                        .setFeedback(Feedback.newBuilder().setUserId(user).setRating(stars))
                        .build());
    }

    private static CallRevised call(
            TestProject project, String id, String user, String variant, String app, long timeUs) {
        return CallRevised.newBuilder()
                .setEnvelope(Envelope.newBuilder()
                        .setTenant(project.tenant)
                        .setEventId(id)
                        .setEventTimeUs(timeUs))
                .setRevision(Revision.newBuilder().setPosition(1))
                .setLedgerDay(20_000)
                .setCall(Call.newBuilder()
                        .setKind(Kind.KIND_LLM)
                        .setStatus(Status.STATUS_OK)
                        .setStartTimeUs(timeUs)
                        .setDurationUs(1_500_000)
                        .setUserId(user)
                        .setDimensions(Dimensions.newBuilder().setApp(app).setVariant(variant)))
                .build();
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
