package dev.assay.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Projects keep apart in the database, whatever a query asks for; and keys may do what their scope says. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class IsolationIT {
    /** One row of each table that late folds, caps and jobs have; ? is the tenant. */
    private static final List<String> ROWS = List.of(
            "judged_change (tenant, event_hash, source) values (?, gen_random_uuid(), -1)",
            "judged_fold (tenant, event_hash, minute, series_id) values (?, gen_random_uuid(), 0, 0)",
            "session_change (tenant, session_hash, source, low_us, high_us) values (?, gen_random_uuid(), -1, 0, 0)",
            """
            requery_fold (tenant, session_hash, event_hash, event_time_us, minute, series_id, rephrased)
            values (?, gen_random_uuid(), gen_random_uuid(), 0, 0, 0, false)""",
            "judge_spend (tenant, day, calls, tokens, skipped) values (?, 0, 0, 0, 0)",
            """
            rescore_job (tenant, job_id, epoch, from_minute, end_minute, total, place_minute, place_hash, created_us)
            values (?, gen_random_uuid(), 'e', 0, 0, 0, 0, gen_random_uuid(), 0)""");

    @Test
    void aReaderSeesTheRowsOfItsProjectAlone() throws SQLException {
        String mine = "t-" + UUID.randomUUID();
        String theirs = "t-" + UUID.randomUUID();
        try (Database owner = new Database("owner");
                Database reader = new Database("reader")) {
            for (String row : ROWS) {
                owner.change("insert into " + row, mine);
                owner.change("insert into " + row, theirs);
            }
            for (String row : ROWS) {
                String count = "select count(*) from " + row.substring(0, row.indexOf(' '));
                reader.text("select set_config('assay.tenant', '', false)");
                assertThat(reader.number(count)).as(count).isZero();
                reader.text("select set_config('assay.tenant', ?, false)", mine);
                assertThat(reader.number(count)).as(count).isEqualTo(1);
                assertThat(reader.number(count + " where tenant = ?", theirs))
                        .as(count)
                        .isZero();
            }
        }
    }

    /** A table that is added without protection fails here. */
    @Test
    void everyTableOfProjectsIsProtected() throws SQLException {
        try (Database owner = new Database("owner")) {
            String tables = """
                    from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'quality' and c.relkind in ('r', 'p') and not c.relispartition and exists (
                      select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant')""";
            assertThat(owner.number("select count(*) " + tables)).isGreaterThan(20);
            assertThat(owner.text("select coalesce(string_agg(c.relname, ', '), '') " + tables + """
                     and not (c.relrowsecurity and c.relforcerowsecurity and exists (
                      select from pg_policies p where p.schemaname = 'quality' and p.tablename = c.relname
                        and p.policyname = 'reader_own'))"""))
                    .isEmpty();
        }
    }

    @Test
    void keysMayDoWhatTheirScopeSays() {
        String job = "/v1/judge/rescores/" + UUID.randomUUID();
        String range = "{\"from\":\"2026-03-01T00:00:00Z\",\"to\":\"2026-03-02T00:00:00Z\"}";
        try (TestProject project = new TestProject().known()) {
            for (String path : List.of("/v1/judge/rescores", job, "/v1/tradeoffs/safety-helpfulness")) {
                unsigned().get(path).then().statusCode(401);
                project.asSender().get(path).then().statusCode(403);
            }
            for (String path : List.of(
                    "/v1/judge/comparisons", "/v1/judge/rescores", job + "/pause", job + "/resume", job + "/cancel")) {
                unsigned().body(range).post(path).then().statusCode(401);
                project.asSender().body(range).post(path).then().statusCode(403);
                project.asReader().body(range).post(path).then().statusCode(403);
            }
        }
    }

    private static RequestSpecification unsigned() {
        return RestAssured.given().contentType("application/json");
    }
}
