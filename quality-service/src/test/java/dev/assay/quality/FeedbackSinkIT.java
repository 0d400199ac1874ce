package dev.assay.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.common.v1.Source;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.contracts.llm.v1.Feedback;
import dev.assay.contracts.llm.v1.FeedbackEvent;
import dev.assay.contracts.llm.v1.NamedScore;
import dev.assay.contracts.llm.v1.TaskOutcome;
import dev.assay.quality.SentCall.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Feedback and outcomes from Kafka to the user KPIs and lists, against figures counted here from what was sent. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class FeedbackSinkIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String RANGE = "?from=now-1d&to=now%2B1h";

    private final long nowUs = TimeUnit.SECONDS.toMicros(Instant.now().getEpochSecond());

    @Test
    void countsFeedbackOnceInItsLatestVersionWhateverTheOrder() {
        try (TestProject project = new TestProject()) {
            List<FeedbackEvent> sent = ratings(project.tenant, 800, new Random(2));
            sent.forEach(event -> project.send(Topics.FEEDBACK, partition(event), event));
            project.flush();
            Collection<FeedbackEvent> latest = latest(sent);
            await().atMost(SOON).untilAsserted(() -> assertRatings(project, latest));
        }
    }

    @Test
    void countsTasksOnceAndTimesTheSuccessfulOnes() {
        try (TestProject project = new TestProject()) {
            List<FeedbackEvent> sent = outcomes(project.tenant, 600, new Random(3));
            sent.forEach(event -> project.send(Topics.FEEDBACK, partition(event), event));
            project.flush();
            Collection<FeedbackEvent> latest = latest(sent);
            List<Long> durations = latest.stream()
                    .map(FeedbackEvent::getOutcome)
                    .filter(TaskOutcome::getSuccess)
                    .map(task -> task.getEndTimeUs() - task.getStartTimeUs())
                    .sorted()
                    .toList();
            await().atMost(SOON).untilAsserted(() -> {
                JsonPath users = project.get("/v1/kpis/users" + RANGE);
                assertThat(users.getLong(kpi("task_success_rate") + ".count")).isEqualTo(latest.size());
                assertThat(users.getDouble(kpi("task_success_rate") + ".value"))
                        .isEqualTo((double) durations.size() / latest.size());
                double median = durations.get((durations.size() + 1) / 2 - 1) / 1000.0;
                assertThat(users.getDouble(kpi("time_to_completion_p50_ms") + ".value"))
                        .isCloseTo(median, within(median * 0.01));
                double p90 = durations.get((int) Math.ceil(0.9 * durations.size()) - 1) / 1000.0;
                assertThat(users.getDouble(kpi("time_to_completion_p90_ms") + ".value"))
                        .isCloseTo(p90, within(p90 * 0.01));
            });
        }
    }

    @Test
    void listsTheLowestRatedWithTheirQueriesAndGroupsThemByLikeness() {
        try (TestProject project = new TestProject()) {
            for (int i = 0; i < 3; i++) {
                SentCall call = new SentCall("call-" + i, 0, 1, 1, nowUs - i, "chat", "u" + i, Answer.OVER_REFUSED);
                project.send(Topics.CALLS, 1, call.message(project.tenant));
            }
            project.send(Topics.FEEDBACK, 0, low(project.tenant, "f0", 2, "call-0", "", "Not helpful, it refused"));
            project.send(
                    Topics.FEEDBACK, 0, low(project.tenant, "f1", 1, "", "trace-call-1", "nothing wrong but slow"));
            project.send(Topics.FEEDBACK, 0, low(project.tenant, "f2", 1, "call-unknown", "", ""));
            project.send(Topics.FEEDBACK, 0, low(project.tenant, "f3", 5, "call-2", "", "great"));
            project.flush();
            await().atMost(SOON).untilAsserted(() -> {
                JsonPath list = project.get("/v1/feedback" + RANGE);
                assertThat(list.getList("items.event_id")).containsExactly("f2", "f1", "f0");
                assertThat(list.getString("items[1].query")).isEqualTo("How do I bake bread?");
                assertThat(list.getString("items[2].query")).isEqualTo("How do I bake bread?");
                assertThat(list.<Object>get("items[0].query")).isNull();
                assertThat(list.getList("items[1].issues")).containsExactly("slow");
                assertThat(list.<Object>get("next_cursor")).isNull();
            });
            JsonPath first = project.get("/v1/feedback" + RANGE + "&limit=2");
            assertThat(first.getList("items.event_id")).containsExactly("f2", "f1");
            JsonPath second = project.get("/v1/feedback" + RANGE + "&limit=2&cursor=" + first.getString("next_cursor"));
            assertThat(second.getList("items.event_id")).containsExactly("f0");
            JsonPath groups = project.get("/v1/feedback/queries" + RANGE);
            assertThat(groups.getList("items")).hasSize(1);
            assertThat(groups.getInt("items[0].count")).isEqualTo(2);
        }
    }

    @Test
    void showsScoresThatOthersGaveBesideACall() {
        try (TestProject project = new TestProject()) {
            FeedbackEvent scored = low(project.tenant, "s1", 1, "call-9", "", "");
            project.send(
                    Topics.FEEDBACK,
                    0,
                    scored.toBuilder()
                            .setEnvelope(scored.getEnvelope().toBuilder().setSource(Source.SOURCE_LANGFUSE_BATCH))
                            .setFeedback(Feedback.newBuilder()
                                    .setCallEventId("call-9")
                                    .setScore(NamedScore.newBuilder()
                                            .setName("helpfulness")
                                            .setValue(0.9)
                                            .setExplanation("ok")))
                            .build());
            project.flush();
            await().atMost(SOON).untilAsserted(() -> {
                JsonPath scores = project.get("/v1/scores?event_id=call-9");
                assertThat(scores.getList("items.metric")).containsExactly("helpfulness");
                assertThat(scores.getDouble("items[0].score")).isEqualTo(0.9);
                assertThat(scores.getString("items[0].evaluator")).isEqualTo("langfuse");
                assertThat(scores.getString("items[0].explanation")).isEqualTo("ok");
            });
            JsonPath users = project.get("/v1/kpis/users" + RANGE);
            assertThat(users.<Object>get(kpi("csat_mean") + ".value")).isNull();
        }
    }

    @Test
    void showsAScoreOfATraceWithItsCalls() {
        try (TestProject project = new TestProject()) {
            SentCall call = new SentCall("call-7", 0, 1, 1, nowUs, "chat", "u7", Answer.OVER_REFUSED);
            project.send(Topics.CALLS, 1, call.message(project.tenant));
            FeedbackEvent scored = low(project.tenant, "s2", 1, "", "trace-call-7", "");
            project.send(
                    Topics.FEEDBACK,
                    0,
                    scored.toBuilder()
                            .setFeedback(scored.getFeedback().toBuilder()
                                    .setScore(NamedScore.newBuilder()
                                            .setName("tone")
                                            .setLabel("calm")))
                            .build());
            project.flush();
            await().atMost(SOON).untilAsserted(() -> {
                JsonPath scores = project.get("/v1/scores?event_id=call-7");
                assertThat(scores.getList("items.findAll { it.of == 'trace' }.word"))
                        .containsExactly("calm");
            });
        }
    }

    @Test
    void reportsIssuesAgainstThePeriodBefore() {
        try (TestProject project = new TestProject()) {
            long hourUs = TimeUnit.HOURS.toMicros(1);
            for (int i = 0; i < 40; i++) {
                String text = i < 20 ? "so slow" : i < 25 ? "nothing wrong here" : "too verbose";
                project.send(Topics.FEEDBACK, 3, comment(project.tenant, "n" + i, nowUs - hourUs / 2, text));
                project.send(
                        Topics.FEEDBACK,
                        3,
                        comment(project.tenant, "p" + i, nowUs - 3 * hourUs / 2 - hourUs, i < 2 ? "slow" : "fine"));
            }
            project.flush();
            String range = "?from=" + Instant.ofEpochSecond(nowUs / 1_000_000 - 7200) + "&to="
                    + Instant.ofEpochSecond(nowUs / 1_000_000 + 60);
            await().atMost(SOON).untilAsserted(() -> {
                JsonPath issues = project.get("/v1/issues" + range);
                assertThat(issues.getLong("feedback")).isEqualTo(40);
                assertThat(issues.getLong("previous_feedback")).isEqualTo(40);
                assertThat(issues.getList("items.issue")).containsExactly("slow", "too_verbose");
                assertThat(issues.getLong("items[0].count")).isEqualTo(20);
                assertThat(issues.getLong("items[0].previous")).isEqualTo(2);
                assertThat(issues.getDouble("items[0].change_ratio")).isEqualTo(9.0);
                assertThat(issues.getBoolean("items[0].change_significant")).isTrue();
                assertThat(issues.getList("items[0].examples")).isNotEmpty();
                assertThat(issues.<Object>get("items[1].change_ratio")).isNull();
            });
        }
    }

    @Test
    void refusesBadParametersByName() {
        try (TestProject project = new TestProject()) {
            await().atMost(SOON)
                    .untilAsserted(() ->
                            project.asReader().get("/v1/kpis/users").then().statusCode(200));
            project.asReader()
                    .get("/v1/feedback?max_rating=9")
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("max_rating"));
            project.asReader()
                    .get("/v1/feedback?limit=x")
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("limit"));
            project.asReader()
                    .get("/v1/feedback?cursor=!!")
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("cursor"));
            project.asReader()
                    .get("/v1/issues?from=yesterday")
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("from"));
            project.asReader()
                    .get("/v1/kpis/users?apps=x")
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("apps"));
            project.asSender().get("/v1/kpis/users").then().statusCode(403);
        }
    }

    /** People rate an answer; its model is that of the call that they name. */
    @Test
    void tellsRatingsByTheModelOfTheRatedCall() {
        try (TestProject project = new TestProject()) {
            for (String model : new String[] {"small", "large"}) {
                SentCall call = new SentCall("call-" + model, 0, 1, 1, nowUs, "chat", "u-" + model, Answer.ORDINARY);
                CallRevised revised = call.message(project.tenant);
                project.send(
                        Topics.CALLS,
                        1,
                        revised.toBuilder()
                                .setCall(revised.getCall().toBuilder()
                                        .setDimensions(Dimensions.newBuilder()
                                                .setApp("chat")
                                                .setModel(model)))
                                .build());
            }
            project.send(Topics.FEEDBACK, 0, task(project.tenant, "small", true));
            project.send(Topics.FEEDBACK, 0, task(project.tenant, "large", false));
            project.send(Topics.FEEDBACK, 0, task(project.tenant, "none", true));
            project.send(Topics.FEEDBACK, 0, low(project.tenant, "r1", 1, "call-small", "", ""));
            project.send(Topics.FEEDBACK, 0, low(project.tenant, "r2", 2, "", "trace-call-small", ""));
            project.send(Topics.FEEDBACK, 0, low(project.tenant, "r3", 5, "call-large", "", ""));
            project.send(Topics.FEEDBACK, 0, low(project.tenant, "r4", 4, "call-unknown", "", ""));
            project.flush();
            await().atMost(SOON).untilAsserted(() -> {
                JsonPath users = project.get("/v1/kpis/users" + RANGE + "&group_by=model");
                String small = "groups.find { it.by.model == 'small' }.kpis.csat_mean";
                assertThat(users.<Object>get(small + ".value")).isEqualTo(1.5);
                assertThat(users.getLong(small + ".count")).isEqualTo(2);
                assertThat(users.<Object>get("groups.find { it.by.model == 'large' }.kpis.csat_mean.value"))
                        .isEqualTo(5.0);
                assertThat(users.<Object>get("groups.find { it.by.model == null }.kpis.csat_mean.value"))
                        .isEqualTo(4.0);
                // tasks are of the models of their users' calls from start to end
                assertThat(users.<Object>get("groups.find { it.by.model == 'small' }.kpis.task_success_rate.value"))
                        .isEqualTo(1.0);
                assertThat(users.getDouble(
                                "groups.find { it.by.model == 'small' }.kpis.time_to_completion_p50_ms.value"))
                        .isCloseTo(60_000, withinPercentage(1));
                assertThat(users.<Object>get("groups.find { it.by.model == 'large' }.kpis.task_success_rate.value"))
                        .isEqualTo(0.0);
                assertThat(users.getLong("groups.find { it.by.model == null }.kpis.task_success_rate.count"))
                        .isEqualTo(1);
            });
            assertThat(project.get("/v1/kpis/users" + RANGE + "&model=small").<Object>get(kpi("csat_mean") + ".value"))
                    .isEqualTo(1.5);
            assertThat(project.get("/v1/kpis/users" + RANGE).getLong(kpi("csat_mean") + ".count"))
                    .isEqualTo(4);
        }
    }

    /** Of a minute that ends now. */
    private FeedbackEvent task(String tenant, String of, boolean success) {
        return FeedbackEvent.newBuilder()
                .setEnvelope(Envelope.newBuilder()
                        .setTenant(tenant)
                        .setEventId("task-" + of)
                        .setEventTimeUs(nowUs)
                        .setReceivedTimeUs(nowUs))
                .setOutcome(TaskOutcome.newBuilder()
                        .setTaskId("task-" + of)
                        .setApp("chat")
                        .setUserId("u-" + of)
                        .setSuccess(success)
                        .setStartTimeUs(nowUs - TimeUnit.MINUTES.toMicros(1))
                        .setEndTimeUs(nowUs))
                .build();
    }

    /** Stars, thumbs and NPS; some sent again, some changed later; shuffled. */
    private List<FeedbackEvent> ratings(String tenant, int count, Random random) {
        List<FeedbackEvent> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int versions = 1 + random.nextInt(4) / 3;
            for (int version = 0; version < versions; version++) {
                Feedback.Builder feedback = Feedback.newBuilder()
                        .setApp(random.nextBoolean() ? "chat" : "search")
                        .setUserId("user-" + random.nextInt(50));
                switch (random.nextInt(4)) {
                    case 0 ->
                        feedback.setThumbs(
                                random.nextBoolean() ? Feedback.Thumbs.THUMBS_UP : Feedback.Thumbs.THUMBS_DOWN);
                    case 1 -> feedback.setNps(random.nextInt(11));
                    case 2 -> feedback.setRating(1 + random.nextInt(5)).setNps(random.nextInt(11));
                    default -> feedback.setRating(1 + random.nextInt(5));
                }
                sent.add(FeedbackEvent.newBuilder()
                        .setEnvelope(envelope(tenant, "f-" + i, version, random))
                        .setFeedback(feedback)
                        .build());
            }
        }
        return shuffledWithRepeats(sent, random);
    }

    private List<FeedbackEvent> outcomes(String tenant, int count, Random random) {
        List<FeedbackEvent> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int versions = 1 + random.nextInt(4) / 3;
            for (int version = 0; version < versions; version++) {
                long start = nowUs - TimeUnit.MINUTES.toMicros(10);
                sent.add(FeedbackEvent.newBuilder()
                        .setEnvelope(envelope(tenant, "task-" + i, version, random))
                        .setOutcome(TaskOutcome.newBuilder()
                                .setTaskId("task-" + i)
                                .setApp("chat")
                                .setSuccess(random.nextInt(5) > 0)
                                .setStartTimeUs(start)
                                .setEndTimeUs(start + 1_000_000L + random.nextInt(300_000_000)))
                        .build());
            }
        }
        return shuffledWithRepeats(sent, random);
    }

    private Envelope envelope(String tenant, String id, int version, Random random) {
        return Envelope.newBuilder()
                .setTenant(tenant)
                .setEventId(id)
                .setEventTimeUs(nowUs - TimeUnit.MINUTES.toMicros(random.nextInt(200)))
                .setReceivedTimeUs(nowUs + version)
                .build();
    }

    private static List<FeedbackEvent> shuffledWithRepeats(List<FeedbackEvent> sent, Random random) {
        List<FeedbackEvent> all = new ArrayList<>(sent);
        all.addAll(sent.subList(0, sent.size() / 5));
        Collections.shuffle(all, random);
        return all;
    }

    private static Collection<FeedbackEvent> latest(List<FeedbackEvent> sent) {
        Map<String, FeedbackEvent> latest = new TreeMap<>();
        for (FeedbackEvent event : sent) {
            latest.merge(event.getEnvelope().getEventId(), event, (a, b) -> received(b) > received(a) ? b : a);
        }
        return latest.values();
    }

    private static long received(FeedbackEvent event) {
        return event.getEnvelope().getReceivedTimeUs();
    }

    /** By user, as ingest does: versions of one id by different users come through different partitions. */
    private static int partition(FeedbackEvent event) {
        return Math.floorMod(event.getFeedback().getUserId().hashCode(), Topics.LOCAL_PARTITIONS);
    }

    private static void assertRatings(TestProject project, Collection<FeedbackEvent> latest) {
        int[] stars = new int[6];
        int[] nps = new int[11];
        Set<String> users = new HashSet<>();
        for (FeedbackEvent event : latest) {
            Feedback feedback = event.getFeedback();
            users.add(feedback.getUserId());
            if (feedback.hasRating()) {
                stars[feedback.getRating()]++;
            } else if (feedback.getThumbs() == Feedback.Thumbs.THUMBS_UP) {
                stars[5]++;
            } else if (feedback.getThumbs() == Feedback.Thumbs.THUMBS_DOWN) {
                stars[1]++;
            }
            if (feedback.hasNps()) {
                nps[feedback.getNps()]++;
            }
        }
        int rated = stars[1] + stars[2] + stars[3] + stars[4] + stars[5];
        double sum = stars[1] + 2.0 * stars[2] + 3.0 * stars[3] + 4.0 * stars[4] + 5.0 * stars[5];
        int asked = 0;
        int detractors = 0;
        for (int i = 0; i <= 10; i++) {
            asked += nps[i];
            detractors += i <= 6 ? nps[i] : 0;
        }
        JsonPath answer = project.get("/v1/kpis/users" + RANGE);
        assertThat(answer.getLong(kpi("csat_mean") + ".count")).isEqualTo(rated);
        assertThat(answer.getDouble(kpi("csat_mean") + ".value")).isCloseTo(sum / rated, within(1e-9));
        assertThat(answer.getLong(kpi("csat_mean") + ".distribution.'3'")).isEqualTo(stars[3]);
        assertThat(answer.getDouble(kpi("csat_satisfied_ratio") + ".value"))
                .isCloseTo((double) (stars[4] + stars[5]) / rated, within(1e-9));
        assertThat(answer.getLong(kpi("nps") + ".count")).isEqualTo(asked);
        assertThat(answer.getDouble(kpi("nps") + ".value"))
                .isCloseTo(100.0 * (nps[9] + nps[10] - detractors) / asked, within(1e-9));
        assertThat(answer.getLong(kpi("active_users") + ".value")).isEqualTo(users.size());
        assertThat(answer.<Object>get(kpi("requery_rate") + ".value")).isNull();
    }

    private FeedbackEvent low(String tenant, String id, int rating, String call, String trace, String text) {
        return FeedbackEvent.newBuilder()
                .setEnvelope(Envelope.newBuilder()
                        .setTenant(tenant)
                        .setEventId(id)
                        .setEventTimeUs(nowUs + Integer.parseInt(id.substring(1)))) // of equal ratings the newest first
                .setFeedback(Feedback.newBuilder()
                        .setApp("chat")
                        .setRating(rating)
                        .setCallEventId(call)
                        .setTraceId(trace)
                        .setText(text))
                .build();
    }

    private static FeedbackEvent comment(String tenant, String id, long timeUs, String text) {
        return FeedbackEvent.newBuilder()
                .setEnvelope(
                        Envelope.newBuilder().setTenant(tenant).setEventId(id).setEventTimeUs(timeUs))
                .setFeedback(Feedback.newBuilder().setApp("chat").setText(text))
                .build();
    }

    private static String kpi(String name) {
        return "groups[0].kpis." + name;
    }
}
