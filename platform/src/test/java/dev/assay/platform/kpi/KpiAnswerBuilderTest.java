package dev.assay.platform.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.kpi.Windows.GroupWindows;
import dev.assay.platform.kpi.Windows.StepWindow;
import dev.assay.platform.window.TimeRange;
import dev.assay.platform.window.WindowState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KpiAnswerBuilderTest {
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:30Z");
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    private static KpiQuery query(String... pairs) {
        Map<String, List<String>> parameters = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            parameters.put(pairs[i], List.of(pairs[i + 1]));
        }
        return KpiQuery.parse(parameters, NOW);
    }

    private static List<Kpi> kpis(String... names) {
        return List.of(names).stream().map(KpiCatalogue::get).toList();
    }

    private static WindowState calls(long count, long good) {
        WindowState window = new WindowState();
        window.add(Measure.MEASURE_CALLS, count, good);
        return window;
    }

    private static JsonNode json(KpiAnswer answer) throws JsonProcessingException {
        return JSON.readTree(JSON.writeValueAsString(answer));
    }

    private static JsonNode tree(String text) throws JsonProcessingException {
        return JSON.readTree(text.replace('\'', '"'));
    }

    @Test
    void hasTheShapeOfTheApi() throws JsonProcessingException {
        KpiQuery query =
                query("from", "2026-03-10T10:00:00Z", "to", "2026-03-10T12:00:00Z", "step", "1h", "group_by", "model");
        TimeRange second = query.steps().ranges().get(1);
        GroupWindows group = new GroupWindows(
                Map.of("model", "gpt-4o"),
                calls(10, 10),
                "a1",
                false,
                List.of(new StepWindow(second, calls(10, 10), "b2", false)),
                calls(4, 2));
        KpiAnswer answer = new KpiAnswerBuilder(query, kpis("calls", "error_rate")).build(List.of(group));
        JsonNode json = json(answer);
        assertThat(json.path("from").asText()).isEqualTo("2026-03-10T10:00:00Z");
        assertThat(json.path("to").asText()).isEqualTo("2026-03-10T12:00:00Z");
        assertThat(json.path("step").asText()).isEqualTo("1h");
        JsonNode first = json.path("groups").path(0);
        assertThat(first.path("by")).isEqualTo(tree("{'model':'gpt-4o'}"));
        assertThat(first.path("kpis").path("calls"))
                .isEqualTo(tree("{'value':10,'count':10,'coverage':1.0,'previous':4,'revision':'a1','settled':false}"));
        JsonNode rate = first.path("kpis").path("error_rate");
        assertThat(rate.fieldNames())
                .toIterable()
                .containsExactly(
                        "value",
                        "count",
                        "coverage",
                        "ci95",
                        "target",
                        "target_direction",
                        "met",
                        "previous",
                        "distribution",
                        "revision",
                        "settled");
        assertThat(rate.path("ci95")).hasSize(2);
        assertThat(rate.path("target").asDouble()).isEqualTo(0.001);
        assertThat(rate.path("met").asBoolean()).isTrue();
        assertThat(rate.path("previous").asDouble()).isEqualTo(0.5);

        JsonNode series = first.path("series");
        assertThat(series).hasSize(2);
        assertThat(series.path(0).path("start").asText()).isEqualTo("2026-03-10T10:00:00Z");
        assertThat(series.path(0).path("kpis").path("calls"))
                .isEqualTo(tree("{'value':0,'count':0,'coverage':null,'revision':'0','settled':true}"));
        assertThat(series.path(0).path("kpis").path("error_rate").path("value").isNull())
                .isTrue();
        assertThat(series.path(0).path("kpis").path("error_rate").path("ci95").isNull())
                .isTrue();
        assertThat(series.path(1).path("kpis").path("calls").path("value").asLong())
                .isEqualTo(10);
        assertThat(series.path(1).path("kpis").path("calls").has("previous")).isFalse();
    }

    @Test
    void hasOneGroupWithoutGroupByBeThereWindowsOrNot() throws JsonProcessingException {
        JsonNode json = json(new KpiAnswerBuilder(query(), kpis("calls", "latency_p95_ms")).build(List.of()));
        assertThat(json.has("step")).isFalse();
        JsonNode group = json.path("groups").path(0);
        assertThat(group.path("by").isObject() && group.path("by").isEmpty()).isTrue();
        assertThat(group.has("series")).isFalse();
        assertThat(group.path("kpis").path("calls").path("value").asLong(-1)).isZero();
        assertThat(group.path("kpis").path("latency_p95_ms").path("value").isNull())
                .isTrue();
        assertThat(json(new KpiAnswerBuilder(query("group_by", "app"), kpis("calls")).build(List.of()))
                        .path("groups"))
                .isEmpty();
    }

    @Test
    void writesADimensionThatWasNotGivenAsNull() throws JsonProcessingException {
        KpiQuery query = query("group_by", "app");
        GroupWindows group = new GroupWindows(Map.of("app", ""), calls(1, 1), "1", true, List.of(), null);
        JsonNode json = json(new KpiAnswerBuilder(query, kpis("calls")).build(List.of(group)));
        assertThat(json.path("groups").path(0).path("by")).isEqualTo(tree("{'app':null}"));
        assertThat(json.path("groups").path(0).path("kpis").path("calls").has("previous"))
                .isFalse();
    }

    @Test
    void writesMoneyAsDecimalStringsBesideItsCurrency() throws JsonProcessingException {
        WindowState cost = new WindowState();
        cost.add(Measure.MEASURE_LIST_COST, 2, 1);
        cost.addSum(Measure.MEASURE_LIST_COST, new BigDecimal("0.00000000012"));
        GroupWindows group = new GroupWindows(Map.of(), cost, "1", true, List.of(), new WindowState());
        JsonNode json = json(new KpiAnswerBuilder(query(), kpis("list_cost", "cost_per_call"))
                .currency("EUR")
                .build(List.of(group)));
        JsonNode figures = json.path("groups").path(0).path("kpis");
        assertThat(figures.path("list_cost"))
                .isEqualTo(tree("{'value':'0.00000000012','currency':'EUR','count':2,'coverage':0.5,"
                        + "'previous':null,'revision':'1','settled':true}"));
        assertThat(figures.path("cost_per_call").path("target").asText()).isEqualTo("0.1");
        assertThat(figures.path("cost_per_call").path("met").asBoolean()).isTrue();
    }

    @Test
    void takesAProjectsTargetsAndEvaluatorsAndFiguresFromElsewhere() throws JsonProcessingException {
        WindowState window = calls(100, 99);
        window.add(Measure.MEASURE_RESPONSES, 100, 0);
        window.add(Measure.MEASURE_TOXICITY, 100, 1);
        GroupWindows group = new GroupWindows(Map.of(), window, "1", true, List.of(), new WindowState());
        var judge = new dev.assay.platform.stats.RoganGladen.Judge(0.9, 100, 0.98, 100);
        JsonNode json = json(new KpiAnswerBuilder(
                        query(), kpis("error_rate", "toxicity_rate", "active_users", "bias_disparity_ratio"))
                .targets(Map.of("error_rate", Target.below(0.02)))
                .evaluators(Map.of(
                        "toxicity_rate",
                        new Evaluator(judge, false, new KpiValue.Evidence("toxicity/7", "forum", 0.81))))
                .supplement((kpi, by, range) -> kpi.name().equals("active_users")
                        ? Optional.of(kpi.of(range.contains(NOW.minusSeconds(3600)) ? 17 : 12, 17))
                        : Optional.empty())
                .build(List.of(group)));
        JsonNode figures = json.path("groups").path(0).path("kpis");
        assertThat(figures.path("error_rate").path("met").asBoolean()).isTrue();
        assertThat(figures.path("toxicity_rate").path("judgeable").asBoolean(true))
                .isFalse();
        assertThat(figures.path("toxicity_rate").path("met").isNull()).isTrue();
        assertThat(figures.path("toxicity_rate").path("evaluator").toString())
                .isEqualTo("{\"version\":\"toxicity/7\",\"worst_source\":\"forum\",\"worst_auc\":0.81}");
        assertThat(figures.path("error_rate").has("evaluator")).isFalse();
        assertThat(figures.path("active_users").path("value").asLong()).isEqualTo(17);
        assertThat(figures.path("active_users").path("previous").asLong()).isEqualTo(12);
        assertThat(figures.has("bias_disparity_ratio")).isFalse();
    }
}
