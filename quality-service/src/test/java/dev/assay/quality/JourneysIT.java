package dev.assay.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.common.v1.Revision;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.quality.domain.users.IsoWeek;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What users do over several calls, from Kafka to the KPIs. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class JourneysIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final long nowUs = TimeUnit.SECONDS.toMicros(Instant.now().getEpochSecond()) - minutes(120);
    private int sent;

    /** Nine queries in four sessions, two of them asked again in other words at once. */
    @Test
    void countsRephrasingsOfAQueryAndNothingElse() {
        try (TestProject project = new TestProject().known();
                PublishedWindows windows = new PublishedWindows(project.tenant)) {
            ask(project, "s1", "t1", 0, "How do I reset my router password?");
            ask(project, "s1", "t1", 1, "How do I reset my router password?"); // another step of the same answer
            ask(project, "s1", "t2", 60, "how can I reset the password of my router"); // again: t1 was rephrased
            ask(project, "s1", "t3", 120, "What does the premium plan cost?"); // something else
            ask(project, "s2", "t4", 0, "Where is my parcel?");
            ask(project, "s2", "t5", 30, "Where is my parcel??"); // again: t4
            ask(project, "s2", "t6", 1_000, "Where is my parcel"); // the same, but later
            ask(project, "s3", "t7", 0, "Cancel my subscription please");
            ask(project, "s3", "t8", 20, ""); // nobody knows what was asked
            ask(project, "s4", "t9", 10, "Cancel my subscription please"); // another session
            project.flush();
            await().atMost(SOON).untilAsserted(() -> {
                JsonPath users = users(project, "?from=now-1d&to=now");
                assertThat(users.getLong(kpi("requery_rate") + ".count")).isEqualTo(8);
                assertThat(users.getDouble(kpi("session_length_mean") + ".value"))
                        .isCloseTo(9 / 4.0, within(1e-9));
            });
            JsonPath users = users(project, "?from=now-1d&to=now");
            assertThat(users.getDouble(kpi("requery_rate") + ".value")).isCloseTo(2 / 8.0, within(1e-9));
            assertThat(users.getDouble(kpi("requery_rate") + ".coverage")).isCloseTo(8 / 9.0, within(1e-9));
            assertThat(users.getLong(kpi("session_length_mean") + ".count")).isEqualTo(4);
            assertThat(users(project, "?from=now-1d&to=now&app=none").<Object>get(kpi("requery_rate") + ".value"))
                    .isNull();
            assertThat(users(project, "?from=now-1d&to=now&group_by=prompt_version")
                            .getDouble(kpi("requery_rate") + ".value"))
                    .isCloseTo(2 / 8.0, within(1e-9));
            assertThat(users(project, "?from=now-60d&to=now").<Object>get(kpi("requery_rate") + ".value"))
                    .isNull();
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(windows.total(Measure.MEASURE_REQUERY).count()).isEqualTo(8);
                assertThat(windows.total(Measure.MEASURE_REQUERY).good()).isEqualTo(2);
            });
            // what comes late changes the window of the query before it
            ask(project, "s4", "t10", 40, "please cancel the subscription");
            project.flush();
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(windows.total(Measure.MEASURE_REQUERY).count()).isEqualTo(9);
                assertThat(windows.total(Measure.MEASURE_REQUERY).good()).isEqualTo(3);
            });
        }
    }

    /** Four users three weeks ago, of whom three are back the week after, and one of these in the last week too. */
    @Test
    void retainsUsersByWeek() {
        try (TestProject project = new TestProject().known()) {
            IsoWeek first = IsoWeek.of(Instant.now()).plus(-3);
            for (String user : new String[] {"a", "b", "c", "d"}) {
                visit(project, user, first);
                visit(project, user, first); // twice is no more
            }
            for (String user : new String[] {"a", "b", "c"}) {
                visit(project, user, first.plus(1));
            }
            visit(project, "a", first.plus(2));
            visit(project, "new", first.plus(2));
            visit(project, "new", first.plus(3)); // that week is not over
            project.flush();
            String range = "?from=" + first.start() + "&to=" + first.plus(1).start();
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(users(project, range).<Object>get(kpi("retention_week1_ratio") + ".value"))
                                    .isEqualTo(0.75));
            assertThat(users(project, range).getLong(kpi("retention_week1_ratio") + ".count"))
                    .isEqualTo(4);
            // the week after: three users, one of them back; the last one's following week is not over
            String all = "?from=" + first.start() + "&to=" + first.plus(3).start();
            assertThat(users(project, all).getDouble(kpi("retention_week1_ratio") + ".value"))
                    .isCloseTo(4 / 7.0, within(1e-9));
            JsonPath cohorts = project.asReader()
                    .get("/v1/users/retention?weeks=4")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath(JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE));
            assertThat(cohorts.getString("items[0].week")).isEqualTo(first.toString());
            assertThat(cohorts.getLong("items[0].users")).isEqualTo(4);
            assertThat(cohorts.getList("items[0].weeks.users", Long.class)).containsExactly(3L, 1L);
            assertThat(cohorts.getLong("items[1].users")).isEqualTo(1);
            assertThat(cohorts.getList("items[1].weeks")).isEmpty();
            project.asReader()
                    .get("/v1/users/retention?weeks=99")
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("weeks"));
        }
    }

    private void ask(TestProject project, String session, String trace, long afterSeconds, String question) {
        project.send(
                Topics.CALLS,
                0,
                call(project, nowUs + TimeUnit.SECONDS.toMicros(afterSeconds))
                        .setCall(base(nowUs + TimeUnit.SECONDS.toMicros(afterSeconds))
                                .setSessionId(session)
                                .setTraceId(trace)
                                .setInput(question))
                        .build());
    }

    private void visit(TestProject project, String user, IsoWeek week) {
        long timeUs = TimeUnit.SECONDS.toMicros(week.start().getEpochSecond()) + minutes(90 + sent);
        project.send(
                Topics.CALLS,
                0,
                call(project, timeUs).setCall(base(timeUs).setUserId(user)).build());
    }

    private static long minutes(int minutes) {
        return TimeUnit.MINUTES.toMicros(minutes);
    }

    private static Call.Builder base(long timeUs) {
        return Call.newBuilder()
                .setKind(Kind.KIND_LLM)
                .setStatus(Status.STATUS_OK)
                .setStartTimeUs(timeUs)
                .setDimensions(Dimensions.newBuilder().setApp("chat").setPromptVersion("v1"));
    }

    private CallRevised.Builder call(TestProject project, long timeUs) {
        return CallRevised.newBuilder()
                .setEnvelope(Envelope.newBuilder()
                        .setTenant(project.tenant)
                        .setEventId("call-" + sent++)
                        .setEventTimeUs(timeUs))
                .setRevision(Revision.newBuilder().setPosition(1))
                .setLedgerDay(20_000);
    }

    private static String kpi(String name) {
        return "groups[0].kpis." + name;
    }

    private static JsonPath users(TestProject project, String parameters) {
        return project.asReader()
                .get("/v1/kpis/users" + parameters)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath(JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE));
    }
}
