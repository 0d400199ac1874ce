package dev.assay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.contracts.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart itself: lint, its values' schema, what it refuses, and what it must have in common with the code. */
class ChartTest {
    @Test
    void passesTheStrictLint() {
        KubeTools.helm("lint", "--strict", Chart.DIRECTORY.toString()).orFail();
    }

    @ParameterizedTest(name = "{0} is refused: {1}")
    @CsvSource({
        "autoscaling.mode=vpa, autoscaling",
        "image.tag=latest, image",
        "image.tga=1, additional properties",
        "image.registry=, registry",
        "cost.autoscaling.maxReplicas=25, partitions",
        "cost.autoscaling.minReplicas=7, maxReplicas",
        "database.connectionLimit=100, connections",
        "database.pools.writer=many, pools",
        "autoscaling.mode=keda, prometheusAddress",
        "kafka.bootstrapServers=kafka, bootstrapServers",
        "ingest.digest=sha256:abc, digest",
        "bootstrap.project=Upper_Case, project",
        "ingest.autoscaling.inFlightRatio=\"2\", inFlightRatio",
        "ingest.env[0].name=lower, env",
        "alert.ruleFiles.team=x, invalid propertyName",
        "tests.image=curl:latest, image",
    })
    void refusesBadValues(String value, String named) {
        KubeTools.Result result = KubeTools.helm("template", "a", Chart.DIRECTORY.toString(), "--set", value);
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.errors()).containsIgnoringCase(named);
    }

    @Test
    void refusesMigrationsBeforeItsOwnDatabaseExists() {
        assertThat(KubeTools.helm(
                                "template",
                                "a",
                                Chart.DIRECTORY.toString(),
                                "--set",
                                "database.mode=cloudnativepg,database.migrateAtStart=false")
                        .errors())
                .contains("database.mode=external");
    }

    @Test
    void refusesClustersThatAreTooOld() {
        assertThat(KubeTools.helm("template", "a", Chart.DIRECTORY.toString(), "--kube-version", "1.29.0")
                        .errors())
                .contains("kubeVersion");
    }

    /** Two releases in one namespace share no name, and no selector of one selects a pod of the other. */
    @Test
    void keepsReleasesApart() {
        List<JsonNode> first = release("one");
        List<JsonNode> second = release("two");
        assertThat(first.stream().map(Rendered::title).toList())
                .doesNotContainAnyElementsOf(
                        second.stream().map(Rendered::title).toList());
        for (JsonNode service : first) {
            if (service.path("kind").asText().equals("Service")) {
                assertThat(second)
                        .noneMatch(it -> it.path("kind").asText().equals("Deployment")
                                && Rendered.selects(
                                        service.at("/spec/selector"), it.at("/spec/template/metadata/labels")));
            }
        }
    }

    private static List<JsonNode> release(String name) {
        return Yaml.documents(
                KubeTools.helm("template", name, Chart.DIRECTORY.toString()).orFail());
    }

    @Test
    void mountsTheFilesOfRulesWhereTheAlertServiceLooks() {
        Rendered rendered = Chart.rendered("migrations by Job alone");
        assertThat(rendered.find("ConfigMap", "kpi-alert-rules")
                        .orElseThrow()
                        .at("/data/team.yaml")
                        .asText())
                .isEqualTo("project: default");
        for (JsonNode deployment : rendered.of("Deployment")) {
            JsonNode pod = deployment.at("/spec/template/spec");
            boolean alert = EnvironmentTest.moduleOf(deployment).equals("alert-service");
            assertThat(Rendered.items(pod.path("volumes"))
                            .anyMatch(it -> it.at("/configMap/name").asText().equals("kpi-alert-rules")))
                    .isEqualTo(alert);
            assertThat(Rendered.items(pod.at("/containers/0/volumeMounts"))
                            .anyMatch(it -> it.path("mountPath").asText().equals("/etc/assay/rules")))
                    .isEqualTo(alert);
            assertThat(EnvironmentTest.variables(deployment).contains("ASSAY_ALERT_RULES_PATH"))
                    .isEqualTo(alert);
        }
    }

    /** An upgrade may change anything but a Deployment's selector. */
    @Test
    void keepsTheVersionOutOfSelectors() {
        Chart.rendered("defaults")
                .of("Deployment")
                .forEach(deployment -> assertThat(
                                deployment.at("/spec/selector/matchLabels").properties())
                        .extracting(Map.Entry::getKey)
                        .containsExactlyInAnyOrder(
                                "app.kubernetes.io/part-of", "app.kubernetes.io/instance", "app.kubernetes.io/name"));
    }

    @Test
    void hasTheProjectsVersion() {
        String pom = Yaml.text(Yaml.ROOT.resolve("pom.xml"));
        String version = pom.split("<version>", 3)[1].split("<", 2)[0];
        JsonNode chart = Yaml.read(Chart.DIRECTORY.resolve("Chart.yaml"));
        assertThat(chart.path("version").asText()).isEqualTo(version);
        assertThat(chart.path("appVersion").asText()).isEqualTo(version);
    }

    @Test
    void hasTheTopicsOfTheContracts() {
        Map<String, Map<String, String>> declared = new TreeMap<>();
        Topics.all().forEach(topic -> declared.put(topic.name(), new TreeMap<>(topic.config())));
        Map<String, Map<String, String>> rendered = new TreeMap<>();
        for (JsonNode topic : Chart.rendered("operators").of("KafkaTopic")) {
            Map<String, String> config = new TreeMap<>();
            topic.at("/spec/config")
                    .properties()
                    .forEach(it -> config.put(it.getKey(), it.getValue().asText()));
            assertThat(config.remove("min.insync.replicas")).isEqualTo("2");
            rendered.put(Rendered.nameOf(topic), config);
            assertThat(topic.at("/spec/partitions").asInt()).isGreaterThanOrEqualTo(Topics.LOCAL_PARTITIONS);
        }
        assertThat(rendered).isEqualTo(declared);
    }

    /** KEDA's traps: a lost target must not read as 0, and each query must answer with one element. */
    @Test
    void scalesOnQueriesThatCannotMislead() {
        List<JsonNode> triggers = new ArrayList<>();
        Chart.rendered("keda and monitoring")
                .of("ScaledObject")
                .forEach(it -> it.at("/spec/triggers").forEach(triggers::add));
        assertThat(triggers.stream().filter(it -> it.path("type").asText().equals("prometheus")))
                .hasSize(10)
                .allSatisfy(trigger -> {
                    JsonNode metadata = trigger.path("metadata");
                    assertThat(metadata.path("ignoreNullValues").asText()).isEqualTo("false");
                    assertThat(metadata.path("query").asText())
                            .startsWith("(sum(")
                            .contains("namespace=\"assay\"", "or 0 * sum(up{");
                    assertThat(trigger.path("metricType").asText()).isEqualTo("AverageValue");
                    assertThat(metadata.path("threshold").asDouble()).isPositive();
                });
        assertThat(triggers).noneMatch(it -> it.path("type").asText().equals("kafka"));
        Chart.rendered("keda and monitoring").of("ScaledObject").stream()
                .filter(it -> !Rendered.nameOf(it).endsWith("dashboard"))
                .forEach(it ->
                        assertThat(it.at("/spec/fallback/behavior").asText()).isEqualTo("currentReplicasIfHigher"));
    }
}
