package dev.assay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    /** Each of the alerts that a project has from the start has a runbook too. */
    @Test
    void haveTheDefaultAlertsBesideThem() throws IOException {
        String code = Yaml.text(
                Yaml.ROOT.resolve("alert-service/src/main/java/dev/assay/alert/domain/rule/DefaultRules.java"));
        List<String> ids = java.util.regex.Pattern.compile("(?:rule|slow)\\(\\s*\"([a-z0-9-]+)\"")
                .matcher(code)
                .results()
                .map(it -> it.group(1))
                .toList();
        assertThat(ids).hasSizeGreaterThanOrEqualTo(14);
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

    /**
     * Where promtool is on the PATH (Debian: prometheus) it parses every rule, trigger and dashboard's expression, and plays
     * the rules on made-up figures; where it is not, that is printed, and only the rules' shape is checked.
     */
    @Test
    void passPromtool(@TempDir Path directory) throws IOException {
        ObjectNode spec = Chart.rendered("keda and monitoring")
                .of("PrometheusRule")
                .get(0)
                .path("spec")
                .deepCopy();
        ArrayNode others = ((ArrayNode) spec.path("groups"))
                .addObject()
                .put("name", "expressions")
                .putArray("rules");
        expressions()
                .forEach((name, expression) ->
                        others.addObject().put("record", name).put("expr", expression));
        assertThat(others).hasSizeGreaterThan(20);
        Files.writeString(directory.resolve("rules.yaml"), spec.toString());
        Files.copy(Path.of("src/test/resources/rules-test.yaml"), directory.resolve("test.yaml"));
        if (Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(it -> Files.isExecutable(Path.of(it, "promtool")))) {
            assertThat(promtool(directory, "check", "rules", "rules.yaml")).contains("SUCCESS");
            assertThat(promtool(directory, "test", "rules", "test.yaml")).contains("SUCCESS");
        } else {
            System.out.println("promtool is not on the PATH: the rules' expressions are not parsed here");
        }
    }

    private static String promtool(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        return KubeTools.execute(command, directory).orFail();
    }

    /** Triggers by service and place, and dashboards' panels, under names that Prometheus could record them by. */
    private static Map<String, String> expressions() {
        Map<String, String> expressions = new TreeMap<>();
        for (JsonNode scaled : Chart.rendered("keda and monitoring").of("ScaledObject")) {
            String service = Rendered.nameOf(scaled).replace("assay-", "").replace("-service", "");
            int number = 2; // as the consumers' triggers: 2 the load, 3 the backlog
            for (JsonNode query : scaled.findValues("query")) {
                expressions.put("trigger:" + service + ":" + number++, query.asText());
            }
        }
        Metrics.dashboards().forEach(file -> {
            for (JsonNode expression : Yaml.read(file).findValues("expr")) {
                expressions.put(
                        "panel:" + expressions.size(), expression.asText().replace("$namespace", "assay"));
            }
        });
        return expressions;
    }
}
