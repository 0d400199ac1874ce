package dev.assay.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.FeedbackEvent;
import dev.assay.contracts.llm.v1.TaskOutcome;
import dev.assay.cost.RandomCalls.State;
import dev.assay.cost.RandomCalls.Story;
import dev.assay.cost.SentRecords.Sent;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.rollup.RollupReader;
import dev.assay.platform.rollup.RollupReader.Detail;
import dev.assay.platform.tenancy.ProjectDirectory;
import dev.assay.platform.window.WindowState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service over real Kafka and PostgreSQL, against an oracle that shares no code with it. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class LedgerIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int PARTITIONS = Topics.LOCAL_PARTITIONS;
    private static final int DAYS = 40;
    private static final Instant END = Instant.now().truncatedTo(ChronoUnit.DAYS);
    private static final String RANGE = "?from=now-45d&to=now";

    @Inject
    Pool pool;

    @Inject
    ProjectDirectory directory;

    @Inject
    RollupReader reader;

    private TestProject project;

    @BeforeEach
    void newProject() {
        project = TestProject.create(directory);
    }

    @Test
    void totalsEqualAnIndependentRecomputationWhateverTheOrder() {
        List<Story> stories = new RandomCalls(1, END, DAYS).stories(1_500);
        sendShuffled(stories, 1);
        TestProject other = TestProject.create(directory);
        List<Story> others = new RandomCalls(2, END, DAYS).stories(200);
        send(others, other.id());

        awaitRows(stories, project);
        awaitRows(others, other);

        checkTotals(stories, project);
        checkTotals(others, other);
        checkLedger(stories);
        checkByModel(stories);
        checkSummary(stories);
        assertThat(state(project)).isEqualTo(stateOfACleanRun(stories));
        assertThat(other.as()
                        .get("/v1/costs/calls/" + stories.get(1_400).eventId())
                        .statusCode())
                .isEqualTo(404); // the other project has 200 events only
    }

    @Test
    void opensACallClassByClass() {
        List<Story> stories = new RandomCalls(3, END, 5).stories(120);
        send(stories, project.id());
        awaitRows(stories, project);

        for (Story story : stories) {
            var response = project.as().get("/v1/costs/calls/" + story.eventId());
            if (story.last().withdrawn()) {
                assertThat(response.statusCode()).isEqualTo(404);
                continue;
            }
            JsonPath json = response.jsonPath(
                    JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE));
            BigDecimal cost = story.last().cost();
            if (cost == null) {
                assertThat(json.<Object>get("list_cost")).isNull();
                assertThat(json.getString("unpriced_reason")).isIn("unknown_model", "usage_missing");
                assertThat(json.getList("classes")).isEmpty();
            } else {
                assertThat(new BigDecimal(json.getString("list_cost"))).isEqualByComparingTo(cost);
                BigDecimal sum = json.<String>getList("classes.amount").stream()
                        .map(BigDecimal::new)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                assertThat(sum).isEqualByComparingTo(cost);
            }
            assertThat(json.getString("currency")).isEqualTo("USD");
        }
    }

    @Test
    void countsATaskOnceAndItsFailuresInItsCost() {
        List<Story> stories = new RandomCalls(4, END, 5).stories(100);
        send(stories, project.id());
        List<Sent> outcomes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            byte[] outcome = outcome("task-" + i, i % 3 > 0); // 40 of 60 succeed
            outcomes.add(new Sent(i % PARTITIONS, outcome));
            outcomes.add(new Sent((i + 1) % PARTITIONS, outcome));
            outcomes.add(new Sent(i % PARTITIONS, outcome));
        }
        Collections.shuffle(outcomes, new Random(4));
        SentRecords.send(Topics.FEEDBACK, outcomes);
        awaitRows(stories, project);

        BigDecimal perTask = total(stories).divide(BigDecimal.valueOf(40), MathContext.DECIMAL64);
        await().atMost(SOON).untilAsserted(() -> {
            JsonPath kpis = kpis("");
            assertThat(kpis.getInt("cost_per_successful_task.count")).isEqualTo(40);
            assertThat(new BigDecimal(kpis.getString("cost_per_successful_task.value")))
                    .isEqualByComparingTo(perTask);
        });
    }

    @Test
    void givesUpWhatItCannotAccountAndGoesOn() {
        List<Story> stories = new RandomCalls(5, END, 5).stories(20);
        List<Sent> records = new ArrayList<>(all(stories, project.id()));
        records.add(3, new Sent(0, "no protobuf at all".getBytes(StandardCharsets.UTF_8)));
        records.add(5, new Sent(0, new byte[0]));
        records.add(
                7,
                new Sent(
                        0,
                        RandomCalls.record(project.id(), stories.get(0), 0).toBuilder()
                                .setEnvelope(Envelope.newBuilder()
                                        .setTenant(project.id())
                                        .setEventId("bad"))
                                .setCall(Call.newBuilder().setStartTimeUs(1).setInputTokens(-3))
                                .build()
                                .toByteArray()));
        SentRecords.send(Topics.CALLS, records);

        awaitRows(stories, project);
        checkTotals(stories, project);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(longOf(
                                "select count(*) from dead_letter where topic = $1 and sent", Tuple.of(Topics.CALLS)))
                        .isGreaterThanOrEqualTo(3));
        JsonPath status = project.as().get("/v1/status").jsonPath();
        assertThat(status.getLong("counters.dead_lettered")).isEqualTo(1); // the others do not tell whose they are
        assertThat(status.getString("prices[0].version")).isEqualTo("2026-08-01");
    }

    private void checkTotals(List<Story> stories, TestProject of) {
        List<State> counted = counted(stories);
        long calls = counted.size();
        long unpriced = counted.stream().filter(state -> state.cost() == null).count();
        JsonPath kpis = kpis(of, "");
        assertThat(new BigDecimal(kpis.getString("list_cost.value"))).isEqualByComparingTo(total(stories));
        assertThat(kpis.getLong("list_cost.count")).isEqualTo(calls);
        assertThat(kpis.getDouble("list_cost.coverage")).isEqualTo((double) (calls - unpriced) / calls);
        assertThat(kpis.getLong("unpriced_calls.value")).isEqualTo(unpriced);
        assertThat(kpis.getLong("unpriced_tokens.value"))
                .isEqualTo(counted.stream()
                        .filter(state -> state.cost() == null)
                        .mapToLong(State::tokens)
                        .sum());
        assertThat(new BigDecimal(kpis.getString("reported_cost.value")))
                .isEqualByComparingTo(counted.stream()
                        .map(State::reported)
                        .filter(Objects::nonNull)
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
        long pricedTokens = counted.stream()
                .filter(state -> state.cost() != null)
                .mapToLong(State::tokens)
                .sum();
        assertThat(new BigDecimal(kpis.getString("cost_per_1k_tokens.value")))
                .isEqualByComparingTo(total(stories)
                        .multiply(BigDecimal.valueOf(1000))
                        .divide(BigDecimal.valueOf(pricedTokens), MathContext.DECIMAL64));
        checkUsers(counted, kpis);
    }

    private static void checkUsers(List<State> counted, JsonPath kpis) {
        List<State> named =
                counted.stream().filter(s -> !s.call().getUserId().isEmpty()).toList();
        long users = named.stream().map(s -> s.call().getUserId()).distinct().count();
        BigDecimal spent =
                named.stream().map(State::cost).filter(Objects::nonNull).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(kpis.getLong("cost_per_user.count")).isEqualTo(users);
        assertThat(new BigDecimal(kpis.getString("cost_per_user.value")))
                .isEqualByComparingTo(spent.divide(BigDecimal.valueOf(users), MathContext.DECIMAL64));
        assertThat(kpis.getDouble("cost_per_user.coverage")).isEqualTo((double) named.size() / counted.size());
    }

    private void checkLedger(List<Story> stories) {
        Row row = one("""
                select sum(list_cost)::text as cost, count(*) filter (where not withdrawn) as calls,
                  count(*) filter (where list_cost is distinct from
                    (select sum((c ->> 'amount')::numeric) from jsonb_array_elements(charges) c)
                    and charges <> '[]'::jsonb) as wrong
                from ledger where tenant = $1""", Tuple.of(project.id()));
        assertThat(new BigDecimal(row.getString("cost"))).isEqualByComparingTo(total(stories));
        assertThat(row.getLong("calls")).isEqualTo(counted(stories).size());
        assertThat(row.getLong("wrong")).isZero();
    }

    private void checkByModel(List<Story> stories) {
        Map<String, BigDecimal> expected = new TreeMap<>();
        for (State state : counted(stories)) {
            if (state.cost() != null) {
                expected.merge(state.model(), state.cost(), BigDecimal::add);
            }
        }
        JsonPath json = project.as()
                .get("/v1/kpis/cost" + RANGE + "&group_by=model&step=1d")
                .jsonPath(JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE));
        Map<String, BigDecimal> found = new TreeMap<>();
        Map<String, BigDecimal> foundByDay = new TreeMap<>();
        List<Map<String, Object>> groups = json.getList("groups");
        for (int i = 0; i < groups.size(); i++) {
            String model = json.getString("groups[" + i + "].by.model");
            String value = json.getString("groups[" + i + "].kpis.list_cost.value");
            if (value != null) {
                found.put(model, new BigDecimal(value));
                foundByDay.put(
                        model,
                        json.<String>getList("groups[" + i + "].series.kpis.list_cost.value").stream()
                                .filter(Objects::nonNull)
                                .map(BigDecimal::new)
                                .reduce(BigDecimal.ZERO, BigDecimal::add));
            }
        }
        assertThat(stripped(found)).isEqualTo(stripped(expected));
        assertThat(stripped(foundByDay)).isEqualTo(stripped(expected));
    }

    private void checkSummary(List<Story> stories) {
        LocalDate today = Instant.now().atZone(ZoneOffset.UTC).toLocalDate();
        Map<LocalDate, BigDecimal> byDay = new TreeMap<>();
        for (State state : counted(stories)) {
            if (state.cost() != null) {
                byDay.merge(day(state), state.cost(), BigDecimal::add);
            }
        }
        JsonPath json = project.as()
                .get("/v1/costs/summary?days=30")
                .jsonPath(JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE));
        List<BigDecimal> expected = new ArrayList<>();
        for (LocalDate date = today.minusDays(30); date.isBefore(today); date = date.plusDays(1)) {
            expected.add(byDay.getOrDefault(date, BigDecimal.ZERO));
        }
        assertThat(json.<String>getList("days.cost").stream().map(BigDecimal::new))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactlyElementsOf(expected);
        BigDecimal total = expected.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(new BigDecimal(json.getString("total"))).isEqualByComparingTo(total);
        Collections.sort(expected);
        assertThat(new BigDecimal(json.getString("median")))
                .isEqualByComparingTo(expected.get(14).add(expected.get(15)).divide(BigDecimal.valueOf(2)));
        assertThat(json.<Object>get("history")).isNull();
        assertThat(new BigDecimal(json.getString("projected_month.value"))).isPositive();
        assertThat(json.getString("today.date")).isEqualTo(today.toString());
    }

    /** The same final states, each once, in order, through one partition. */
    private WindowState stateOfACleanRun(List<Story> stories) {
        TestProject clean = TestProject.create(directory);
        List<Sent> records = new ArrayList<>();
        for (Story story : stories) {
            records.add(new Sent(
                    0,
                    RandomCalls.record(clean.id(), story, story.states().size() - 1)
                            .toByteArray()));
        }
        SentRecords.send(Topics.CALLS, records);
        awaitRows(stories, clean);
        return state(clean);
    }

    private WindowState state(TestProject of) {
        KpiQuery query = KpiQuery.parse(Map.of("from", List.of("now-45d"), "to", List.of("now")), Instant.now());
        return reader.read(of.id(), query, Detail.SUMS)
                .await()
                .atMost(SOON)
                .get(0)
                .total();
    }

    /** Every revision up to three times, in any order, each revision of a call through another partition. */
    private void sendShuffled(List<Story> stories, long seed) {
        Random random = new Random(seed);
        List<Sent> records = new ArrayList<>();
        for (Sent record : all(stories, project.id())) {
            for (int copy = random.nextInt(3); copy >= 0; copy--) {
                records.add(record);
            }
        }
        Collections.shuffle(records, random);
        SentRecords.send(Topics.CALLS, records);
    }

    private static void send(List<Story> stories, String tenant) {
        SentRecords.send(Topics.CALLS, all(stories, tenant));
    }

    private static List<Sent> all(List<Story> stories, String tenant) {
        List<Sent> records = new ArrayList<>();
        for (int i = 0; i < stories.size(); i++) {
            for (int k = 0; k < stories.get(i).states().size(); k++) {
                records.add(new Sent(
                        (i + k) % PARTITIONS,
                        RandomCalls.record(tenant, stories.get(i), k).toByteArray()));
            }
        }
        return records;
    }

    private byte[] outcome(String task, boolean success) {
        return FeedbackEvent.newBuilder()
                .setEnvelope(Envelope.newBuilder().setTenant(project.id()).setEventId(task))
                .setOutcome(TaskOutcome.newBuilder()
                        .setTaskId(task)
                        .setApp("app-0")
                        .setSuccess(success)
                        .setEndTimeUs(END.minusSeconds(3600).toEpochMilli() * 1000))
                .build()
                .toByteArray();
    }

    /** Waits until the last revision of every call is in the ledger. */
    private void awaitRows(List<Story> stories, TestProject of) {
        long generations =
                stories.stream().mapToLong(story -> story.states().size() - 1L).sum();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(one(
                                        "select count(*) || ':' || coalesce(sum(generation), 0) from ledger"
                                                + " where tenant = $1",
                                        Tuple.of(of.id()))
                                .getString(0))
                        .isEqualTo(stories.size() + ":" + generations));
    }

    private Row one(String sql, Tuple values) {
        return pool.preparedQuery(sql)
                .execute(values)
                .await()
                .atMost(SOON)
                .iterator()
                .next();
    }

    private long longOf(String sql, Tuple values) {
        return one(sql, values).getLong(0);
    }

    private JsonPath kpis(String more) {
        return kpis(project, more);
    }

    private static JsonPath kpis(TestProject of, String more) {
        return of.as()
                .get("/v1/kpis/cost" + RANGE + more)
                .jsonPath(JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE))
                .setRootPath("groups[0].kpis");
    }

    private static List<State> counted(List<Story> stories) {
        return stories.stream()
                .map(Story::last)
                .filter(state -> !state.withdrawn())
                .toList();
    }

    private static BigDecimal total(List<Story> stories) {
        return counted(stories).stream()
                .map(State::cost)
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static LocalDate day(State state) {
        return Instant.ofEpochMilli(state.call().getStartTimeUs() / 1000)
                .atZone(ZoneOffset.UTC)
                .toLocalDate();
    }

    private static Map<String, String> stripped(Map<String, BigDecimal> values) {
        return values.entrySet().stream()
                .filter(e -> e.getValue().signum() > 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        e -> e.getValue().stripTrailingZeros().toPlainString()));
    }
}
