package dev.assay.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

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

    /** The endpoint can add; of what it fails on, the reason is told, and such a run is no baseline. */
    @Test
    void asksAnEndpoint() {
        try (JudgeDouble endpoint = new JudgeDouble();
                TestProject project = new TestProject().known()) {
            dataset(project, 12);
            String sums = gate(project, "sums");
            project.asAdmin()
                    .body(asking(endpoint.url()))
                    .post("/v1/gates/" + sums + "/run")
                    .then()
                    .statusCode(200)
                    .body("passed", equalTo(true))
                    .body("passed_cases", equalTo(12))
                    .body("unanswered.size()", equalTo(0));
            assertThat(endpoint.questions()).hasSize(12).allSatisfy(question -> {
                assertThat(question.path("model").asText()).isEqualTo("adder");
                assertThat(question.at("/messages/0/content").asText()).isEqualTo("Add.");
                assertThat(question.has("response_format")).isFalse();
            });
            assertThat(endpoint.keys()).containsOnly("Bearer sk-gate");
            assertThat(baseline(project, sums)).isNotNull();
            importing(project, "application/x-ndjson")
                    .body("""
                        {"id":"a","input":"1+1?","expected":"2"}
                        {"id":"b","input":"OVERLOAD","expected":"4"}
                        """)
                    .post("/v1/datasets/shaky/versions")
                    .then()
                    .statusCode(201);
            String shaky = gate(project, "shaky");
            String run = project.asAdmin()
                    .body(asking(endpoint.url()))
                    .post("/v1/gates/" + shaky + "/run")
                    .then()
                    .statusCode(200)
                    .body("passed", equalTo(false))
                    .body("passed_cases", equalTo(1))
                    .body("unanswered.http_503", equalTo(1))
                    .extract()
                    .path("run_id");
            assertThat(baseline(project, shaky)).isNull();
            project.asReader()
                    .get("/v1/gates/" + shaky + "/runs/" + run + "/report")
                    .then()
                    .statusCode(200)
                    .body(containsString("no answer: http_503"))
                    .body(not(containsString("sk-gate")));
            project.asSender()
                    .body(asking(endpoint.url()))
                    .post("/v1/gates/" + sums + "/run")
                    .then()
                    .statusCode(403);
            project.asAdmin()
                    .body(asking("http://169.254.169.254/v1"))
                    .post("/v1/gates/" + sums + "/run")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("endpoint.url"));
            project.asAdmin()
                    .body(asking(endpoint.url()).replaceFirst("\\{", "{\"outputs\":[],"))
                    .post("/v1/gates/" + sums + "/run")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("endpoint"));
        }
    }

    private static String asking(String url) {
        return "{\"baseline\":true,\"endpoint\":{\"url\":\"" + url
                + "\",\"model\":\"adder\",\"api_key\":\"sk-gate\",\"system\":\"Add.\"}}";
    }

    private static String gate(TestProject project, String dataset) {
        return project.asAdmin()
                .body("{\"name\":\"" + dataset + "\",\"dataset\":\"" + dataset + "\",\"min_pass_rate\":0.9}")
                .post("/v1/gates")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String baseline(TestProject project, String gate) {
        return project.asReader()
                .get("/v1/gates")
                .jsonPath()
                .getString("items.find { it.id == '" + gate + "' }.baseline_run");
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
