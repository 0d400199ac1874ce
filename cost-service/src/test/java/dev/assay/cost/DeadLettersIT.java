package dev.assay.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.assay.contracts.Topics;
import dev.assay.cost.RandomCalls.Story;
import dev.assay.cost.SentRecords.Sent;
import dev.assay.platform.tenancy.ProjectDirectory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was given up is shown to whom it belongs, and comes back once (F19). */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class DeadLettersIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    Pool pool;

    @Inject
    ProjectDirectory directory;

    private TestProject project;

    @BeforeEach
    void newProject() {
        project = TestProject.create(directory);
    }

    @Test
    void comesBackOnceTheCauseIsGone() {
        Story story = new RandomCalls(19, Instant.now().truncatedTo(ChronoUnit.DAYS), 3)
                .stories(40).stream()
                        .filter(it -> !it.last().withdrawn() && it.last().cost() != null)
                        .findFirst()
                        .orElseThrow();
        long offset = 1L << 40; // given up by an older version, long before this test's broker began
        keep(project.id(), offset, RandomCalls.record(project.id(), story, 0).toByteArray());
        TestProject other = TestProject.create(directory);

        project.as()
                .get("/v1/dead-letters")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].topic", equalTo(Topics.CALLS))
                .body("items[0].offset", equalTo(offset))
                .body("items[0].project", equalTo(project.id()))
                .body("items[0].reason", equalTo("a version that was not known yet"))
                .body("items[0].replayed", equalTo(false));
        other.as().get("/v1/dead-letters").then().body("items", hasSize(0));
        assertThat(replayed(other, "{}")).isZero();

        assertThat(replayed(project, "{\"topic\":\"" + Topics.SCORES + "\"}")).isZero();
        assertThat(replayed(project, "{\"topic\":\"" + Topics.CALLS + "\",\"partition\":1,\"offset\":" + offset + "}"))
                .isEqualTo(1);
        await().atMost(SOON)
                .untilAsserted(() -> project.as()
                        .get("/v1/costs/calls/" + story.eventId())
                        .then()
                        .statusCode(200));
        assertThat(replayed(project, "{}")).isZero();
        project.as().get("/v1/dead-letters?replayed=true").then().body("items", hasSize(1));
        project.as().get("/v1/dead-letters?replayed=false").then().body("items", hasSize(0));
    }

    @Test
    void whatIsStillAtFaultIsGivenUpAgain() {
        TestProject builtIn = TestProject.create(directory, "default");
        String poison = "no protobuf " + UUID.randomUUID();
        SentRecords.send(Topics.CALLS, List.of(new Sent(0, poison.getBytes(StandardCharsets.UTF_8))));
        await().atMost(SOON).untilAsserted(() -> assertThat(count(poison)).isEqualTo(1));

        project.as().get("/v1/dead-letters").then().body("items", hasSize(0)); // nobody's in particular
        List<Map<String, Object>> shown = builtIn.as()
                .get("/v1/dead-letters?replayed=false&limit=1000")
                .jsonPath()
                .getList("items");
        assertThat(shown).anySatisfy(letter -> {
            assertThat(letter.get("project")).isNull();
            assertThat(letter.get("bytes")).isEqualTo(poison.length());
            assertThat(letter.toString()).doesNotContain(poison);
        });
        assertThat(replayed(builtIn, "{}")).isPositive();
        await().atMost(SOON).untilAsserted(() -> assertThat(count(poison)).isEqualTo(2));
    }

    @Test
    void pagesFromTheLatest() {
        for (int i = 0; i < 5; i++) {
            keep(project.id(), (1L << 41) + i, new byte[] {1});
        }
        List<Long> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonPath page = project.as()
                    .get("/v1/dead-letters?limit=2&cursor=" + cursor)
                    .jsonPath();
            page.getList("items.offset", Long.class).forEach(seen::add);
            cursor = page.getString("next_cursor");
        } while (cursor != null);
        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "limit=0, limit",
        "limit=1001, limit",
        "replayed=maybe, replayed",
        "cursor=eA, cursor",
        "topic=orders, topic",
    })
    void saysWhatIsWrong(String query, String field) {
        int status = project.as()
                .get("/v1/dead-letters?" + query)
                .then()
                .body("field", equalTo(field))
                .extract()
                .statusCode();
        assertThat(status).isIn(400, 422);
    }

    @Test
    void refusesAPlaceThatIsNone() {
        project.as()
                .contentType(ContentType.JSON)
                .body("{\"offset\":3}")
                .post("/v1/dead-letters/replay")
                .then()
                .statusCode(422)
                .body("field", equalTo("offset"));
    }

    private int replayed(TestProject by, String body) {
        return by.as()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/dead-letters/replay")
                .then()
                .statusCode(200)
                .extract()
                .path("replayed");
    }

    private void keep(String tenant, long offset, byte[] value) {
        pool.preparedQuery("""
                        insert into dead_letter
                          (tenant, topic, partition_id, record_offset, record_key, record_value, reason, sent)
                        values ($1, $2, 1, $3, $4, $5, 'a version that was not known yet', true)""")
                .execute(Tuple.of(tenant, Topics.CALLS, offset, Buffer.buffer(), Buffer.buffer(value)))
                .await()
                .atMost(SOON);
    }

    private long count(String value) {
        return pool.preparedQuery("select count(*) from dead_letter where record_value = $1")
                .execute(Tuple.of(Buffer.buffer(value)))
                .await()
                .atMost(SOON)
                .iterator()
                .next()
                .getLong(0);
    }
}
