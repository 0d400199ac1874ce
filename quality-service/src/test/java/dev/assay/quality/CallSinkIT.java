package dev.assay.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.assay.contracts.Topics;
import dev.assay.contracts.kpi.v1.KpiRecord;
import dev.assay.contracts.llm.v1.ScoreRevised;
import dev.assay.localstack.TestStack;
import dev.assay.quality.SentCall.Answer;
import dev.assay.quality.SentCall.Fact;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** Calls from Kafka to the safety, quality and user KPIs, against figures counted here from what was sent. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class CallSinkIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String RANGE = "?from=now-1d&to=now%2B1h";

    private final long nowUs = TimeUnit.SECONDS.toMicros(Instant.now().getEpochSecond());

    @Test
    void countsEachCallOnceInItsLatestRevisionWhateverTheOrder() {
        try (TestProject project = new TestProject()) {
            List<SentCall> sent = traffic(1_000, new Random(1));
            sent.forEach(call -> project.send(Topics.CALLS, call.partition(), call.message(project.tenant)));
            project.flush();
            Map<String, SentCall> latest = latest(sent);
            await().atMost(SOON).untilAsserted(() -> {
                assertSafety(project, RANGE, List.copyOf(latest.values()));
                assertSafety(
                        project,
                        RANGE + "&app=chat",
                        latest.values().stream()
                                .filter(call -> call.app().equals("chat"))
                                .toList());
            });
            assertUsers(project, List.copyOf(latest.values()));
            assertScoresPublished(project, latest);
        }
    }

    @Test
    void tellsEachScoreOfACall() {
        try (TestProject project = new TestProject()) {
            SentCall call = new SentCall("one", 0, 1, 2, nowUs, "chat", "u", Answer.UNGROUNDED);
            project.send(Topics.CALLS, 2, call.message(project.tenant));
            project.flush();
            await().atMost(SOON).untilAsserted(() -> {
                JsonPath scores = project.get("/v1/scores?event_id=one");
                assertThat(scores.getList("items.metric"))
                        .containsExactlyInAnyOrder(
                                "toxicity",
                                "refusal",
                                "harmful_prompt",
                                "jailbreak_attempt",
                                "jailbreak_success",
                                "groundedness",
                                "pii");
                assertThat(scores.getBoolean("items.find { it.metric == 'groundedness' }.label"))
                        .isFalse();
                assertThat(scores.getString("items.find { it.metric == 'groundedness' }.evaluator"))
                        .isEqualTo("groundedness-lexical/2");
            });
            assertThat(project.get("/v1/scores?event_id=two").getList("items")).isEmpty();
            project.asReader().get("/v1/scores").then().statusCode(400).body("field", equalTo("event_id"));
        }
    }

    @Test
    void sendsAWindowForAToxicPageAndATickWithItsMeasures() {
        try (TestProject project = new TestProject()) {
            SentCall call = new SentCall("toxic", 0, 1, 0, nowUs, "chat", "u", Answer.TOXIC);
            project.send(Topics.CALLS, 0, call.message(project.tenant));
            project.flush();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(read(Topics.WINDOWS).stream()
                                    .map(CallSinkIT::window)
                                    .filter(record ->
                                            record.getWindow().getTenant().equals(project.tenant)))
                            .anySatisfy(record -> assertThat(
                                            record.getWindow().getState().getMeasuresList())
                                    .anySatisfy(measure -> {
                                        assertThat(measure.getMeasure().name()).isEqualTo("MEASURE_TOXIC_PAGE");
                                        assertThat(measure.getGood()).isEqualTo(1);
                                    })));
        }
    }

    /** One app never refuses what is harmless, the other half of it; nobody asked either for harm. */
    @Test
    void tellsTradeOffsByGroup() {
        try (TestProject project = new TestProject()) {
            Answer[] answers = {Answer.ORDINARY, Answer.ORDINARY, Answer.ORDINARY, Answer.OVER_REFUSED};
            for (int i = 0; i < answers.length; i++) {
                SentCall call = new SentCall("t" + i, 0, 1, 1, nowUs, i < 2 ? "open" : "shy", "u", answers[i]);
                project.send(Topics.CALLS, 1, call.message(project.tenant));
            }
            project.flush();
            await().atMost(SOON).untilAsserted(() -> {
                JsonPath it = project.get("/v1/tradeoffs/safety-helpfulness?from=now-1d&to=now%2B1h&group_by=app");
                assertThat(it.getString("cost")).isEqualTo("over_refusal_rate");
                assertThat(it.getList("points")).hasSize(2);
                assertThat(it.getLong("points.find { it.by.app == 'shy' }.cost.count"))
                        .isEqualTo(2);
                assertThat(it.<Object>get("points.find { it.by.app == 'shy' }.cost.value"))
                        .isEqualTo(0.5);
                // without a harmful prompt there is no trade-off to speak of
                assertThat(it.<Object>get("points.find { it.by.app == 'shy' }.gain.value"))
                        .isNull();
                assertThat(it.<Object>get("points.find { it.by.app == 'shy' }.on_front"))
                        .isNull();
            });
            project.asReader().get("/v1/tradeoffs/none").then().statusCode(404);
            project.asReader()
                    .get("/v1/tradeoffs/safety-helpfulness?step=1h")
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("step"));
            project.asSender().get("/v1/tradeoffs/safety-helpfulness").then().statusCode(403);
        }
    }

    @Test
    void setsABrokenRecordAsideAndGoesOn() {
        try (TestProject project = new TestProject();
                TestProject other = new TestProject()) {
            project.raw(Topics.CALLS, 4, new byte[] {1, 2, 3});
            project.send(
                    Topics.CALLS,
                    4,
                    new SentCall("", 0, 1, 4, nowUs, "chat", "u", Answer.ORDINARY).message(project.tenant));
            project.send(
                    Topics.CALLS,
                    4,
                    new SentCall("good", 0, 2, 4, nowUs, "chat", "u", Answer.ORDINARY).message(project.tenant));
            project.flush();
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(project.get("/v1/scores?event_id=good").getList("items"))
                        .isNotEmpty();
                assertThat(project.get("/v1/status").getLong("counters.dead_lettered"))
                        .isEqualTo(1);
            });
            // another project sees nothing of it
            assertThat(other.get("/v1/scores?event_id=good").getList("items")).isEmpty();
            assertThat(other.get("/v1/status").getLong("counters.dead_lettered"))
                    .isZero();
            assertThat(other.get("/v1/kpis/safety").getList("groups")).hasSize(1);
            assertThat(other.get("/v1/kpis/safety").<Object>get("groups[0].kpis.toxicity_rate.value"))
                    .isNull();
        }
    }

    /** Originals, revisions to other answers, times and apps, withdrawals, and every tenth record twice; shuffled. */
    private List<SentCall> traffic(int calls, Random random) {
        List<SentCall> sent = new ArrayList<>();
        Answer[] answers = Answer.values();
        for (int i = 0; i < calls; i++) {
            int partition = random.nextInt(Topics.LOCAL_PARTITIONS);
            int revisions = 1 + random.nextInt(3) / 2;
            for (int revision = 0; revision < revisions; revision++) {
                // now and then a revision comes through another partition, which is a new generation
                boolean moved = revision > 0 && random.nextInt(4) == 0;
                sent.add(new SentCall(
                        "call-" + i,
                        moved ? 1 : 0,
                        10 + revision,
                        moved ? (partition + 1) % Topics.LOCAL_PARTITIONS : partition,
                        nowUs - TimeUnit.MINUTES.toMicros(random.nextInt(300)),
                        random.nextBoolean() ? "chat" : "search",
                        "user-" + random.nextInt(40),
                        answers[random.nextInt(revision == 0 ? answers.length - 1 : answers.length)]));
            }
        }
        sent.addAll(sent.subList(0, sent.size() / 10));
        Collections.shuffle(sent, random);
        return sent;
    }

    private static Map<String, SentCall> latest(List<SentCall> sent) {
        Map<String, SentCall> latest = new LinkedHashMap<>();
        for (SentCall call : sent) {
            latest.merge(call.id(), call, (a, b) -> b.isHigherThan(a) ? b : a);
        }
        return latest;
    }

    private static void assertSafety(TestProject project, String query, List<SentCall> calls) {
        JsonPath answer = project.get("/v1/kpis/safety" + query);
        long responses = count(calls, Fact.RESPONSE);
        long judged = count(calls, Fact.JUDGED);
        assertRate(answer, "toxicity_rate", count(calls, Fact.TOXIC), judged, responses);
        assertRate(answer, "safe_response_ratio", judged - count(calls, Fact.UNSAFE), judged, responses);
        assertRate(
                answer, "hallucination_rate", count(calls, Fact.UNGROUNDED), count(calls, Fact.GROUNDABLE), responses);
        long attempts = count(calls, Fact.ATTEMPT);
        assertThat(answer.getLong(kpi("jailbreak_success_rate") + ".count")).isEqualTo(attempts);
        assertThat(answer.getDouble(kpi("jailbreak_success_rate") + ".value")).isZero();
        // refusals of attacks are neither over-refusals nor in their denominator
        assertThat(answer.getLong(kpi("over_refusal_rate") + ".count")).isEqualTo(judged - attempts);
        assertThat(answer.getDouble(kpi("over_refusal_rate") + ".value"))
                .isEqualTo((double) count(calls, Fact.OVER_REFUSED) / (judged - attempts));
        assertThat(answer.getLong(kpi("toxic_page_responses") + ".value")).isEqualTo(count(calls, Fact.TOXIC));
        assertThat(answer.getBoolean(kpi("hallucination_rate") + ".judgeable")).isFalse();
        assertThat(answer.getBoolean(kpi("toxicity_rate") + ".judgeable")).isTrue();
        assertThat(answer.getBoolean(kpi("toxicity_rate") + ".met")).isFalse();
        assertThat(project.get("/v1/kpis/quality" + query).getLong(kpi("conciseness_words_p50") + ".count"))
                .isEqualTo(judged);
    }

    private static void assertRate(JsonPath answer, String name, long found, long count, long responses) {
        assertThat(answer.getLong(kpi(name) + ".count")).as(name).isEqualTo(count);
        assertThat(answer.getDouble(kpi(name) + ".value")).as(name).isEqualTo((double) found / count);
        assertThat(answer.getDouble(kpi(name) + ".coverage")).as(name).isEqualTo((double) count / responses);
        assertThat(answer.getList(kpi(name) + ".ci95")).hasSize(2);
    }

    private void assertUsers(TestProject project, List<SentCall> calls) {
        assertThat(project.get("/v1/kpis/users" + RANGE).getLong(kpi("active_users") + ".value"))
                .isEqualTo(users(calls, call -> true));
        // a range that starts and ends within an hour
        long from = nowUs / 60_000_000 - 130;
        long to = nowUs / 60_000_000 - 7;
        String range = "?from=" + Instant.ofEpochSecond(from * 60) + "&to=" + Instant.ofEpochSecond(to * 60);
        JsonPath part = project.get("/v1/kpis/users" + range + "&group_by=app&step=1h");
        for (String app : List.of("chat", "search")) {
            String group = "groups.find { it.by.app == '" + app + "' }";
            assertThat(part.getLong(group + ".kpis.active_users.value"))
                    .isEqualTo(users(
                            calls,
                            call -> call.app().equals(app)
                                    && call.startUs() / 60_000_000 >= from
                                    && call.startUs() / 60_000_000 < to));
            assertThat(part.getList(group + ".series")).hasSizeBetween(3, 4);
        }
    }

    private static long users(List<SentCall> calls, Predicate<SentCall> which) {
        return calls.stream()
                .filter(call -> call.answer() != Answer.WITHDRAWN)
                .filter(which)
                .map(SentCall::user)
                .distinct()
                .count();
    }

    /** Whatever the order: the highest revision of each score is that of the call. */
    private static void assertScoresPublished(TestProject project, Map<String, SentCall> latest) {
        Map<String, ScoreRevised> scores = new HashMap<>();
        for (byte[] value : read(Topics.SCORES)) {
            ScoreRevised score = score(value);
            if (score.getEnvelope().getTenant().equals(project.tenant)) {
                scores.merge(
                        score.getEnvelope().getEventId() + "/" + score.getMetric(),
                        score,
                        (a, b) -> isHigher(b, a) ? b : a);
            }
        }
        Set<String> toxic = new HashSet<>();
        scores.forEach((key, score) -> {
            if (key.endsWith("/toxicity")
                    && score.hasValue()
                    && score.getValue().getLabel()) {
                toxic.add(score.getEnvelope().getEventId());
            }
        });
        Set<String> expected = new HashSet<>();
        latest.forEach((id, call) -> {
            if (call.answer().is(Fact.TOXIC)) {
                expected.add(id);
            }
        });
        assertThat(toxic).isEqualTo(expected);
    }

    private static boolean isHigher(ScoreRevised a, ScoreRevised b) {
        return a.getRevision().getGeneration() != b.getRevision().getGeneration()
                ? a.getRevision().getGeneration() > b.getRevision().getGeneration()
                : a.getRevision().getPosition() > b.getRevision().getPosition();
    }

    private static ScoreRevised score(byte[] value) {
        try {
            return ScoreRevised.parseFrom(value);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KpiRecord window(byte[] value) {
        try {
            return KpiRecord.parseFrom(value);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long count(List<SentCall> calls, Fact fact) {
        return calls.stream().filter(call -> call.answer().is(fact)).count();
    }

    private static String kpi(String name) {
        return "groups[0].kpis." + name;
    }

    private static List<byte[]> read(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestStack.shared().bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<byte[]> values = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
