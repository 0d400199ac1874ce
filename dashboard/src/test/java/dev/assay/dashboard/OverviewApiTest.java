package dev.assay.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(DoublesResource.class)
class OverviewApiTest {
    private static final ServiceDoubles SERVICES = DoublesResource.DOUBLES;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @BeforeEach
    void allAnswer() {
        SERVICES.answerInFull();
    }

    @Test
    void putsTheServicesAnswersTogetherUnchanged() {
        given().get("/api/overview?from=2026-11-23T14:00:10Z&to=2026-11-24T13:59:59Z")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("project", equalTo("support-assistant"))
                .body("from", equalTo("2026-11-23T14:00:00Z")) // whole minutes, as the services read it
                .body("to", equalTo("2026-11-24T14:00:00Z"))
                .body("step", equalTo("1h"))
                .body("parts.operations.data.groups[0].kpis.latency_p95_ms.value", equalTo(5412.4f))
                .body("parts.cost.data.groups[0].kpis.list_cost.value", equalTo("6045.381204"))
                .body("parts.cost_summary.data.days.size()", equalTo(30))
                .body("parts.model_cost.data.groups.by.model", hasItems("gpt-4o", "llama-3.3-70b"))
                .body("parts.findAll { !it.value.ok }.size()", equalTo(0));
    }

    @Test
    void asksForTheProjectWithAOneMinuteTokenAndNoKey() throws Exception {
        given().get("/api/overview?project=demo").then().statusCode(200);
        LoggedRequest asked = SERVICES.requests("/cost/v1/costs/summary").get(0);
        String bearer = asked.header("Authorization").firstValue();
        JwtClaims claims = new JwtConsumerBuilder()
                .setVerificationKey(DoublesResource.KEYS.getPublic())
                .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "EdDSA")
                .setExpectedIssuer("assay-dashboard")
                .setRequireExpirationTime()
                .build()
                .processToClaims(bearer.substring("Bearer ".length()));
        assertThat(claims.getStringClaimValue("tenant")).isEqualTo("demo");
        assertThat(claims.getStringClaimValue("scope")).isEqualTo("read");
        assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue())
                .isEqualTo(60);
    }

    @Test
    void aServiceThatStallsIsGivenFiveSeconds() {
        SERVICES.stall("cost", 8_000);
        given().get("/api/overview")
                .then()
                .statusCode(200)
                .body("parts.cost.ok", equalTo(false))
                .body("parts.cost.service", equalTo("cost-service"))
                .body("parts.cost.error", equalTo("cost-service did not answer within 5 seconds."))
                .body("parts.operations.ok", equalTo(true));
    }

    @Test
    void aServiceThatHangsUpIsNamed() {
        SERVICES.hangUp("alert");
        given().get("/api/overview")
                .then()
                .statusCode(200)
                .body("parts.alerts.error", equalTo("alert-service closed the connection before it answered."));
    }

    @ParameterizedTest(name = "status {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | refused the dashboard's token (401)",
                "404 | does not offer this (404)",
                "422 | cannot answer for this range or filter (422)",
                "503 | is busy or not ready (503)",
                "500 | answered with an error (500)",
            })
    void saysWhyAPartIsMissing(int status, String sentence) {
        SERVICES.fail("quality", status);
        given().get("/api/overview")
                .then()
                .statusCode(200)
                .body("parts.users.error", containsString("quality-service " + sentence));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/overview?from=yesterday | from",
                "/api/overview?from=now&to=now-1h | from",
                "/api/overview?from=now-500d | from",
                "/api/overview?to=2026-13-01T00:00:00Z | to",
                "/api/overview?project=No%20Such | project",
                "/api/kpis/weather | family",
                "/api/kpis/cost?group_by=colour | group_by",
            })
    void namesTheParameterThatIsWrong(String path, String field) {
        given().urlEncodingEnabled(false)
                .get(path.strip())
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo(field.strip()))
                .body("detail", containsString(field.strip()));
    }

    @Test
    void splitsAFamilyByADimension() {
        given().get("/api/kpis/operations?group_by=app")
                .then()
                .statusCode(200)
                .body("group_by", equalTo("app"))
                .body("part.data.groups[0].by.app", equalTo("agent-flows"));
    }

    @Test
    void listsWhatThePickersOffer() {
        given().get("/api/meta")
                .then()
                .statusCode(200)
                .body("projects", equalTo(List.of("support-assistant", "demo")))
                .body("apps", equalTo(List.of("agent-flows", "search-answers", "support-chat")))
                .body("environments", equalTo(List.of("production", "staging")))
                .body("ingest_url", containsString("/ingest"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost:8080", "[::1]:8080", "LOCALHOST", "assay.example:443"})
    void answersUnderItsOwnNames(String host) {
        given().header("Host", host).get("/api/meta").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8080", "192.168.1.7:8080"})
    void refusesForeignHostNames(String host) {
        for (String path : List.of("/", "/api/overview", "/theme.js")) {
            given().header("Host", host)
                    .get(path)
                    .then()
                    .statusCode(421)
                    .body(containsString("ASSAY_DASHBOARD_ALLOWED_HOSTS"))
                    .body(not(containsString("parts")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/overview", "/theme.js", "/nothing-here"})
    void sendsAStrictContentPolicyWithEverything(String path) {
        given().get(path)
                .then()
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("Content-Security-Policy", not(containsString("unsafe")))
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
    }

    @Test
    void thePageIsAskedForAnewButItsBundleIsKept() {
        String page = given().get("/")
                .then()
                .header("Cache-Control", "no-cache")
                .extract()
                .asString();
        String bundle = page.replaceAll("(?s).*src=\"(/static/bundle/[^\"]+\\.js)\".*", "$1");
        given().get(bundle).then().statusCode(200).header("Cache-Control", containsString("immutable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/live", "/q/metrics", "/q/openapi"})
    void managementIsOnItsOwnPortOnly(String path) {
        given().get(path).then().statusCode(404);
        given().baseUri("http://127.0.0.1")
                .port(management.getPort())
                .get(path)
                .then()
                .statusCode(200);
    }
}
