package dev.assay.cost;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.assay.platform.tenancy.ProjectDirectory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Budgets and reservations, from HTTP to the database, with calls arriving beside them. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class BudgetsIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    ProjectDirectory directory;

    private TestProject project;

    @BeforeEach
    void newProject() {
        project = TestProject.create(directory);
    }

    @Test
    void theLedgersAmountTakesThePlaceOfWhatWasSettledWhicheverComesFirst() {
        String id = budget(Map.of("limit", "100", "filter", Map.of("app", "shop")));
        Instant now = Instant.now();
        String first = reserve(id, Map.of("amount", "5"), null)
                .statusCode(201)
                .extract()
                .path("id");
        settle(id, first, Map.of("amount", "4", "currency", "USD", "event_id", "settled-first"))
                .statusCode(200)
                .body("state", equalTo("settled"));
        standing(id).body("spent", equalTo("4")).body("spent_in_ledger", equalTo("0"));

        CallRecords.send(
                CallRecords.of(
                        project, "settled-first", now, b -> b.setApp("shop").setInputTokens(1_000_000)),
                CallRecords.of(
                        project, "ledger-first", now, b -> b.setApp("shop").setInputTokens(2_000_000)),
                CallRecords.of(project, "other-app", now, b -> b.setApp("help").setInputTokens(4_000_000)));
        await().atMost(SOON)
                .untilAsserted(
                        () -> standing(id).body("spent", equalTo("7.5")).body("spent_in_ledger", equalTo("7.5")));

        String second = reserve(id, Map.of("amount", "6"), null)
                .statusCode(201)
                .extract()
                .path("id");
        settle(id, second, Map.of("amount", "6", "event_id", "ledger-first")).statusCode(200);
        standing(id).body("spent", equalTo("7.5")).body("available", equalTo("92.5"));

        // of another app: the ledger counts it elsewhere, so the client's word stays
        String third = reserve(id, Map.of("amount", "1"), null)
                .statusCode(201)
                .extract()
                .path("id");
        settle(id, third, Map.of("amount", "1", "event_id", "other-app")).statusCode(200);
        standing(id).body("spent", equalTo("8.5"));
    }

    @Test
    void aNewBudgetKnowsWhatItsPeriodHasCostAndFollowsRevisions() {
        Instant now = Instant.now();
        CallRecords.send(
                CallRecords.of(project, "a", now, b -> b.setUserId("u1").setInputTokens(1_000_000)),
                CallRecords.of(project, "b", now, b -> b.setUserId("u2").setInputTokens(2_000_000)),
                CallRecords.of(
                        project, "c", now, b -> b.setRequestModel("no-such").setInputTokens(5)));
        await().atMost(SOON)
                .untilAsserted(() -> project.as()
                        .get("/v1/kpis/cost?from=now-2d&to=now+1d")
                        .then()
                        .body("groups[0].kpis.unpriced_calls.value", equalTo(1)));

        String all = budget(Map.of("limit", "9", "period", "week", "timezone", "Asia/Tokyo"));
        String ofUser = budget(Map.of("limit", "5", "filter", Map.of("user_id", "u2")));
        standing(all)
                .body("spent", equalTo("7.5"))
                .body("unpriced_calls", equalTo(1))
                .body("thresholds.reached", equalTo(List.of(true, true, false)));
        standing(ofUser).body("spent", equalTo("5")).body("available", equalTo("0"));

        CallRecords.send(
                CallRecords.of(project, "b", 2, now, b -> b.setUserId("u2").setInputTokens(800_000)));
        await().atMost(SOON).untilAsserted(() -> standing(all).body("spent", equalTo("4.5")));
        standing(ofUser).body("spent", equalTo("2"));
        project.as().get("/v1/budgets").then().statusCode(200).body("items", hasSize(2));
    }

    @Test
    void isRefusedWhenItDoesNotFitAndGivenBackWhenItsTimeIsUp() {
        String id = budget(Map.of("limit", "1"));
        String crashed = reserve(id, Map.of("amount", "0.8", "expires_in_ms", 1000), null)
                .statusCode(201)
                .body("state", equalTo("held"))
                .extract()
                .path("id");
        reserve(id, Map.of("amount", "0.3"), null)
                .statusCode(402)
                .contentType("application/problem+json")
                .body("detail", containsString("0.2 left"));

        await().atMost(SOON)
                .untilAsserted(() -> standing(id).body("reserved", equalTo("0")).body("available", equalTo("1")));
        reserve(id, Map.of("amount", "0.3"), null).statusCode(201);
        project.as()
                .get("/v1/budgets/" + id + "/reservations/" + crashed)
                .then()
                .body("state", equalTo("expired"));

        // the call had gone through after all: it is recorded in full, and the budget shows it
        settle(id, crashed, Map.of("amount", "0.9")).statusCode(200);
        standing(id).body("spent", equalTo("0.9")).body("available", equalTo("-0.2"));
        settle(id, crashed, Map.of("amount", "0.9")).statusCode(200);
        settle(id, crashed, Map.of("amount", "0.5")).statusCode(409);
        standing(id).body("spent", equalTo("0.9"));
    }

    @Test
    void aReleasedReservationHoldsNothing() {
        String id = budget(Map.of("limit", "1"));
        String rid = reserve(id, Map.of("amount", "1"), null)
                .statusCode(201)
                .extract()
                .path("id");
        for (int i = 0; i < 2; i++) {
            end(id, rid, "release", Map.of()).statusCode(200).body("state", equalTo("released"));
        }
        standing(id).body("available", equalTo("1"));
        settle(id, rid, Map.of("amount", "1")).statusCode(409);
    }

    @Test
    void aRepeatedRequestIsTheFirstOneAgain() {
        String id = budget(Map.of("limit", "1"));
        String rid = reserve(id, Map.of("amount", "0.6"), "key-1")
                .statusCode(201)
                .extract()
                .path("id");
        reserve(id, Map.of("amount", "0.6"), "key-1").statusCode(201).body("id", equalTo(rid));
        reserve(id, Map.of("amount", "0.7"), "key-1").statusCode(422).body("field", equalTo("Idempotency-Key"));
        reserve(id, Map.of("amount", "0.6"), "key-2").statusCode(402);
        standing(id).body("reserved", equalTo("0.6"));
    }

    @Test
    void pricesTheModelWhereNoAmountIsGivenAndFailsClosed() {
        String id = budget(Map.of("limit", "10"));
        reserve(id, Map.of("model", "gpt-4o", "max_input_tokens", 100_000, "max_output_tokens", 1000), null)
                .statusCode(201)
                .body("amount", equalTo("0.26"));
        // the catalogue's limits: 128,000 in, 16,384 out
        reserve(id, Map.of("model", "gpt-4o"), null).statusCode(201).body("amount", equalTo("0.48384"));
        reserve(id, Map.of("model", "no-such-model"), null).statusCode(422).body("field", equalTo("model"));
        reserve(id, Map.of(), null).statusCode(422).body("field", equalTo("amount"));
    }

    @Test
    void aSoftBudgetTellsAndRefusesNothing() {
        String id = budget(Map.of("limit", "1", "hard", false, "thresholds", List.of("0.25", "2")));
        String rid = reserve(id, Map.of("amount", "3"), null)
                .statusCode(201)
                .extract()
                .path("id");
        settle(id, rid, Map.of("amount", "1.5")).statusCode(200);
        standing(id)
                .body("available", equalTo("-0.5"))
                .body("thresholds.reached", equalTo(List.of(true, false)))
                .body("used_ratio", equalTo(1.5f));
    }

    @Test
    void belongsToItsProjectAlone() {
        String id = budget(Map.of("limit", "1"));
        TestProject other = TestProject.create(directory);
        other.as().get("/v1/budgets/" + id).then().statusCode(404);
        other.as().delete("/v1/budgets/" + id).then().statusCode(404);
        other.as()
                .contentType(ContentType.JSON)
                .body(Map.of("amount", "0.1"))
                .post("/v1/budgets/" + id + "/reservations")
                .then()
                .statusCode(404);
        other.as().get("/v1/budgets").then().body("items", hasSize(0));
        project.as().delete("/v1/budgets/" + id).then().statusCode(204);
        project.as().get("/v1/budgets/" + id).then().statusCode(404);
    }

    @ParameterizedTest(name = "{0} = {1} is refused")
    @CsvSource({
        "name,     '',        name",
        "limit,    0,         limit",
        "limit,    -1,        limit",
        "limit,    much,      limit",
        "currency, EUR,       currency",
        "period,   year,      period",
        "timezone, Mars/Base, timezone",
    })
    void refusesABudgetThatMakesNoSense(String what, String value, String field) {
        Map<String, Object> body = body(Map.of("limit", "1"));
        body.put(what, value);
        post(body).statusCode(422).body("field", equalTo(field));
    }

    @Test
    void refusesAFilterByWhatNobodyTells() {
        post(body(Map.of("limit", "1", "filter", Map.of("mood", "good"))))
                .statusCode(422)
                .body("field", equalTo("filter.mood"));
        String id = budget(Map.of("limit", "1"));
        reserve(id, Map.of("amount", "1", "expires_in_ms", 0), null)
                .statusCode(422)
                .body("field", equalTo("expires_in_ms"));
        reserve(id, Map.of("amount", "1", "currency", "EUR"), null)
                .statusCode(422)
                .body("field", equalTo("currency"));
    }

    private String budget(Map<String, Object> change) {
        return post(body(change))
                .statusCode(201)
                .body("id", notNullValue())
                .extract()
                .path("id");
    }

    private static Map<String, Object> body(Map<String, Object> change) {
        Map<String, Object> body = new HashMap<>(Map.of("name", "b", "currency", "USD", "period", "month"));
        body.putAll(change);
        return body;
    }

    private ValidatableResponse post(Map<String, Object> body) {
        return project.as()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/budgets")
                .then();
    }

    private ValidatableResponse reserve(String budget, Map<String, Object> body, String key) {
        var request = project.as().contentType(ContentType.JSON).body(body);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request.post("/v1/budgets/" + budget + "/reservations").then();
    }

    private ValidatableResponse settle(String budget, String reservation, Map<String, Object> body) {
        return end(budget, reservation, "settle", body);
    }

    private ValidatableResponse end(String budget, String reservation, String how, Map<String, Object> body) {
        return project.as()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/budgets/" + budget + "/reservations/" + reservation + "/" + how)
                .then();
    }

    private ValidatableResponse standing(String budget) {
        return project.as().get("/v1/budgets/" + budget).then().statusCode(200);
    }
}
