package dev.assay.cost;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.assay.platform.tenancy.ProjectDirectory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Catalogues by API: looked at, applied, and for operators alone. What is applied here takes effect long after every call
 * of the other tests.
 */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class PriceCataloguesIT {
    private static final String LIST = """
            {"gpt-4o": {"mode": "chat", "litellm_provider": "openai", "input_cost_per_token": 0.000009,
                        "output_cost_per_token": 0.00001, "input_cost_per_moon": 1,
                        "max_input_tokens": 128000},
             "brand-new": {"mode": "chat", "litellm_provider": "openai", "input_cost_per_token": 1e-06}}""";

    @Inject
    ProjectDirectory directory;

    @Inject
    Pool pool;

    private TestProject operators;
    private String version;

    @BeforeEach
    void operator() {
        operators = TestProject.operators(directory);
        version = "test-" + UUID.randomUUID();
    }

    @Test
    void showsWhatItChangesAndChangesItOnlyWhenApplied() {
        Instant from = Instant.parse("2090-01-01T00:00:00Z").plus(version.hashCode() & 0xFFFF, ChronoUnit.SECONDS);
        String id = add(operators, "&effective_from=" + from)
                .statusCode(201)
                .body("state", equalTo("previewed"))
                .body("base_version", notNullValue())
                .body("models", equalTo(2))
                .extract()
                .path("id");
        String later = add(operators, version + "-later", "&effective_from=" + from.plusSeconds(5))
                .statusCode(201)
                .extract()
                .path("id");
        versions(operators).body("items.version", not(hasItem(version)));

        for (int i = 0; i < 2; i++) {
            operators
                    .as()
                    .post("/v1/prices/catalogues/imports/" + id + "/apply")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("applied"))
                    .body("effective_from", equalTo(from.toString()));
        }
        versions(TestProject.create(directory)).body("items.version", hasItem(version));

        // what holds at the later one's time is no longer what it was compared with
        operators
                .as()
                .post("/v1/prices/catalogues/imports/" + later + "/apply")
                .then()
                .statusCode(409)
                .body("detail", containsString("other prices"));
        // the name is taken
        String again = add(operators, "&effective_from=" + from.plusSeconds(1))
                .statusCode(201)
                .body("base_version", equalTo(version))
                .body("changed_count", equalTo(0))
                .extract()
                .path("id");
        operators
                .as()
                .post("/v1/prices/catalogues/imports/" + again + "/apply")
                .then()
                .statusCode(409)
                .body("detail", containsString("name"));
    }

    @Test
    void comparesWithWhatHoldsNow() {
        add(operators, "")
                .statusCode(201)
                .body("base_version", equalTo("2026-08-01"))
                .body("effective_from", nullValue())
                .body("added", hasItem("brand-new"))
                .body("removed_count", greaterThan(2_000))
                .body("changed.key", hasItem("gpt-4o"))
                .body("changed[0].rates.input_cost_per_token.before", equalTo("0.0000025"))
                .body("changed[0].rates.input_cost_per_token.after", equalTo("0.000009"))
                .body("unknown_rates", hasItem("input_cost_per_moon"));
    }

    @Test
    void isForOperatorsAlone() {
        TestProject other = TestProject.create(directory);
        add(other, "").statusCode(403);
        String id = add(operators, "").statusCode(201).extract().path("id");
        other.as().get("/v1/prices/catalogues/imports/" + id).then().statusCode(403);
        other.as().get("/v1/prices/catalogues/imports").then().statusCode(403);
        other.as().post("/v1/prices/catalogues/imports/" + id + "/apply").then().statusCode(403);
    }

    @Test
    void listsWhatIsKeptAndMakesRoomForMore() {
        String id = add(operators, "&source=ours").statusCode(201).extract().path("id");
        operators
                .as()
                .get("/v1/prices/catalogues/imports")
                .then()
                .statusCode(200)
                .body("items.find { it.id == '" + id + "' }.source", equalTo("ours"))
                .body("items.find { it.id == '" + id + "' }.state", equalTo("previewed"));

        // as many as may be, all of them older
        run("""
            insert into price_import (import_id, version, state, base_version, source, currency, created_time, created_by, content)
            select gen_random_uuid(), 'filler-' || i, 'previewed', '2026-08-01', 'test', 'USD',
              timestamptz '2020-01-01' + i * interval '1 minute', 'test', ''
            from generate_series(1, 200) i""");
        add(operators, version + "-one-more", "").statusCode(201);
        operators
                .as()
                .get("/v1/prices/catalogues/imports")
                .then()
                .body("items", hasSize(200))
                .body("items.id", hasItem(id))
                .body("items.version", hasItem("filler-200"))
                .body("items.version", not(hasItem("filler-1")));
        run("delete from price_import where version like 'filler-%'");
    }

    private void run(String sql) {
        pool.query(sql).execute().await().atMost(Duration.ofSeconds(10));
    }

    @Test
    void refusesWhatIsNoListAndTimesThatHavePassed() {
        operators
                .as()
                .contentType("application/json")
                .body("[]")
                .post("/v1/prices/catalogues/imports?version=" + version)
                .then()
                .statusCode(422);
        operators
                .as()
                .contentType("application/json")
                .body(LIST)
                .post("/v1/prices/catalogues/imports")
                .then()
                .statusCode(422)
                .body("field", equalTo("version"));
        String late = add(operators, "&effective_from=2026-01-01T00:00:00Z")
                .statusCode(201)
                .extract()
                .path("id");
        operators
                .as()
                .post("/v1/prices/catalogues/imports/" + late + "/apply")
                .then()
                .statusCode(409);
    }

    private ValidatableResponse add(TestProject project, String parameters) {
        return add(project, version, parameters);
    }

    private static ValidatableResponse add(TestProject project, String version, String parameters) {
        return project.as()
                .contentType("application/json")
                .body(LIST)
                .post("/v1/prices/catalogues/imports?version=" + version + parameters)
                .then();
    }

    private static ValidatableResponse versions(TestProject project) {
        return project.as().get("/v1/prices/catalogues").then().statusCode(200);
    }
}
