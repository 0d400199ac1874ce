package dev.assay.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.assay.contracts.common.v1.Decimal;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.cost.SentRecords.Sent;
import dev.assay.platform.tenancy.ProjectDirectory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ledger over HTTP: pages, CSV, FOCUS, breakdowns, and what has no price. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class CostLedgerApiIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Instant NOON = Instant.now().truncatedTo(ChronoUnit.HOURS);

    @Inject
    ProjectDirectory directory;

    private TestProject project;

    @BeforeEach
    void newProject() {
        project = TestProject.create(directory);
    }

    @Test
    void pagesGiveEveryCallOnceTheLatestFirst() {
        List<Sent> records = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            long at = i / 2; // two calls at each time: the id decides
            records.add(CallRecords.of(project, "c-" + i, NOON.minusSeconds(600 - at), b -> b.setInputTokens(1000)));
        }
        CallRecords.send(records.toArray(Sent[]::new));
        awaitCalls(25);

        List<String> seen = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        String cursor = null;
        do {
            JsonPath page = project.as()
                    .get("/v1/costs/ledger?limit=7" + (cursor == null ? "" : "&cursor=" + cursor))
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("items.event_id"));
            page.<String>getList("items.start_time").forEach(time -> times.add(Instant.parse(time)));
            cursor = page.getString("next_cursor");
        } while (cursor != null);
        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
        assertThat(times).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void everyFigureOpensToTheCallsThatItIsMadeOf() {
        sendMixed();

        JsonPath breakdown = project.as()
                .get("/v1/costs/breakdown?from=now-2h&to=now+1h&group_by=app,model")
                .then()
                .statusCode(200)
                .body("total", equalTo("10"))
                .body("calls", equalTo(5))
                .body("coverage", equalTo(0.8f))
                .body("previous", equalTo("20"))
                .body("others", equalTo("0"))
                .body("items[0].by", equalTo(Map.of("app", "shop", "model", "gpt-4o")))
                .body("items[0].cost", equalTo("7.5"))
                .body("items[0].share_ratio", equalTo(0.75f))
                .body("items[0].previous", equalTo("20"))
                .body("items[0].change", equalTo("-12.5"))
                .body("items[0].reported_calls", equalTo(1))
                .body("items[0].reported_cost", equalTo("3"))
                .body("items[0].reported_difference", equalTo("0.5"))
                .body("items.find { it.by.model == 'no-such' }.cost", nullValue())
                .body("movers[0].change", equalTo("-12.5"))
                .body("movers[1].change", equalTo("2.5"))
                .extract()
                .jsonPath();

        for (Map<String, Object> item : breakdown.<Map<String, Object>>getList("items")) {
            @SuppressWarnings("unchecked")
            Map<String, String> by = (Map<String, String>) item.get("by");
            List<String> costs = project.as()
                    .get("/v1/costs/ledger?from=now-2h&to=now+1h&app=" + by.get("app") + "&model=" + by.get("model"))
                    .jsonPath()
                    .getList("items.list_cost");
            assertThat(costs).hasSize((Integer) item.get("calls"));
            if (item.get("cost") != null) {
                assertThat(costs.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add))
                        .isEqualByComparingTo((String) item.get("cost"));
            }
        }
        project.as()
                .get("/v1/costs/breakdown?from=now-2h&to=now+1h&group_by=user_id&limit=1")
                .then()
                .body("items", hasSize(1))
                .body("items[0].by.user_id", equalTo("=cmd|' /C calc'!A0"))
                .body("items[0].cost", equalTo("5"))
                .body("others", equalTo("5"));
    }

    @Test
    void listsWhatHasNoPriceByWhatToFix() {
        sendMixed();
        project.as()
                .get("/v1/costs/unpriced?from=now-2h&to=now+1h")
                .then()
                .statusCode(200)
                .body("calls", equalTo(5))
                .body("unpriced_calls", equalTo(1))
                .body("unpriced_calls_ratio", equalTo(0.2f))
                .body("unpriced_tokens", equalTo(77))
                .body("items", hasSize(1))
                .body("items[0].model", equalTo("no-such"))
                .body("items[0].reason", equalTo("unknown_model"))
                .body("items[0].tokens", equalTo(77));
        project.as()
                .get("/v1/costs/ledger?unpriced_reason=any")
                .then()
                .body("items.event_id", equalTo(List.of("unpriced")));
        project.as()
                .get("/v1/costs/unpriced?from=now-10d&to=now-9d")
                .then()
                .body("unpriced_calls_ratio", nullValue())
                .body("items", hasSize(0));
    }

    @Test
    void csvHasNoFormulasAndTheSameSums() {
        sendMixed();
        Response csv = project.as().get("/v1/costs/ledger?format=csv&limit=2&from=now-2h&to=now+1h");
        assertThat(csv.statusCode()).isEqualTo(200);
        assertThat(csv.contentType()).startsWith("text/csv");
        assertThat(csv.header("Assay-Next-Cursor")).isNotEmpty();
        String all = project.as()
                .get("/v1/costs/ledger?format=csv&from=now-2h&to=now+1h")
                .asString();
        assertThat(all.split("\r\n")).hasSize(6);
        assertThat(all).startsWith("event_id,start_time,");
        assertThat(all).contains(",'=cmd|' /C calc'!A0,").doesNotContain(",=cmd");
    }

    @Test
    void focusHasARowPerClassAndItsCostsSumToTheTotal() {
        sendMixed();
        Response response = project.as().get("/v1/costs/focus?from=now-2h&to=now+1h");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.contentType()).startsWith("text/csv");
        List<String> lines = Arrays.asList(response.asString().split("\r\n"));
        List<String> columns = Arrays.asList(lines.get(0).split(","));
        assertThat(columns).contains("BilledCost", "ListCost", "ListUnitPrice", "ServiceSubcategory", "x_CostBasis");
        assertThat(lines).hasSize(1 + 5);
        int listCost = columns.indexOf("ListCost");
        assertThat(lines.stream()
                        .skip(1)
                        .map(line -> new BigDecimal(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)[listCost]))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("10");
        assertThat(lines.stream().filter(line -> line.contains(",unpriced,"))).hasSize(1);
    }

    @ParameterizedTest(name = "{0}: {1} names {2}")
    @CsvSource({
        "/v1/costs/ledger?limit=0,                   400, limit",
        "/v1/costs/ledger?limit=1001,                400, limit",
        "/v1/costs/ledger?cursor=x,                  400, cursor",
        "/v1/costs/ledger?format=xml,                400, format",
        "/v1/costs/ledger?from=now-93d,              400, from",
        "/v1/costs/ledger?group_by=app,              400, group_by",
        "/v1/costs/ledger?mood=good,                 400, mood",
        "/v1/costs/breakdown,                        400, group_by",
        "/v1/costs/breakdown?group_by=mood,          400, group_by",
        "/v1/costs/focus?limit=3,                    400, limit",
        "/v1/costs/unpriced?from=yesterday,          400, from",
    })
    void namesWhatIsWrong(String path, int status, String field) {
        project.as()
                .get(path)
                .then()
                .statusCode(status)
                .body("field", equalTo(field))
                .body("detail", containsString(field));
    }

    @Test
    void showsNoOtherProjectsCalls() {
        sendMixed();
        TestProject other = TestProject.create(directory);
        other.as().get("/v1/costs/ledger").then().body("items", hasSize(0));
        other.as().get("/v1/costs/breakdown?group_by=app").then().body("items", hasSize(0));
        other.as().get("/v1/costs/unpriced").then().body("calls", equalTo(0));
        assertThat(other.as().get("/v1/costs/focus").asString().split("\r\n")).hasSize(1);
    }

    /** In the last two hours and the next: 10 in five calls, one of them unpriced; three hours before: 20. */
    private void sendMixed() {
        Instant now = Instant.now();
        CallRecords.send(
                call("a", now, "shop", b -> b.setInputTokens(2_000_000).setUserId("=cmd|' /C calc'!A0")),
                call("b", now, "shop", b -> b.setInputTokens(1_000_000).setReportedCost(cents(300))),
                call("c", now, "help", b -> b.setOutputTokens(200_000)),
                call("d", now, "help", b -> b.setInputTokens(200_000).setCacheReadTokens(0)),
                call("unpriced", now, "help", b -> b.setRequestModel("no-such").setInputTokens(77)),
                call("before", now.minusSeconds(3 * 3600 + 600), "shop", b -> b.setInputTokens(8_000_000)));
        awaitCalls(6);
    }

    private Sent call(String id, Instant at, String app, java.util.function.Consumer<Call.Builder> change) {
        return CallRecords.of(project, id, at, b -> change.accept(b.setApp(app)));
    }

    private static Decimal cents(long cents) {
        return Decimal.newBuilder()
                .setUnscaled(com.google.protobuf.ByteString.copyFrom(
                        java.math.BigInteger.valueOf(cents).toByteArray()))
                .setScale(2)
                .build();
    }

    private void awaitCalls(int calls) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(project.as()
                                .get("/v1/costs/ledger?from=now-1d&to=now+1d")
                                .jsonPath()
                                .getList("items"))
                        .hasSize(calls));
    }
}
