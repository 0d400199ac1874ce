package dev.assay.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Regression gates, from a dataset to a report. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class GatesIT {
    @Test
    void letsAChangeThroughUnlessItBreaksCases() {
        try (TestProject project = new TestProject().known();
                TestProject other = new TestProject().known()) {
            assertThat(dataset(project, 40)).isEqualTo(1);
            assertThat(dataset(project, 60)).isEqualTo(2);
            String gate = project.asAdmin()
                    .body("{\"name\":\"sums\",\"dataset\":\"sums\",\"dataset_version\":1,\"min_pass_rate\":0.5}")
                    .post("/v1/gates")
                    .then()
                    .statusCode(201)
                    .body("dataset_version", equalTo(1))
                    .body("baseline_run", equalTo(null))
                    .extract()
                    .path("id");
            JsonPath first = run(project, gate, 40, 0, true);
            assertThat(first.getBoolean("passed")).isTrue();
            assertThat(first.getInt("passed_cases")).isEqualTo(40);
            assertThat(first.<Object>get("comparison")).isNull();
            JsonPath worse = run(project, gate, 40, 12, false);
            assertThat(worse.getBoolean("passed")).isFalse();
            assertThat(worse.getString("reasons[0]")).contains("30.0 points below the baseline (12 cases broken");
            // what is not answered has failed
            JsonPath few = run(project, gate, 10, 0, false);
            assertThat(few.getInt("cases")).isEqualTo(40);
            assertThat(few.getInt("passed_cases")).isEqualTo(10);
            assertThat(few.getList("reasons")).hasSize(2);
            String report = "/v1/gates/" + gate + "/runs/" + worse.getString("run_id") + "/report";
            project.asReader()
                    .get(report)
                    .then()
                    .statusCode(200)
                    .contentType("text/markdown")
                    .body(containsString("# Failed: sums"))
                    .body(containsString("| 40 | 28 | 70.0 % |"));
            project.asReader()
                    .get(report + "?format=junit")
                    .then()
                    .statusCode(200)
                    .contentType("application/xml")
                    .body("testsuite.@failures", equalTo("1"));
            project.asReader()
                    .get(report + "?format=pdf")
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("format"));
            other.asReader().get(report).then().statusCode(404);
            other.asSender()
                    .body("{\"outputs\":[{\"id\":\"c0\",\"output\":\"0\"}]}")
                    .post("/v1/gates/" + gate + "/run")
                    .then()
                    .statusCode(404);
            other.asReader().get("/v1/datasets").then().statusCode(200).body("items.size()", equalTo(0));
        }
    }

    @Test
    void refusesWhatItCannotRun() {
        try (TestProject project = new TestProject().known()) {
            importing(project, "text/csv")
                    .body("input,expected\na")
                    .post("/v1/datasets/bad/versions")
                    .then()
                    .statusCode(422)
                    .body("detail", containsString("record 1"));
            importing(project, "text/csv")
                    .body("input,expected\na,b")
                    .post("/v1/datasets/two%20words/versions")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("name"));
            project.asAdmin()
                    .body("{\"name\":\"g\",\"dataset\":\"none\"}")
                    .post("/v1/gates")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("dataset"));
            dataset(project, 3);
            String gate = project.asAdmin()
                    .body("{\"name\":\"g\",\"dataset\":\"sums\",\"scorer\":\"token_f1\",\"pass_score\":0.5}")
                    .post("/v1/gates")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            project.asSender()
                    .body("{\"outputs\":[{\"id\":\"stranger\",\"output\":\"0\"}]}")
                    .post("/v1/gates/" + gate + "/run")
                    .then()
                    .statusCode(422)
                    .body("detail", containsString("unknown: stranger"));
            project.asReader()
                    .body("{\"outputs\":[{\"id\":\"c0\",\"output\":\"0\"}]}")
                    .post("/v1/gates/" + gate + "/run")
                    .then()
                    .statusCode(403);
        }
    }

    private static RequestSpecification importing(TestProject project, String type) {
        return project.asAdmin()
                .config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig().encodeContentTypeAs(type, ContentType.TEXT)))
                .contentType(type);
    }

    private static int dataset(TestProject project, int cases) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < cases; i++) {
            lines.append("{\"id\":\"c%d\",\"input\":\"%d+%d?\",\"expected\":\"%d\"}%n".formatted(i, i, i, 2 * i));
        }
        return importing(project, "application/x-ndjson")
                .body(lines.toString())
                .post("/v1/datasets/sums/versions")
                .then()
                .statusCode(201)
                .body("cases", equalTo(cases))
                .extract()
                .path("version");
    }

    private static JsonPath run(TestProject project, String gate, int cases, int wrong, boolean baseline) {
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            outputs.add("{\"id\":\"c%d\",\"output\":\"%d\"}".formatted(i, i < wrong ? -1 : 2 * i));
        }
        return project.asSender()
                .body("{\"baseline\":" + baseline + ",\"outputs\":[" + String.join(",", outputs) + "]}")
                .post("/v1/gates/" + gate + "/run")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
