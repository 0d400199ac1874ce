package dev.assay.cost;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.assay.cost.SentRecords.Sent;
import dev.assay.platform.tenancy.ProjectDirectory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Anomalies by series, over HTTP. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class AnomaliesIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    ProjectDirectory directory;

    private TestProject project;

    @BeforeEach
    void newProject() {
        project = TestProject.create(directory);
    }

    @Test
    void findsTheSeriesThatJumpedAndTheModelThatMadeIt() {
        LocalDate today = Instant.now().atZone(ZoneOffset.UTC).toLocalDate();
        List<Sent> records = new ArrayList<>();
        for (int back = 1; back <= 20; back++) {
            Instant noon = today.minusDays(back).atTime(12, 0).toInstant(ZoneOffset.UTC);
            // at 2.50 a million: 10 a day, and 100 the day before yesterday
            records.add(call("shop-" + back, noon, "shop", "gpt-4o", back == 2 ? 40_000_000 : 4_000_000));
            records.add(call("mini-" + back, noon, "shop", "gpt-4o-mini", 10_000_000)); // 1.50
            records.add(call("desk-" + back, noon, "desk", "gpt-4o", 2_000_000));
        }
        CallRecords.send(records.toArray(Sent[]::new));

        await().atMost(SOON)
                .untilAsserted(() -> project.as()
                        .get("/v1/costs/anomalies?from=now-3d&to=now&group_by=app")
                        .then()
                        .statusCode(200)
                        .body("series", equalTo(2))
                        .body("judged", equalTo(2))
                        .body("found", equalTo(1))
                        .body("items[0].by.app", equalTo("shop"))
                        .body("items[0].date", equalTo(today.minusDays(2).toString()))
                        .body("items[0].cost", equalTo("101.5"))
                        .body("items[0].expected", equalTo("11.5"))
                        .body("items[0].deviation", equalTo("90"))
                        .body("items[0].explained_by", equalTo("model"))
                        .body("items[0].contributors.value", contains("gpt-4o", "gpt-4o-mini"))
                        .body("items[0].contributors.deviation", contains("90", "0"))
                        .body("items[0].others", equalTo("0")));
        project.as()
                .get("/v1/costs/anomalies?from=now-3d&to=now&app=desk")
                .then()
                .body("series", equalTo(1))
                .body("items", hasSize(0));
        TestProject.create(directory)
                .as()
                .get("/v1/costs/anomalies?from=now-3d&to=now&group_by=app")
                .then()
                .statusCode(200)
                .body("items", hasSize(0))
                .body("judged", equalTo(0));
    }

    @ParameterizedTest(name = "{0} names {1}")
    @CsvSource({
        "from=now-120d,                      from",
        "step=1d,                            step",
        "explain_by=mood,                    explain_by",
        "group_by=model&explain_by=model,    explain_by",
        "'group_by=app,model,provider',      group_by",
        "colour=red,                         colour",
    })
    void saysWhatIsWrong(String query, String field) {
        project.as()
                .urlEncodingEnabled(false)
                .get("/v1/costs/anomalies?" + query)
                .then()
                .statusCode(400)
                .body("field", equalTo(field));
    }

    private Sent call(String id, Instant at, String app, String model, long tokens) {
        return CallRecords.of(
                project, id, at, b -> b.setApp(app).setRequestModel(model).setInputTokens(tokens));
    }
}
