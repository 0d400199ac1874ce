package dev.assay.cost;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.assay.platform.tenancy.ProjectDirectory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bill beside the ledger, from its import to calls that come late. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class ReconciliationIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    ProjectDirectory directory;

    private TestProject project;
    private Instant yesterday;

    @BeforeEach
    void calls() {
        project = TestProject.create(directory);
        yesterday = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.DAYS);
        CallRecords.send(
                CallRecords.of(project, "a", yesterday, b -> b.setInputTokens(1_000_000)),
                CallRecords.of(
                        project,
                        "b",
                        yesterday.plus(23, ChronoUnit.HOURS),
                        b -> b.setRequestModel("house").setInputTokens(30)),
                // of another day, and of another provider: neither is in the bill
                CallRecords.of(project, "c", yesterday.minusSeconds(1), b -> b.setInputTokens(1_000_000)),
                CallRecords.of(
                        project, "d", yesterday, b -> b.setProvider("azure").setInputTokens(1_000_000)));
        await().atMost(SOON).untilAsserted(() -> ledgerHas(4));
    }

    @Test
    void splitsTheDifferenceAndTellsWhatCameLate() {
        String bill = bill(item("gpt-4o, input", "5.00") + "," + item("house", "1.5") + "," + item("o3, output", "2"));
        String id = add(bill)
                .statusCode(201)
                .body("items.model", contains("gpt-4o", "house", "o3"))
                .body("items.calls", contains(1, 1, 0))
                .body("total.computed", equalTo("2.5"))
                .body("total.billed", equalTo("8.5"))
                .body("total.difference", equalTo("6"))
                .body("total.causes.unpriced", equalTo("1.5"))
                .body("total.causes.not_seen", equalTo("2"))
                .body("total.causes.late", equalTo("0"))
                .body("total.unexplained", equalTo("2.5"))
                .extract()
                .path("id");

        CallRecords.send(CallRecords.of(project, "late", yesterday.plusSeconds(60), b -> b.setInputTokens(1_000_000)));
        await().atMost(SOON)
                .untilAsserted(() -> project.as()
                        .get("/v1/reconciliations/" + id)
                        .then()
                        .statusCode(200)
                        .body("total.computed", equalTo("2.5"))
                        .body("total.difference", equalTo("6"))
                        .body("total.causes.late", equalTo("2.5"))
                        .body("total.unexplained", equalTo("0")));
    }

    @Test
    void theSameBillIsImportedOnce() {
        String bill = bill(item("gpt-4o, input", "2.5"));
        String id = add(bill)
                .statusCode(201)
                .body("unexplained_ratio", nullValue())
                .extract()
                .path("id");
        add(bill).statusCode(200).body("id", equalTo(id));
        project.as().get("/v1/reconciliations").then().body("items.id", contains(id));

        project.as().delete("/v1/reconciliations/" + id).then().statusCode(204);
        project.as().get("/v1/reconciliations/" + id).then().statusCode(404);
        project.as().delete("/v1/reconciliations/" + id).then().statusCode(404);
    }

    @Test
    void isOnesOwnProjectsAlone() {
        String bill = bill(item("gpt-4o, input", "2.5"));
        String id = add(bill).statusCode(201).extract().path("id");
        TestProject other = TestProject.create(directory);
        other.as().get("/v1/reconciliations/" + id).then().statusCode(404);
        other.as().delete("/v1/reconciliations/" + id).then().statusCode(404);
        other.as().get("/v1/reconciliations").then().body("items", hasSize(0));
        project.as().get("/v1/reconciliations/" + id).then().statusCode(200);
    }

    @Test
    void refusesWhatItCannotRead() {
        project.as()
                .contentType("application/json")
                .body("{}")
                .post("/v1/reconciliations?format=pdf")
                .then()
                .statusCode(400)
                .body("field", equalTo("format"));
        add("{\"data\": 1}").statusCode(422).body("detail", containsString("array"));
        project.as()
                .contentType("text/csv")
                .body("ServiceName\n")
                .post("/v1/reconciliations?format=focus_csv&provider=azure&service=x")
                .then()
                .statusCode(422)
                .body("field", equalTo("BilledCost"));
    }

    private void ledgerHas(int calls) {
        project.as()
                .get("/v1/costs/ledger?from=now-3d&to=now")
                .then()
                .statusCode(200)
                .body("items", hasSize(calls));
    }

    private ValidatableResponse add(String bill) {
        return project.as()
                .contentType("application/json")
                .body(bill)
                .post("/v1/reconciliations?format=openai_costs")
                .then();
    }

    private String bill(String results) {
        return "{\"has_more\": false, \"data\": [{\"start_time\": " + yesterday.getEpochSecond() + ", \"results\": ["
                + results + "]}]}";
    }

    private static String item(String item, String amount) {
        return "{\"amount\": {\"value\": " + amount + ", \"currency\": \"usd\"}, \"line_item\": \"" + item + "\"}";
    }
}
