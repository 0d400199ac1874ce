package dev.assay.alert.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.alert.domain.rule.InvalidRule;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.alert.domain.rule.Threshold;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFileTest {
    private static final String GOOD = """
        project: acme
        rules:
        - name: Slow answers
          metric: latency_p95_ms
          filters: {app: chat, model: [a, b]}
          group_by: [model]
          window: 15m
          op: ">"
          baseline: same_hour
          factor: 2
          clear_factor: 1.5
          for: 10m
          keep_firing_for: 5m
          min_samples: 20
          min_coverage: 0.8
          no_data: ok
          severity: high
          labels: {team: core}
          runbook: https://example.com/slow
          summary: "{{labels.model}} is slow: {{value}}"
        - id: error-rate
          name: Error rate
          metric: error_rate
          objective: 0.999
          burn_rate: 14.4
          window: 1h
          short_window: 5m
        """;

    @Test
    void hasTheFieldsOfTheApi() {
        RuleFile file = RuleFile.parse(GOOD);
        assertThat(file.project()).isEqualTo("acme");
        Rule slow = file.rules().get(0);
        assertThat(slow.id()).matches("rule-[0-9a-f]{16}");
        assertThat(slow.annotations().labels()).containsEntry("team", "core");
        assertThat(slow.evidence().minCoverage()).isEqualTo(0.8);
        assertThat(slow.threshold()).isInstanceOf(Threshold.TimesBaseline.class);
        Rule errors = file.rules().get(1);
        assertThat(errors.id()).isEqualTo("error-rate");
        assertThat(errors.builtIn()).isTrue();
        assertThat(errors.threshold()).isInstanceOf(Threshold.BurnRate.class);
        assertThat(RuleFile.parse(GOOD)).isEqualTo(file);
        for (Rule rule : file.rules()) {
            assertThat(RuleText.read(rule.id(), rule.builtIn(), RuleText.write(rule)))
                    .isEqualTo(rule);
        }
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "factor: 2 | factor: two | rules[0].factor",
                "factor: 2 | faktor: 2 | rules[0].faktor",
                "window: 1h | window: 1 | rules[1].window",
                "id: error-rate | id: errors | rules[1].id",
                "name: Error rate | name: Slow answers | rules[1].name",
                "project: acme | owner: acme | owner",
                "group_by: [model] | group_by: [modell] | rules[0].group_by",
                "severity: high | severity: urgent | rules[0].severity",
            })
    void aFaultIsNamedByPlaceAndField(String right, String wrong, String field) {
        assertThat(GOOD).contains(right);
        assertThatThrownBy(() -> RuleFile.parse(GOOD.replace(right, wrong)))
                .isInstanceOfSatisfying(InvalidRule.class, e -> {
                    assertThat(e.field()).isEqualTo(field);
                    assertThat(e.getMessage()).startsWith(field + " ");
                });
    }

    @Test
    void whatIsNoYamlIsToldByLine() {
        assertThatThrownBy(() -> RuleFile.parse("rules:\n- name: [\n"))
                .isInstanceOf(InvalidRule.class)
                .hasMessageContaining("in line ");
        assertThatThrownBy(() -> RuleFile.parse("rules: []\nrules: []\n")).isInstanceOf(InvalidRule.class);
        assertThatThrownBy(() -> RuleFile.parse("- a")).isInstanceOf(InvalidRule.class);
        assertThatThrownBy(() -> RuleFile.parse("")).isInstanceOf(InvalidRule.class);
        assertThatThrownBy(() -> RuleFile.parse("x".repeat(RuleFile.MAX_CHARACTERS + 1)))
                .isInstanceOf(InvalidRule.class);
        assertThatThrownBy(() -> RuleFile.parse("rules:" + "[".repeat(5_000))).isInstanceOf(InvalidRule.class);
    }

    @Test
    void moreThan200RulesAreRefused() {
        StringBuilder text = new StringBuilder("rules:\n");
        for (int i = 0; i < 201; i++) {
            text.append("- {name: r").append(i).append(", metric: calls, threshold: 1}\n");
        }
        assertThatThrownBy(() -> RuleFile.parse(text.toString()))
                .hasMessage("rules must have at most 200 entries, got: 201");
    }
}
