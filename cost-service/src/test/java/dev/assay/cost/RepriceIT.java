package dev.assay.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.assay.platform.tenancy.ProjectDirectory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A price that reaches back: looked at, applied to every figure at once, and taken back to the last digit. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class RepriceIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    ProjectDirectory directory;

    private TestProject project;
    private Instant now;

    @BeforeEach
    void calls() {
        project = TestProject.create(directory);
        now = Instant.now();
        CallRecords.send(
                CallRecords.of(project, "old", now.minusSeconds(7200), b -> b.setInputTokens(1_000_000)),
                CallRecords.of(
                        project,
                        "new",
                        now.minusSeconds(60),
                        b -> b.setInputTokens(2_000_000).setUserId("u")),
                CallRecords.of(
                        project,
                        "mini",
                        now.minusSeconds(60),
                        b -> b.setRequestModel("gpt-4o-mini").setInputTokens(1_000_000)),
                CallRecords.of(
                        project,
                        "own",
                        now.minusSeconds(60),
                        b -> b.setRequestModel("house").setInputTokens(30)));
        await().atMost(SOON).untilAsserted(() -> total("7.65", 1));
    }

    @Test
    void reachesBackToItsDateAndNoFurtherAndCanBeUndone() {
        String budget = project.as()
                .contentType(ContentType.JSON)
                .body(Map.of("name", "b", "limit", "100", "currency", "USD", "period", "month"))
                .post("/v1/budgets")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        price("gpt-4o", "0.00001", false).statusCode(409);
        String id = price("gpt-4o", "0.00001", true)
                .statusCode(201)
                .body("state", equalTo("previewed"))
                .body("calls", equalTo(1))
                .body("cost_before", equalTo("5"))
                .body("cost_after", equalTo("20"))
                .body("difference", equalTo("15"))
                .extract()
                .path("id");
        total("7.65", 1); // only looked at
        project.as().get("/v1/prices/overrides").then().body("items", hasSize(0));

        for (int i = 0; i < 2; i++) {
            end(id, "apply").statusCode(200).body("state", equalTo("applied")).body("applied_time", notNullValue());
            total("22.65", 1);
        }
        call("new").body("list_cost", equalTo("20")).body("price_version", equalTo("override:" + id));
        call("old").body("list_cost", equalTo("2.5")).body("price_version", equalTo("2026-08-01"));
        call("mini").body("list_cost", equalTo("0.15"));
        project.as()
                .get("/v1/kpis/cost?from=now-1h&to=now+1h")
                .then()
                .body("groups[0].kpis.cost_per_user.value", equalTo("20"));
        project.as().get("/v1/budgets/" + budget).then().body("spent", equalTo("22.65"));

        // a call that is late, and a revision of one that was priced anew, know the price too
        CallRecords.send(
                CallRecords.of(project, "late", now.minusSeconds(30), b -> b.setInputTokens(100_000)),
                CallRecords.of(
                        project,
                        "new",
                        2,
                        now.minusSeconds(60),
                        b -> b.setInputTokens(1_000_000).setUserId("u")));
        await().atMost(SOON).untilAsserted(() -> total("13.65", 1));

        end(id, "undo").statusCode(200).body("state", equalTo("undone")).body("calls", equalTo(2));
        total("5.4", 1); // 2.5 + 2.5 + 0.25 + 0.15
        call("new").body("list_cost", equalTo("2.5")).body("price_version", equalTo("2026-08-01"));
        project.as().get("/v1/budgets/" + budget).then().body("spent", equalTo("5.4"));
        project.as().get("/v1/prices/overrides").then().body("items", hasSize(0));
        end(id, "undo").statusCode(200);
        end(id, "apply").statusCode(409);
    }

    @Test
    void pricesWhatHadNoPriceAndTheLedgerStillSumsToTheWindows() {
        String id = price("house", "0.1", true)
                .statusCode(201)
                .body("calls", equalTo(1))
                .body("unpriced_before", equalTo(1))
                .body("cost_before", equalTo("0"))
                .body("cost_after", equalTo("3"))
                .extract()
                .path("id");
        end(id, "apply").statusCode(200);
        total("10.65", 0);
        List<String> costs = project.as().get("/v1/costs/ledger").jsonPath().getList("items.list_cost");
        assertThat(costs.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("10.65");

        end(id, "undo").statusCode(200);
        total("7.65", 1);
        call("own").body("list_cost", nullValue()).body("unpriced_reason", equalTo("unknown_model"));
    }

    @Test
    void isOnesOwnProjectsAlone() {
        String id = price("gpt-4o", "1", true).statusCode(201).extract().path("id");
        TestProject other = TestProject.create(directory);
        other.as().get("/v1/prices/reprices/" + id).then().statusCode(404);
        other.as().post("/v1/prices/reprices/" + id + "/apply").then().statusCode(404);
        other.as().get("/v1/prices/reprices").then().body("items", hasSize(0));
        end(id, "undo").statusCode(409);
        project.as().get("/v1/prices/reprices").then().body("items.state", equalTo(List.of("previewed")));
    }

    private ValidatableResponse price(String model, String perToken, boolean reprice) {
        return project.as()
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "model",
                        model,
                        "effective_from",
                        now.minusSeconds(3600).toString(),
                        "currency",
                        "USD",
                        "rates",
                        Map.of("input_cost_per_token", perToken),
                        "reprice",
                        reprice))
                .post("/v1/prices/overrides")
                .then();
    }

    private ValidatableResponse end(String id, String how) {
        return project.as().post("/v1/prices/reprices/" + id + "/" + how).then();
    }

    private ValidatableResponse call(String id) {
        return project.as().get("/v1/costs/calls/" + id).then().statusCode(200);
    }

    private void total(String cost, int unpriced) {
        project.as()
                .get("/v1/kpis/cost?from=now-1d&to=now+1h")
                .then()
                .body("groups[0].kpis.list_cost.value", equalTo(cost))
                .body("groups[0].kpis.unpriced_calls.value", equalTo(unpriced));
    }
}
