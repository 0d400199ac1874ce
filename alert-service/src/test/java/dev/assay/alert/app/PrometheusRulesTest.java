package dev.assay.alert.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.alert.domain.evaluation.Labels;
import dev.assay.alert.domain.evaluation.Phase;
import dev.assay.alert.domain.rule.DefaultRules;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusRulesTest {
    private static String defaults(boolean resource) {
        return PrometheusRules.file("acme", DefaultRules.all(), resource);
    }

    @Test
    void eachRuleComparesItsScrapedValueWithItsThreshold() {
        assertThat(defaults(false)).startsWith("""
            groups:
            - name: "assay-acme"
              interval: "1m"
              rules:
              - alert: "Quality drop"
                expr: "assay_alert_value{project=\\"acme\\",rule_id=\\"quality-drop\\"} < assay_alert_threshold{project=\\"acme\\",rule_id=\\"quality-drop\\"}"
                for: "1h"
                labels:
                  severity: "critical"
            """);
        assertThat(defaults(true)).startsWith("apiVersion: \"monitoring.coreos.com/v1\"\nkind: \"PrometheusRule\"\n");
    }

    /** Asks promtool itself where it is installed; what the file must hold is asserted in any case. */
    @Test
    void promtoolAcceptsTheFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("rules.yml");
        String odd = """
            rules:
            - name: "Odd {{ \\" ' \\\\ name"
              metric: calls
              threshold: 1
              for: 1d1h
              keep_firing_for: 5m
              summary: "{{labels.app}} has {{value}} over {{threshold}} {{rule}} 100%"
              labels: {team: "{{ core }}"}
            """;
        List<dev.assay.alert.domain.rule.Rule> rules = Stream.concat(
                        DefaultRules.all().stream(), RuleFile.parse(odd).rules().stream())
                .toList();
        String text = PrometheusRules.file("acme", rules, false);
        assertThat(text).contains("keep_firing_for: \"5m\"", "for: \"1d1h\"", "{{ $labels.app }} has {{ $value }}");
        Files.writeString(file, text);
        List<String> installed = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(path -> path + "/promtool")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .toList();
        for (String promtool : installed) {
            Process check = new ProcessBuilder(promtool, "check", "rules", file.toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(check.getInputStream().readAllBytes());
            assertThat(check.waitFor()).as(output).isZero();
            assertThat(output).contains("SUCCESS: 15 rules found");
        }
    }

    @Test
    void gaugesAreInPrometheusTextFormatAndWhatIsUnknownIsLeftOut() {
        var rule = DefaultRules.find("error-rate").orElseThrow();
        var known = new AlertReads.Alert(
                rule.id(), Labels.of(Map.of("app", "a\"b\\c")), Phase.FIRING, 1, null, 0.25, 0.01, 100L, null, 1);
        var unknown = new AlertReads.Alert(
                rule.id(), Labels.of(Map.of("app", "x")), Phase.NO_DATA, 1, null, null, null, null, "none", 1);
        assertThat(PrometheusRules.gauges(
                        "acme",
                        List.of(new ReportAlerts.Item(rule, known, 0.01), new ReportAlerts.Item(rule, unknown, null))))
                .isEqualTo("""
                    # TYPE assay_alert_value gauge
                    assay_alert_value{project="acme",rule_id="error-rate",app="a\\"b\\\\c"} 0.25
                    # TYPE assay_alert_threshold gauge
                    assay_alert_threshold{project="acme",rule_id="error-rate",app="a\\"b\\\\c"} 0.01
                    """);
    }
}
