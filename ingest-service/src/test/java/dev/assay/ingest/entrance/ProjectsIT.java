package dev.assay.ingest.entrance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.ingest.StackResource;
import dev.assay.ingest.entrance.Entrance.Answer;
import dev.assay.localstack.TestStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Projects and keys, through the API, the database and the control topic. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class ProjectsIT {
    @TestHTTPResource("/")
    URI base;

    @TestHTTPResource(value = "/q/health/ready", management = true)
    URI ready;

    @ConfigProperty(name = "quarkus.management.test-port", defaultValue = "0")
    int managementPort;

    private Answer get(Entrance as, String path) {
        return as.send("GET", path, "", new byte[0]);
    }

    @Test
    void makesAProjectWhoseKeyWorksAndStopsWorking() {
        Entrance admin = Entrance.builtIn(base);
        Entrance project = Entrance.newProject(base, "ingest", "read");
        assertThat(project.json("POST", "/v1/calls", Entrance.call("p")).status())
                .isEqualTo(202);
        Answer listed = get(admin, "/v1/projects/" + project.project + "/keys");
        assertThat(listed.json().get("items")).hasSize(1);
        assertThat(listed.text()).doesNotContain(project.key).doesNotContain("hmac");
        String keyId = listed.json().get("items").get(0).get("key_id").asText();
        assertThat(project.key).startsWith("assay_" + keyId + "_");
        String path = "/v1/projects/" + project.project + "/keys/" + keyId;
        assertThat(admin.send("DELETE", path, "", new byte[0]).status()).isEqualTo(204);
        await().atMost(Duration.ofSeconds(5))
                .until(() ->
                        project.json("POST", "/v1/calls", Entrance.call("p")).status() == 401);
        assertThat(admin.send("DELETE", path, "", new byte[0]).status()).isEqualTo(404);
    }

    @Test
    void keepsNoKeyThatOneCouldUse() throws Exception {
        Entrance project = Entrance.newProject(base, "ingest");
        TestStack stack = TestStack.shared();
        try (Connection connection =
                        DriverManager.getConnection(stack.jdbcUrl(), "ingest_owner", stack.password("ingest_owner"));
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select string_agg(k::text, '') from ingest.api_key k")) {
            rows.next();
            String secret = project.key.substring(project.key.lastIndexOf('_') + 1);
            assertThat(rows.getString(1)).isNotEmpty().doesNotContain(secret);
        }
    }

    @Test
    void letsOnlyTheBuiltInProjectMakeProjects() {
        Entrance project = Entrance.newProject(base, "admin", "ingest");
        Entrance other = Entrance.newProject(base, "ingest");
        assertThat(project.json("POST", "/v1/projects", Map.of("id", "mine")).status())
                .isEqualTo(403);
        assertThat(project.json("POST", "/v1/projects/" + other.project + "/keys", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(get(project, "/v1/projects/" + other.project + "/keys").status())
                .isEqualTo(404);
        assertThat(project.json("POST", "/v1/projects/" + project.project + "/keys", Map.of())
                        .status())
                .isEqualTo(201);
        assertThat(get(project, "/v1/projects").json().get("items")).hasSize(1);
        assertThat(get(other, "/v1/projects").status()).isEqualTo(403);
        assertThat(get(Entrance.builtIn(base), "/v1/projects")
                        .json()
                        .get("items")
                        .size())
                .isGreaterThan(2);
    }

    @Test
    void namesWhatIsWrongWithAProjectOrAKey() {
        Entrance admin = Entrance.builtIn(base);
        for (Object body :
                List.of(Map.of("id", "Upper"), Map.of("id", ""), Map.of("id", "x".repeat(41)), Map.of("name", "x"))) {
            Answer answer = admin.json("POST", "/v1/projects", body);
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().get("field").asText()).isEqualTo("id");
        }
        assertThat(admin.post("/v1/projects", "application/json", "{").status()).isEqualTo(400);
        assertThat(admin.json("POST", "/v1/projects", Map.of("id", "default")).status())
                .isEqualTo(409);
        assertThat(admin.json("POST", "/v1/projects/no-such/keys", Map.of()).status())
                .isEqualTo(404);
        assertThat(admin.json("POST", "/v1/projects/default/keys", Map.of("scopes", List.of("all")))
                        .json()
                        .get("field")
                        .asText())
                .isEqualTo("scopes");
    }

    @Test
    void showsItsInsideOnTheManagementPortOnly() {
        Entrance admin = Entrance.builtIn(base);
        for (String path : List.of("/q/health", "/q/health/ready", "/q/metrics", "/q/openapi", "/q/dev-ui")) {
            assertThat(get(admin, path).status()).as(path).isEqualTo(404);
        }
        Entrance management = new Entrance(ready, "", "");
        assertThat(get(management, "/q/health/ready").status()).isEqualTo(200);
        assertThat(get(management, "/q/metrics").text()).contains("assay_ingest_events_total");
        String openApi = get(management, "/q/openapi").text();
        assertThat(openApi)
                .contains("/v1/calls", "/v1/feedback", "/v1/outcomes", "/v1/traces", "/v1/projects/{id}/keys");
    }
}
