package dev.assay.cost;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.platform.tenancy.ProjectDirectory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Spend and budgets as meters. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class CostMetersIT {
    @Inject
    ProjectDirectory directory;

    @TestHTTPResource(value = "/q/metrics", management = true)
    URI metrics;

    @Test
    void tellsWhereABudgetStands() {
        TestProject project = TestProject.create(directory);
        project.as()
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "name",
                        "metered",
                        "limit",
                        "10",
                        "currency",
                        "USD",
                        "period",
                        "month",
                        "thresholds",
                        List.of("0.2", "0.9")))
                .post("/v1/budgets")
                .then()
                .statusCode(201);
        CallRecords.send(CallRecords.of(project, "a", Instant.now(), b -> b.setInputTokens(1_000_000)));

        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(given().get(metrics.resolve("/q/metrics"))
                                .asString()
                                .lines()
                                .filter(line -> line.contains("\"" + project.id() + "\""))
                                .map(line -> line.replaceAll("\\{.*}", "")))
                        .contains(
                                "assay_budget_used_ratio 0.25",
                                "assay_budget_committed_ratio 0.25",
                                "assay_budget_threshold_reached_ratio 0.2",
                                "assay_budget_unpriced_calls 0.0",
                                "assay_cost_today 2.5"));
    }
}
