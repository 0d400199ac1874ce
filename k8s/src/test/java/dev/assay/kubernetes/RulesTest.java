package dev.assay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules about Assay itself, and its dashboards for Grafana. */
class RulesTest {
    private static List<JsonNode> rules() {
        List<JsonNode> rules = new ArrayList<>();
        for (JsonNode group : Chart.rendered("keda and monitoring")
                .of("PrometheusRule")
                .get(0)
                .at("/spec/groups")) {
            group.path("rules").forEach(rules::add);
        }
        return rules;
    }

    @Test
    void sayWhatToDo() {
        String base = Chart.VALUES.at("/monitoring/rules/runbooks").asText();
        assertThat(rules()).hasSizeGreaterThan(8).allSatisfy(rule -> {
            String alert = rule.path("alert").asText();
            String runbook = rule.at("/annotations/runbook_url").asText();
            assertThat(runbook).as(alert).startsWith(base + "/");
            String text = Yaml.text(Yaml.ROOT.resolve("docs/runbooks").resolve(runbook.substring(base.length() + 1)));
            assertThat(text).as(alert).contains(alert);
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.path("expr").asText())
                    .contains("namespace=\"assay\"")
                    .doesNotContain("NAMESPACE", "STEM");
        });
    }

    /** Each of the seven default alerts of a project has a runbook too. */
    @Test
    void haveTheDefaultAlertsBesideThem() throws IOException {
        String code = Yaml.text(
                Yaml.ROOT.resolve("alert-service/src/main/java/dev/assay/alert/domain/rule/DefaultRules.java"));
        List<String> ids = java.util.regex.Pattern.compile("rule\\(\\s*\"([a-z-]+)\"")
                .matcher(code)
                .results()
                .map(it -> it.group(1))
                .toList();
        assertThat(ids).hasSizeGreaterThanOrEqualTo(7);
        for (String id : ids) {
            assertThat(Files.exists(Yaml.ROOT.resolve("docs/runbooks/" + id + ".md")))
                    .as("docs/runbooks/" + id + ".md")
                    .isTrue();
        }
    }

    /** Kafka's client has each lag twice, under the topic's name with dots and with underscores. */
    @Test
    void countNoLagTwice() {
        Stream<JsonNode> expressions = Stream.of(
                        Chart.rendered("keda and monitoring").of("PrometheusRule").stream(),
                        Chart.rendered("keda and monitoring").of("ScaledObject").stream(),
                        Metrics.dashboards().map(Yaml::read))
                .flatMap(it -> it)
                .flatMap(it -> Stream.concat(it.findValues("expr").stream(), it.findValues("query").stream()));
        assertThat(expressions.map(JsonNode::asText).filter(it -> it.contains("records_lag{")))
                .hasSizeGreaterThan(5)
                .allSatisfy(it -> assertThat(it).containsPattern("topic=~\"[^\"]*\\[\\.\\]"));
    }

    @Test
    void haveDashboardsThatGrafanaCanLoad() {
        assertThat(Metrics.dashboards()).isNotEmpty().allSatisfy(file -> {
            JsonNode dashboard = Yaml.read(file);
            assertThat(dashboard.path("uid").asText()).isNotBlank();
            assertThat(dashboard.path("title").asText()).startsWith("Assay");
            List<JsonNode> panels = new ArrayList<>();
            dashboard.path("panels").forEach(panels::add);
            assertThat(panels).isNotEmpty().allSatisfy(panel -> {
                assertThat(panel.path("title").asText()).isNotBlank();
                assertThat(panel.path("description").asText()).isNotBlank();
                assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
                assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                assertThat(panel.path("targets"))
                        .isNotEmpty()
                        .allSatisfy(target ->
                                assertThat(target.path("expr").asText()).contains("namespace=\"$namespace\""));
            });
            assertThat(panels.stream().map(it -> it.path("id").asInt()).distinct())
                    .hasSameSizeAs(panels);
        });
    }

    /** Where promtool is on the PATH (Debian: prometheus), it reads the rules too; that it does is printed. */
    @Test
    void passPromtool(@TempDir Path directory) throws IOException {
        boolean present = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(it -> Files.isExecutable(Path.of(it, "promtool")));
        Path file = directory.resolve("rules.yaml");
        Files.writeString(
                file,
                Chart.rendered("keda and monitoring")
                        .of("PrometheusRule")
                        .get(0)
                        .path("spec")
                        .toString());
        if (present) {
            KubeTools.Result result =
                    KubeTools.execute(List.of("promtool", "check", "rules", file.toString()), directory);
            assertThat(result.orFail()).contains("SUCCESS: " + rules().size() + " rules found");
        } else {
            System.out.println("promtool is not on the PATH: the rules' expressions are not parsed here");
        }
        assertThat(Files.size(file)).isPositive();
    }
}
