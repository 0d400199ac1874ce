package dev.assay.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.localstack.Service;
import dev.assay.localstack.ServiceProcess;
import dev.assay.system.Traffic.Call;
import dev.assay.system.Traffic.Sending;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 20,000 calls of two projects by four ways over six partitions and two replicas of each service, with duplicates, late
 * days, revisions and nested spans, while every service is killed, consumers are frozen past their session, and the
 * database crashes: every total equals the oracle's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExactnessIT {
    private static final int CALLS = 20_000;
    private static final String FIRST = "exact-one";
    private static final String SECOND = "exact-two";
    private static final String RANGE = "from=now-3d&to=now%2B1h";
    private static final Duration SETTLES = Duration.ofMinutes(4);
    /** Longer than a consumer's session with Kafka. */
    private static final Duration FROZEN = Duration.ofSeconds(14);

    private static final List<Service> CONSUMERS =
            List.of(Service.INGEST, Service.QUALITY, Service.COST, Service.ALERT);
    /** Kills at random moments beyond the first of each: {@code -Dassay.kills=80} makes it twenty of each service. */
    private static final int KILLS = Integer.getInteger("assay.kills", 8);

    private RunningStack stack;
    private Map<String, String> keys;
    private Oracle oracle;
    private List<Sending> sendings;
    private Chaos chaos;

    @BeforeAll
    void sendUnderFaults() throws Exception {
        stack = RunningStack.shared();
        keys = Map.of(FIRST, Projects.create(stack, FIRST), SECOND, Projects.create(stack, SECOND));
        Traffic traffic = new Traffic(20261124, List.of(FIRST, SECOND), Instant.now());
        List<Call> calls = traffic.calls(CALLS);
        oracle = new Oracle(calls);
        sendings = traffic.sendings(calls);
        chaos = new Chaos();
        Chaos.one(stack, 0).forEach(chaos::kill);
        chaos.freeze(stack.replicas(Service.COST).get(1), FROZEN);
        chaos.freeze(stack.replicas(Service.INGEST).get(1), FROZEN);
        chaos.terminate(stack.replicas(Service.INGEST).get(1));
        chaos.crashDatabase(stack.installation());
        Random moments = new Random(20);
        for (int i = 0; i < KILLS; i++) {
            List<ServiceProcess> replicas = stack.replicas(CONSUMERS.get(i % CONSUMERS.size()));
            chaos.pause(Duration.ofMillis(moments.nextInt(2_000))).kill(replicas.get(moments.nextInt(replicas.size())));
        }

        ExecutorService apart = Executors.newSingleThreadExecutor();
        CompletableFuture<Void> faults = CompletableFuture.runAsync(
                () -> {
                    while (chaos.next()) {
                        // the next fault comes once the one before is over
                    }
                },
                apart);
        List<String> urls = stack.replicas(Service.INGEST).stream()
                .map(replica -> replica.url())
                .toList();
        try (Delivery delivery = new Delivery(urls, keys)) {
            int half = sendings.size() / 2;
            // slowly enough that the faults fall into the traffic; then at full speed
            delivery.deliver(
                    sendings.subList(0, half),
                    () -> java.util.concurrent.locks.LockSupport.parkNanos(faults.isDone() ? 0 : 250_000_000L));
            faults.get(20, TimeUnit.MINUTES);
            delivery.deliver(sendings.subList(half, sendings.size()), () -> {});
        } finally {
            apart.shutdownNow();
        }
        assertThat(chaos.log()).hasSize(5 + 2 + 2 + KILLS);
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST, SECOND})
    void operationsEqualTheOracle(String project) {
        Oracle expected = oracle.by(Call::project).get(project);
        await().atMost(SETTLES).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            JsonNode kpis = kpis(Service.INGEST, project, "/v1/kpis/operations?" + RANGE);
            assertOperations(kpis, expected);
        });
        JsonNode kpis = kpis(Service.INGEST, project, "/v1/kpis/operations?" + RANGE);
        for (var quantile : Map.of("latency_p50_ms", 0.5, "latency_p95_ms", 0.95, "latency_p99_ms", 0.99)
                .entrySet()) {
            double exact = expected.latencyMs(quantile.getValue());
            assertThat(value(kpis, quantile.getKey())).isCloseTo(exact, within(exact * 0.01));
        }
        double ttft = expected.ttftMs(0.95);
        assertThat(value(kpis, "ttft_p95_ms")).isCloseTo(ttft, within(ttft * 0.01));
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST, SECOND})
    void everyGroupEqualsTheOracle(String project) {
        Map<String, Oracle> expected =
                oracle.by(Call::project).get(project).by(call -> call.model().name() + " " + call.app());
        await().atMost(SETTLES).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            JsonNode answer = get(Service.INGEST, project, "/v1/kpis/operations?group_by=model,app&" + RANGE);
            assertThat(answer.get("groups")).hasSize(expected.size());
            for (JsonNode group : answer.get("groups")) {
                String name = group.at("/by/model").asText() + " "
                        + group.at("/by/app").asText();
                assertOperations(group.get("kpis"), expected.get(name));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST, SECOND})
    void theSeriesAddsUpToTheTotal(String project) {
        Oracle expected = oracle.by(Call::project).get(project);
        await().atMost(SETTLES).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            JsonNode answer = get(Service.INGEST, project, "/v1/kpis/operations?step=1h&" + RANGE);
            long calls = 0;
            for (JsonNode step : answer.at("/groups/0/series")) {
                calls += step.at("/kpis/calls/value").asLong();
            }
            assertThat(calls).isEqualTo(expected.size());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST, SECOND})
    void moneyEqualsTheOracleToTheLastDigit(String project) {
        Oracle expected = oracle.by(Call::project).get(project);
        await().atMost(SETTLES).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            JsonNode kpis = kpis(Service.COST, project, "/v1/kpis/cost?" + RANGE);
            assertThat(new BigDecimal(kpis.at("/list_cost/value").asText())).isEqualByComparingTo(expected.listCost());
            assertThat(kpis.at("/list_cost/count").asLong()).isEqualTo(expected.size());
            assertThat(kpis.at("/unpriced_calls/value").asLong()).isEqualTo(expected.unpricedCalls());
            assertThat(kpis.at("/unpriced_tokens/value").asLong()).isEqualTo(expected.unpricedTokens());
        });
        Map<String, Oracle> byModel = expected.by(call -> call.model().name());
        for (JsonNode group : get(Service.COST, project, "/v1/kpis/cost?group_by=model&" + RANGE)
                .get("groups")) {
            Oracle model = byModel.get(group.at("/by/model").asText());
            JsonNode cost = group.at("/kpis/list_cost/value");
            if (model.unpricedCalls() < model.size() && !cost.isNull()) {
                assertThat(new BigDecimal(cost.asText())).isEqualByComparingTo(model.listCost());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST, SECOND})
    void theCountersOfIngestReconcile(String project) {
        long distinct = sendings.stream()
                .filter(s -> s.call().project().equals(project))
                .map(s -> s.part() == Traffic.Part.WRAPPER
                        ? "w" + s.call().number()
                        : "c" + s.call().number())
                .distinct()
                .count();
        long wrapped = oracle.by(Call::project).get(project).calls().stream()
                .filter(Call::wrapped)
                .count();
        await().atMost(SETTLES).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            JsonNode counters = get(Service.INGEST, project, "/v1/status").get("counters");
            assertThat(counters.get("accepted").asLong()).isEqualTo(distinct);
            assertThat(counters.get("superseded").asLong()).isEqualTo(wrapped);
            assertThat(counters.get("dead_lettered").asLong()).isZero();
            assertThat(counters.get("rejected").asLong()).isZero();
            assertThat(counters.get("received").asLong())
                    .isEqualTo(counters.get("accepted").asLong()
                            + counters.get("duplicate").asLong()
                            + counters.get("rejected").asLong());
        });
    }

    @Test
    void aKeyReadsItsOwnProjectOnly() {
        Oracle other = oracle.by(Call::project).get(SECOND);
        Call call = other.calls().get(0);
        for (Service service : List.of(Service.INGEST, Service.COST)) {
            String path = service == Service.INGEST ? "/v1/calls/" : "/v1/costs/calls/";
            String id = call.eventId().replace(":", "%3A");
            await().atMost(SETTLES)
                    .untilAsserted(
                            () -> assertThat(api(service, SECOND).get(path + id).status())
                                    .isEqualTo(200));
            assertThat(api(service, FIRST).get(path + id).status()).isEqualTo(404);
        }
    }

    private static void assertOperations(JsonNode kpis, Oracle expected) {
        assertThat((long) value(kpis, "calls")).isEqualTo(expected.size());
        assertThat((long) value(kpis, "cancelled")).isEqualTo(expected.cancelled());
        assertThat((long) value(kpis, "errors")).isEqualTo(expected.errors());
        assertThat((long) value(kpis, "input_tokens")).isEqualTo(expected.tokens(Call::inputTokens));
        assertThat((long) value(kpis, "output_tokens")).isEqualTo(expected.tokens(Call::outputTokens));
        assertThat((long) value(kpis, "cache_read_tokens")).isEqualTo(expected.tokens(Call::cacheReadTokens));
        assertThat((long) value(kpis, "reasoning_tokens")).isEqualTo(expected.tokens(Call::reasoningTokens));
    }

    private static double value(JsonNode kpis, String name) {
        JsonNode value = kpis.path(name).path("value");
        return value.isNull() || value.isMissingNode() ? 0 : value.asDouble();
    }

    private JsonNode kpis(Service service, String project, String path) {
        return get(service, project, path).at("/groups/0/kpis");
    }

    private JsonNode get(Service service, String project, String path) {
        Api.Answer answer = api(service, project).get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private Api api(Service service, String project) {
        return new Api(stack.url(service), keys.get(project));
    }
}
