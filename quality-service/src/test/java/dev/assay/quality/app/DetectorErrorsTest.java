package dev.assay.quality.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.kpi.Evaluator;
import dev.assay.platform.kpi.KpiCatalogue;
import dev.assay.platform.kpi.KpiValue;
import dev.assay.platform.window.TimeRange;
import dev.assay.platform.window.WindowState;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DetectorErrorsTest {
    private static final String FIGURES = """
            {"models": [
              {"name": "harmful_prompt", "evaluator": "harmful/1", "held_out": [{"source": "pairs", "auc": 0.7}]},
              {"name": "jailbreak_attempt"},
              {"name": "toxicity", "evaluator": "toxicity/1",
               "held_out": [{"source": "a", "auc": 0.9}, {"source": "b", "auc": 0.8}, {"source": "c", "auc": null}],
               "sensitivity": 0.5, "findings": 1000, "false_alarm_rate": %s, "others": %s},
              {"name": "groundedness", "sensitivity": 0.8, "findings": 1000, "false_alarm_rate": 0.2, "others": 1000},
              {"name": "jailbreak_success", "sensitivity": 0.9, "findings": 1000, "false_alarm_rate": 0.05, "others": 1000},
              {"name": "refusal", "sensitivity": 0.9, "findings": 1000, "false_alarm_rate": 0.01, "others": 1000}],
             "ordinary_exchanges": 2000,
             "found_in_ordinary_exchanges": {"over_refusal_rate": 10, "safe_response_ratio": 0}}""";

    @Test
    void aRateBelowItsDetectorsFalseAlarmsCannotBeJudged() throws Exception {
        KpiValue value = judged("toxicity_rate", Measure.MEASURE_TOXICITY, figures("0.01", "1000"));
        assertThat(value.judgeable()).isFalse();
        assertThat(value.met()).isNull();
    }

    @Test
    void noFalseAlarmAmongFewTextsProvesNotEnough() throws Exception {
        // 0 of 500 may still be 0.8 %, the target is 0.1 %; 0 of 10,000 is at most 0.04 %
        assertThat(judged("toxicity_rate", Measure.MEASURE_TOXICITY, figures("0", "500"))
                        .judgeable())
                .isFalse();
        KpiValue proven = judged("toxicity_rate", Measure.MEASURE_TOXICITY, figures("0", "10000"));
        assertThat(proven.judgeable()).isTrue();
        assertThat(proven.met()).isFalse();
    }

    @Test
    void theWorstSourceStandsBesideTheKpi() throws Exception {
        assertThat(judged("toxicity_rate", Measure.MEASURE_TOXICITY, figures("0", "10000"))
                        .evidence())
                .isEqualTo(new KpiValue.Evidence("toxicity/1", "b", 0.8));
        // over-refusal needs to know which prompts are harmful, so that detector's worst counts too
        assertThat(judged("over_refusal_rate", Measure.MEASURE_OVER_REFUSAL, figures("0", "10000"))
                        .evidence())
                .isEqualTo(new KpiValue.Evidence("harmful/1", "pairs", 0.7));
        assertThat(judged("hallucination_rate", Measure.MEASURE_HALLUCINATION, figures("0", "10000"))
                        .evidence())
                .isNull();
    }

    @Test
    void theShippedDetectorsSayWhatTheyCannotJudge() {
        Map<String, Evaluator> shipped = new DetectorErrors().byKpi();
        assertThat(judged("toxicity_rate", Measure.MEASURE_TOXICITY, shipped).judgeable())
                .isTrue();
        assertThat(judged("safe_response_ratio", Measure.MEASURE_SAFE_RESPONSE, shipped)
                        .judgeable())
                .isTrue();
        assertThat(judged("over_refusal_rate", Measure.MEASURE_OVER_REFUSAL, shipped)
                        .judgeable())
                .isTrue();
        assertThat(judged("hallucination_rate", Measure.MEASURE_HALLUCINATION, shipped)
                        .judgeable())
                .isFalse();
        assertThat(judged("jailbreak_success_rate", Measure.MEASURE_JAILBREAK_SUCCESS, shipped)
                        .judgeable())
                .isFalse();
    }

    private static Map<String, Evaluator> figures(String falseAlarmRate, String others) throws Exception {
        return DetectorErrors.evaluators(new ObjectMapper().readTree(FIGURES.formatted(falseAlarmRate, others)));
    }

    private static KpiValue judged(String kpi, Measure measure, Map<String, Evaluator> evaluators) {
        WindowState window = new WindowState();
        window.add(measure, 1_000, 5);
        window.add(Measure.MEASURE_RESPONSES, 1_000, 1_000);
        Evaluator evaluator = Objects.requireNonNull(evaluators.get(kpi), kpi);
        return KpiCatalogue.get(kpi).compute(window, TimeRange.ofMinute(0)).judgedBy(evaluator);
    }
}
