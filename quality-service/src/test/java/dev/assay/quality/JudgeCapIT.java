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

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

/** How much a judge is asked in a day, whoever asks it. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class JudgeCapIT {
    /** Three questions a day are three: what comes after has no score, and is counted. */
    @Test
    void asksNoMoreThanADayAllows() {
        try (JudgeDouble judge = new JudgeDouble();
                TestProject project = new TestProject().known()) {
            rubric(project);
            project.asAdmin()
                    .body(config(judge.url(), 1).replace("{", "{\"daily_calls\":0,"))
                    .put("/v1/judge")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("daily_calls"));
            project.asAdmin()
                    .body(config(judge.url(), 1).replace("{", "{\"daily_calls\":3,"))
                    .put("/v1/judge")
                    .then()
                    .statusCode(200)
                    .body("today.daily_calls", equalTo(3))
                    .body("today.daily_tokens", equalTo(null))
                    .body("today.reached_at", equalTo(null));
            for (int i = 0; i < 8; i++) {
                send(project, "c" + i, "A good answer, number " + i);
            }
            project.flush();
            await().atMost(SOON).untilAsserted(() -> {
                JsonPath standing = project.get("/v1/judge");
                assertThat(standing.getLong("scored")).isEqualTo(3);
                assertThat(standing.<Object>get("failed.daily_cap")).isEqualTo(5);
                assertThat(standing.getLong("today.calls")).isEqualTo(3);
                assertThat(standing.getLong("today.tokens")).isEqualTo(3 * JudgeDouble.TOKENS);
                assertThat(standing.getLong("today.skipped")).isEqualTo(5);
                assertThat(standing.<Object>get("today.reached_at")).isNotNull();
            });
            assertThat(judge.questions()).hasSize(3);
            assertThat(project.get("/v1/kpis/quality" + RANGE).getLong(kpi("accuracy_ratio") + ".count"))
                    .isEqualTo(3);
            // a higher cap holds at once, for what comes then
            project.asAdmin()
                    .body(config(judge.url(), 1).replace("{", "{\"daily_calls\":100,"))
                    .put("/v1/judge")
                    .then()
                    .statusCode(200)
                    .body("today.reached_at", equalTo(null));
            send(project, "later", "Another good answer.");
            project.flush();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(project.get("/v1/judge").getLong("scored"))
                            .isEqualTo(4));
        }
    }

    /** In both orders: the good one wins wherever it stands, and of two alike the place decides nothing. */
    @Test
    void comparesPairsInBothOrders() {
        try (JudgeDouble judge = new JudgeDouble();
                TestProject project = new TestProject().known()) {
            project.asAdmin()
                    .body("{\"pairs\":[{\"a\":\"x\",\"b\":\"y\"}]}")
                    .post("/v1/judge/comparisons")
                    .then()
                    .statusCode(404);
            setUp(project, judge, 1);
            project.asAdmin()
                    .body("""
                        {"pairs":[{"prompt":"Why?","a":"A good answer.","b":"A bad one."},
                          {"prompt":"Why?","a":"A bad one.","b":"A good answer."},
                          {"prompt":"Why?","a":"A good answer.","b":"Another good answer."},
                          {"prompt":"Why?","a":"OVERLOAD","b":"A good answer."},
                          {"prompt":"Why?","a":"RESET","b":"A good answer."}]}""")
                    .post("/v1/judge/comparisons")
                    .then()
                    .statusCode(200)
                    .body("wins_a", equalTo(1))
                    .body("wins_b", equalTo(1))
                    .body("ties", equalTo(1))
                    .body("inconsistent", equalTo(1))
                    .body("failed", equalTo(2))
                    .body("win_rate_a", equalTo(0.5f))
                    .body("pairs[0].better", equalTo("a"))
                    .body("pairs[2].consistent", equalTo(false))
                    .body("pairs[3].better", equalTo(null))
                    .body("pairs[3].failures.http_503", equalTo(2))
                    .body("pairs[4].failures.broken_off", equalTo(2));
            assertThat(judge.questions()).hasSize(10);
            // what the endpoint turned away is not counted; what it may have answered is
            assertThat(project.get("/v1/judge").getLong("today.calls")).isEqualTo(8);
            project.asAdmin()
                    .body("{\"pairs\":[{\"a\":\"x\",\"b\":\"y\"}],\"repeats\":6}")
                    .post("/v1/judge/comparisons")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("repeats"));
            project.asReader()
                    .body("{\"pairs\":[{\"a\":\"x\",\"b\":\"y\"}]}")
                    .post("/v1/judge/comparisons")
                    .then()
                    .statusCode(403);
        }
    }

    /** Of what never reached an endpoint nothing is counted. */
    @Test
    void givesBackWhatReachedNobody() {
        try (JudgeDouble judge = new JudgeDouble();
                TestProject project = new TestProject().known()) {
            setUp(project, judge, 1);
            judge.close();
            project.asAdmin()
                    .body("{\"pairs\":[{\"a\":\"x\",\"b\":\"y\"}]}")
                    .post("/v1/judge/comparisons")
                    .then()
                    .statusCode(200)
                    .body("failed", equalTo(1))
                    .body("pairs[0].failures.unreachable", equalTo(2));
            assertThat(project.get("/v1/judge").getLong("today.calls")).isZero();
            assertThat(project.get("/v1/judge").getLong("today.tokens")).isZero();
        }
    }

    /** Who asks makes no difference: a comparison that does not fit ends the day for responses, too. */
    @Test
    void isReachedByAComparison() {
        try (JudgeDouble judge = new JudgeDouble();
                TestProject project = new TestProject().known()) {
            rubric(project);
            project.asAdmin()
                    .body(config(judge, "\"daily_calls\":3"))
                    .put("/v1/judge")
                    .then()
                    .statusCode(200);
            String pairs = "{\"pairs\":[{\"a\":\"A good answer.\",\"b\":\"y\"}]}";
            project.asAdmin().body(pairs).post("/v1/judge/comparisons").then().body("wins_a", equalTo(1));
            assertThat(project.get("/v1/judge").<Object>get("today.reached_at")).isNull();
            project.asAdmin()
                    .body(pairs)
                    .post("/v1/judge/comparisons")
                    .then()
                    .statusCode(200)
                    .body("failed", equalTo(1))
                    .body("pairs[0].failures.daily_cap", equalTo(1));
            assertThat(project.get("/v1/judge").<Object>get("today.reached_at")).isNotNull();
            send(project, "late", "A good answer.");
            project.flush();
            await().atMost(SOON).untilAsserted(() -> {
                JsonPath standing = project.get("/v1/judge");
                assertThat(standing.<Object>get("failed.daily_cap")).isEqualTo(1);
                assertThat(standing.getLong("today.skipped")).isEqualTo(1);
            });
            assertThat(judge.questions()).hasSize(3);
        }
    }
}
