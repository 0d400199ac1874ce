package dev.assay.cost;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.assay.platform.tenancy.ProjectDirectory;
import dev.assay.platform.tenancy.TenantReads;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bill beside the ledger, from its import to calls that come late. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class ReconciliationIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    ProjectDirectory directory;

    @Inject
    TenantReads reads;

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
    void rowsOfOtherProjectsAreHiddenByTheDatabaseToo() {
        add(bill(item("gpt-4o, input", "2.5"))).statusCode(201);
        TestProject other = TestProject.create(directory);
        for (String table : List.of("reconciliation", "reconciliation_line", "reconciliation_computed")) {
            assertThat(rows(table, project)).as(table).isPositive();
            assertThat(rows(table, other)).as(table).isZero();
        }
    }

    @Test
    void takesAnAdminKey() {
        TestProject reader = TestProject.reader(directory);
        reader.as()
                .contentType("application/json")
                .body(bill(item("gpt-4o, input", "2.5")))
                .post("/v1/reconciliations?format=openai_costs")
                .then()
                .statusCode(403);
        reader.as().delete("/v1/reconciliations/" + UUID.randomUUID()).then().statusCode(403);
        reader.as().get("/v1/reconciliations").then().statusCode(200);
        given().get("/v1/reconciliations").then().statusCode(401);
    }

    @Test
    void daysWithoutALineAreComparedToo() {
        long first = yesterday.minus(1, ChronoUnit.DAYS).getEpochSecond();
        // the day before has call c and nothing billed
        String bill = "{\"data\": [{\"start_time\": " + first + ", \"results\": []}, {\"start_time\": "
                + yesterday.getEpochSecond() + ", \"results\": [" + item("gpt-4o, input", "2.5") + "]}]}";
        add(bill)
                .statusCode(201)
                .body(
                        "first_day",
                        equalTo(yesterday
                                .minus(1, ChronoUnit.DAYS)
                                .atZone(ZoneOffset.UTC)
                                .toLocalDate()
                                .toString()))
                .body("total.computed", equalTo("5"))
                .body("total.billed", equalTo("2.5"))
                .body("total.unexplained", equalTo("-2.5"));
    }

    @Test
    void refusesMoreModelsThanCanBeCompared() {
        String items = IntStream.rangeClosed(0, 10_000)
                .mapToObj(i -> item("m" + i + ", input", "1"))
                .collect(Collectors.joining(","));
        add(bill(items)).statusCode(422).body("detail", containsString("in parts"));
        // and nothing of it is kept
        project.as().get("/v1/reconciliations").then().body("items", hasSize(0));
    }

    @Test
    void refusesADayThatIsNotOver() {
        yesterday = yesterday.plus(1, ChronoUnit.DAYS);
        add(bill(item("gpt-4o, input", "2.5"))).statusCode(422).body("detail", containsString("that is over"));
    }

    private long rows(String table, TestProject reader) {
        return reads.with(
                        reader.id(),
                        connection -> connection
                                .query("select count(*) from " + table)
                                .execute()
                                .map(found -> found.iterator().next().getLong(0)))
                .await()
                .atMost(SOON);
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
