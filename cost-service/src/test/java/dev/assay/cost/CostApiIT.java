package dev.assay.cost;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.assay.contracts.Topics;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.cost.SentRecords.Sent;
import dev.assay.platform.tenancy.ProjectDirectory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP contract of costs and prices. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class CostApiIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    ProjectDirectory directory;

    private TestProject project;

    @BeforeEach
    void newProject() {
        project = TestProject.create(directory);
    }

    @ParameterizedTest(name = "{0}: {1} names {2}")
    @CsvSource({
        "/v1/costs/summary?days=0,                 400, days",
        "/v1/costs/summary?days=367,               400, days",
        "/v1/costs/summary?days=ten,               400, days",
        "/v1/costs/summary?tz=Mars/Olympus,        400, tz",
        "/v1/costs/summary?from=now-1d,            400, from",
        "/v1/costs/summary?colour=red,             400, colour",
        "/v1/kpis/cost?step=5m,                    400, step",
        "/v1/kpis/cost?group_by=mood,              400, group_by",
        "/v1/kpis/cost?from=yesterday,             400, from",
        "/v1/costs/calls/unheard-of,               404, ",
    })
    void namesWhatIsWrong(String path, int status, String field) {
        project.as()
                .get(path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("field", equalTo(field));
    }

    @ParameterizedTest(name = "{0} needs a key")
    @CsvSource({"/v1/kpis/cost", "/v1/costs/summary", "/v1/costs/calls/x", "/v1/prices/overrides"})
    void answersNobodyWithoutAKey(String path) {
        given().get(path).then().statusCode(401);
        given().header("Authorization", "Bearer assay_abcdefgh_" + "x".repeat(43))
                .get(path)
                .then()
                .statusCode(401);
    }

    @Test
    void aProjectWithoutCallsHasNoFiguresAndNoZeros() {
        project.as()
                .get("/v1/kpis/cost")
                .then()
                .statusCode(200)
                .body("groups", hasSize(1))
                .body("groups[0].kpis.list_cost.value", nullValue())
                .body("groups[0].kpis.cost_per_user.value", nullValue())
                .body("groups[0].kpis.projected_month_cost.value", nullValue());
        project.as()
                .get("/v1/costs/summary?days=30")
                .then()
                .statusCode(200)
                .body("days", hasSize(30))
                .body("total", equalTo("0"))
                .body("projected_month", nullValue())
                .body("history", equalTo("not enough history: 0 of 7 days"));
    }

    @Test
    void saysHowMuchHistoryThereIsInTheZoneAskedFor() {
        ZoneId zone = ZoneId.of("Pacific/Auckland");
        LocalDate today = Instant.now().atZone(zone).toLocalDate();
        send(call("early", today.minusDays(3).atStartOfDay(zone).toInstant(), b -> b.setInputTokens(1_000_000)));
        send(call(
                "late",
                today.minusDays(2).atStartOfDay(zone).minusNanos(1_000_000).toInstant(),
                b -> b.setInputTokens(1_000_000)));

        await().atMost(SOON)
                .untilAsserted(() -> project.as()
                        .get("/v1/costs/summary?days=5&tz=Pacific/Auckland")
                        .then()
                        .body("history", equalTo("not enough history: 3 of 7 days"))
                        .body("days.cost", equalTo(List.of("0", "0", "5", "0", "0"))) // both on the same day there
                        .body("mean", equalTo("1"))
                        .body("median", equalTo("0")));
    }

    @Test
    void findsTheDayThatStandsOut() {
        List<Sent> records = new ArrayList<>();
        LocalDate today = Instant.now().atZone(ZoneOffset.UTC).toLocalDate();
        for (int back = 1; back <= 30; back++) {
            Instant noon = today.minusDays(back).atTime(12, 0).toInstant(ZoneOffset.UTC);
            long tokens = back == 4 ? 40_000_000 : 4_000_000; // at 2.50 a million: 10 a day, and once 100
            records.add(call("day-" + back, noon, b -> b.setInputTokens(tokens).setApp("shop")));
        }
        SentRecords.send(Topics.CALLS, records);

        await().atMost(SOON)
                .untilAsserted(() -> project.as()
                        .get("/v1/costs/summary?days=30&app=shop")
                        .then()
                        .body("total", equalTo("390"))
                        .body("mean", equalTo("13"))
                        .body("median", equalTo("10"))
                        .body("max", equalTo("100"))
                        .body("min", equalTo("10"))
                        .body("anomalies", hasSize(1))
                        .body("anomalies[0].date", equalTo(today.minusDays(4).toString()))
                        .body("anomalies[0].cost", equalTo("100"))
                        .body("anomalies[0].expected", equalTo("10"))
                        .body("anomalies[0].deviation", equalTo("90"))
                        .body("history", nullValue()));
        project.as().get("/v1/costs/summary?days=30&app=other").then().body("total", equalTo("0"));
    }

    @Test
    void pricesByTheProjectsOwnPriceFromItsDateOn() {
        Instant now = Instant.now();
        String model = "house-" + UUID.randomUUID();
        send(call(
                "before", now.minusSeconds(7200), b -> b.setRequestModel(model).setInputTokens(10)));
        await().atMost(SOON)
                .untilAsserted(() -> project.as()
                        .get("/v1/costs/calls/before")
                        .then()
                        .statusCode(200)
                        .body("list_cost", nullValue())
                        .body("unpriced_reason", equalTo("unknown_model"))
                        .body("unpriced_detail", equalTo(model)));

        String id = override(model, now.minusSeconds(3600).toString(), "0.25")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getString("id");
        send(call("after", now.minusSeconds(1800), b -> b.setRequestModel(model).setInputTokens(10)));
        send(call(
                "too-early",
                now.minusSeconds(5400),
                b -> b.setRequestModel(model).setInputTokens(10)));

        await().atMost(SOON)
                .untilAsserted(() -> project.as()
                        .get("/v1/costs/calls/after")
                        .then()
                        .statusCode(200)
                        .body("list_cost", equalTo("2.5"))
                        .body("price_version", equalTo("override:" + id))
                        .body("price_match", equalTo("override"))
                        .body("classes[0].class", equalTo("input_text"))
                        .body("classes[0].quantity", equalTo(10))
                        .body("classes[0].unit_price", equalTo("0.25")));
        await().atMost(SOON)
                .untilAsserted(() ->
                        project.as().get("/v1/costs/calls/too-early").then().body("list_cost", nullValue()));

        // the model has priced calls now: a price must be known a minute ahead
        override(model, now.plusSeconds(30).toString(), "0.5")
                .then()
                .statusCode(409)
                .body("detail", containsString("effective_from"));
        override(model, now.plusSeconds(3600).toString(), "0.5").then().statusCode(201);
        project.as().get("/v1/prices/overrides").then().body("items", hasSize(2));
        assertThat(TestProject.create(directory)
                        .as()
                        .get("/v1/prices/overrides")
                        .jsonPath()
                        .getList("items"))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} = {1} is refused")
    @CsvSource({
        "model,          '',        model",
        "effective_from, yesterday, effective_from",
        "currency,       EUR,       currency",
        "rate,           -1,        rates.input_cost_per_token",
        "rate,           cheap,     rates.input_cost_per_token",
        "name,           per_smile, rates.per_smile",
    })
    void refusesAPriceThatMakesNoSense(String what, String value, String field) {
        Map<String, Object> rates =
                Map.of(what.equals("name") ? value : "input_cost_per_token", what.equals("rate") ? value : "0.1");
        Map<String, Object> body = new java.util.HashMap<>(Map.of(
                "model",
                "m",
                "effective_from",
                Instant.now().plusSeconds(600).toString(),
                "currency",
                "USD",
                "rates",
                rates));
        if (body.containsKey(what)) {
            body.put(what, value);
        }
        project.as()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/prices/overrides")
                .then()
                .statusCode(422)
                .body("field", equalTo(field));
    }

    private io.restassured.response.Response override(String model, String from, String rate) {
        return project.as()
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "model",
                        model,
                        "effective_from",
                        from,
                        "currency",
                        "USD",
                        "rates",
                        Map.of("input_cost_per_token", rate)))
                .post("/v1/prices/overrides");
    }

    private Sent call(String eventId, Instant start, java.util.function.Consumer<Call.Builder> change) {
        return CallRecords.of(project, eventId, start, change);
    }

    private static void send(Sent record) {
        SentRecords.send(Topics.CALLS, List.of(record));
    }
}
