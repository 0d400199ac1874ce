package dev.assay.quality;

import static dev.assay.quality.JudgeFixture.RANGE;
import static dev.assay.quality.JudgeFixture.SOON;
import static dev.assay.quality.JudgeFixture.config;
import static dev.assay.quality.JudgeFixture.kpi;
import static dev.assay.quality.JudgeFixture.rubric;
import static dev.assay.quality.JudgeFixture.send;
import static dev.assay.quality.JudgeFixture.setUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.quality.app.JudgeQueue.Task;
import dev.assay.quality.app.JudgeSpend;
import dev.assay.quality.app.Rescores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Jobs that have earlier responses judged again. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class RescoresIT {
    @Inject
    Rescores rescores;

    @Inject
    JudgeSpend spend;

    /** Another rubric version begins an empty line; a job fills it with what was judged before, the failed ones too. */
    @Test
    void judgesEarlierResponsesAgainInThePresentEpoch() {
        try (JudgeDouble judge = new JudgeDouble();
                TestProject project = new TestProject().known();
                PublishedWindows windows = new PublishedWindows(project.tenant)) {
            setUp(project, judge, 1);
            send(project, "r1", "A good answer.");
            send(project, "r2", "A bad one.");
            send(project, "r3", "OVERLOAD");
            project.flush();
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(project.get("/v1/judge").getLong("scored")).isEqualTo(2);
                assertThat(project.get("/v1/judge").<Object>get("failed.http_503"))
                        .isEqualTo(1);
            });
            rubric(project);
            project.asAdmin()
                    .body(config(judge.url(), 1))
                    .put("/v1/judge")
                    .then()
                    .statusCode(200);
            String range = "{\"from\":\"" + Instant.now().minus(Duration.ofHours(1)) + "\",\"to\":\""
                    + Instant.now().plus(Duration.ofHours(1)) + "\"}";
            for (String bounds : new String[] {
                "\"from\":\"9000-01-01T00:00:00Z\",\"to\":\"9000-02-01T00:00:00Z\"",
                "\"from\":\"-1000-01-01T00:00:00Z\",\"to\":\"2026-02-01T00:00:00Z\"",
                "\"from\":\"yesterday\",\"to\":\"2026-02-01T00:00:00Z\"",
                "\"to\":\"2026-02-01T00:00:00Z\""
            }) {
                project.asAdmin()
                        .body("{" + bounds + "}")
                        .post("/v1/judge/rescores")
                        .then()
                        .statusCode(422)
                        .body("field", equalTo("from"));
            }
            project.asReader().body(range).post("/v1/judge/rescores").then().statusCode(403);
            project.asAdmin()
                    .body("{\"from\":\"2026-03-02T00:00:00Z\",\"to\":\"2026-03-01T00:00:00Z\"}")
                    .post("/v1/judge/rescores")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("to"));
            String job = project.asAdmin()
                    .body(range)
                    .post("/v1/judge/rescores")
                    .then()
                    .statusCode(201)
                    .body("total", equalTo(3))
                    .extract()
                    .path("id");
            await().atMost(SOON).untilAsserted(() -> {
                JsonPath it = project.get("/v1/judge/rescores/" + job);
                assertThat(it.getString("state")).isEqualTo("done");
                assertThat(it.getLong("examined")).isEqualTo(3);
                assertThat(it.getLong("queued")).isEqualTo(3);
                assertThat(project.get("/v1/judge").getLong("scored")).isEqualTo(2);
                assertThat(project.get("/v1/judge").<Object>get("failed.http_503"))
                        .isEqualTo(1);
            });
            assertThat(project.get("/v1/kpis/quality" + RANGE).getDouble(kpi("accuracy_ratio") + ".value"))
                    .isEqualTo(0.5);
            project.asAdmin()
                    .post("/v1/judge/rescores/" + job + "/pause")
                    .then()
                    .statusCode(409);
            // once more: what is scored stays, what failed is tried again
            String again = project.asAdmin()
                    .body(range)
                    .post("/v1/judge/rescores")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            await().atMost(SOON).untilAsserted(() -> {
                JsonPath it = project.get("/v1/judge/rescores/" + again);
                assertThat(it.getString("state")).isEqualTo("done");
                assertThat(it.getLong("queued")).isEqualTo(1);
            });
            assertThat(project.get("/v1/judge/rescores").getList("items.id")).containsExactly(again, job);
            // windows have no weights: what jobs brought leaves them as they are, and a live response comes on top
            send(project, "r4", "A bad one, and live.");
            project.flush();
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(windows.total(Measure.MEASURE_ACCURACY).count()).isEqualTo(3);
                assertThat(windows.total(Measure.MEASURE_ACCURACY).good()).isEqualTo(1);
            });
        }
    }

    /** A judge that is off gets nothing, so its job stands until it is cancelled; then there may be another. */
    @Test
    void pausesResumesAndCancelsAJob() {
        try (JudgeDouble judge = new JudgeDouble();
                TestProject project = new TestProject().known();
                TestProject other = new TestProject().known()) {
            rubric(project);
            project.asAdmin()
                    .body(config(judge.url(), 1).replace("{", "{\"enabled\":false,"))
                    .put("/v1/judge")
                    .then()
                    .statusCode(200);
            String range = "{\"from\":\"2026-03-01T00:00:00Z\",\"to\":\"2026-03-02T00:00:00Z\"}";
            String job = project.asAdmin()
                    .body(range)
                    .post("/v1/judge/rescores")
                    .then()
                    .statusCode(201)
                    .body("state", equalTo("running"))
                    .extract()
                    .path("id");
            project.asAdmin().body(range).post("/v1/judge/rescores").then().statusCode(409);
            other.asReader().get("/v1/judge/rescores/" + job).then().statusCode(404);
            other.asAdmin().post("/v1/judge/rescores/" + job + "/pause").then().statusCode(404);
            String path = "/v1/judge/rescores/" + job;
            project.asAdmin().post(path + "/pause").then().statusCode(200).body("state", equalTo("paused"));
            project.asAdmin().post(path + "/resume").then().statusCode(200).body("state", equalTo("running"));
            project.asAdmin().post(path + "/cancel").then().statusCode(200).body("state", equalTo("cancelled"));
            project.asAdmin().post(path + "/resume").then().statusCode(409);
            project.asAdmin().body(range).post("/v1/judge/rescores").then().statusCode(201);
        }
    }

    /** Half of a day's cap is for live responses; a job rests then, and loses nothing. */
    @Test
    void restsOnceHalfOfADayIsUsed() {
        try (JudgeDouble judge = new JudgeDouble();
                TestProject project = new TestProject().known()) {
            setUp(project, judge, 1);
            for (int i = 0; i < 8; i++) {
                send(project, "c" + i, "A good answer, number " + i);
            }
            project.flush();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(project.get("/v1/judge").getLong("scored"))
                            .isEqualTo(8));
            rubric(project);
            setCap(project, judge, 24);
            String job = start(project);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(project.get("/v1/judge").getLong("scored"))
                            .isEqualTo(4));
            // more rounds go by: the live response is judged in one of them
            send(project, "live", "Another good answer.");
            project.flush();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(project.get("/v1/judge").getLong("scored"))
                            .isEqualTo(5));
            JsonPath resting = project.get("/v1/judge/rescores/" + job);
            assertThat(resting.getString("state")).isEqualTo("running");
            assertThat(resting.getLong("queued")).isEqualTo(4);
            JsonPath standing = project.get("/v1/judge");
            assertThat(standing.getLong("today.skipped")).isZero();
            assertThat(standing.<Object>get("today.reached_at")).isNull();
            assertThat(standing.getMap("failed")).isEmpty();
            setCap(project, judge, 1_000);
            await().atMost(SOON).untilAsserted(() -> {
                JsonPath it = project.get("/v1/judge/rescores/" + job);
                assertThat(it.getString("state")).isEqualTo("done");
                assertThat(it.getLong("queued")).isEqualTo(8);
                assertThat(project.get("/v1/judge").getLong("scored")).isEqualTo(9);
            });
        }
    }

    /** What a job has given the judge waits for the next day when the cap is reached; live responses do not. */
    @Test
    void losesNothingWhenTheCapIsReached() {
        try (JudgeDouble judge = new JudgeDouble();
                TestProject project = new TestProject().known()) {
            setUp(project, judge, 1);
            send(project, "a", "A good answer.");
            send(project, "b", "A bad one.");
            project.flush();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(project.get("/v1/judge").getLong("scored"))
                            .isEqualTo(2));
            rubric(project);
            project.asAdmin()
                    .body(config(judge, "\"enabled\":false"))
                    .put("/v1/judge")
                    .then()
                    .statusCode(200);
            String job = start(project);
            rescores.feed(project.tenant, Instant.now()).await().atMost(SOON);
            JsonPath fed = project.get("/v1/judge/rescores/" + job);
            assertThat(fed.getLong("queued")).isEqualTo(2);
            Task live = new Task(
                    project.tenant,
                    UUID.randomUUID(),
                    "live",
                    fed.getString("epoch"),
                    0,
                    0,
                    1,
                    UUID.randomUUID(),
                    null,
                    "x",
                    null);
            spend.skip(live, Instant.now()).await().atMost(SOON);
            JsonPath standing = project.get("/v1/judge");
            assertThat(standing.<Object>get("today.reached_at")).isNotNull();
            assertThat(standing.getLong("waiting")).isEqualTo(2);
            assertThat(standing.getMap("failed")).isEmpty();
            assertThat(standing.getLong("today.skipped")).isZero();
            setCap(project, judge, 1_000);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(project.get("/v1/judge").getLong("scored"))
                            .isEqualTo(2));
        }
    }

    /** A paused job of another epoch could never go on, and keeps no place. */
    @Test
    void anotherEpochEndsAPausedJob() {
        try (JudgeDouble judge = new JudgeDouble();
                TestProject project = new TestProject().known()) {
            rubric(project);
            String off = config(judge, "\"enabled\":false");
            project.asAdmin().body(off).put("/v1/judge").then().statusCode(200);
            String job = start(project);
            project.asAdmin()
                    .post("/v1/judge/rescores/" + job + "/pause")
                    .then()
                    .statusCode(200);
            // the same epoch ends nothing
            project.asAdmin().body(off).put("/v1/judge").then().statusCode(200);
            assertThat(project.get("/v1/judge/rescores/" + job).getString("state"))
                    .isEqualTo("paused");
            rubric(project);
            project.asAdmin().body(off).put("/v1/judge").then().statusCode(200);
            assertThat(project.get("/v1/judge/rescores/" + job).getString("state"))
                    .isEqualTo("superseded");
            project.asAdmin()
                    .post("/v1/judge/rescores/" + job + "/resume")
                    .then()
                    .statusCode(409);
            assertThat(start(project)).isNotEqualTo(job);
        }
    }

    private static void setCap(TestProject project, JudgeDouble judge, int calls) {
        project.asAdmin()
                .body(config(judge, "\"daily_calls\":" + calls))
                .put("/v1/judge")
                .then()
                .statusCode(200);
    }

    /** Of the hour before now and the one after it. */
    private static String start(TestProject project) {
        return project.asAdmin()
                .body("{\"from\":\"" + Instant.now().minus(Duration.ofHours(1)) + "\",\"to\":\""
                        + Instant.now().plus(Duration.ofHours(1)) + "\"}")
                .post("/v1/judge/rescores")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
