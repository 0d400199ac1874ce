package dev.assay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What quarkus-kubernetes generates is what k8s/base has, and what the chart says too. */
class GeneratedManifestsTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ingest-service", "quality-service", "cost-service", "alert-service", "dashboard"})
    void isWhatTheBaseHas(String module) {
        Path generated = Yaml.ROOT.resolve(module).resolve("target/kubernetes/kubernetes.yml");
        Path base = Yaml.ROOT.resolve("k8s/base").resolve(module + ".yaml");
        assertThat(objects(base))
                .as("k8s/base/" + module + ".yaml is stale: run k8s/generate")
                .isEqualTo(objects(generated));
    }

    /** The generator writes keys and named items in any order: named items are put in the order of their names. */
    private static List<JsonNode> objects(Path file) {
        return Yaml.documents(Yaml.text(file)).stream()
                .peek(GeneratedManifestsTest::sort)
                .sorted(Comparator.comparing(Rendered::title))
                .toList();
    }

    private static void sort(JsonNode node) {
        node.forEach(GeneratedManifestsTest::sort);
        if (node instanceof ArrayNode array && array.size() > 1 && array.get(0).has("name")) {
            List<JsonNode> items = Rendered.items(array)
                    .sorted(Comparator.comparing(it -> it.path("name").asText()))
                    .toList();
            array.removeAll().addAll(items);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ingest-service", "quality-service", "cost-service", "alert-service", "dashboard"})
    void agreesWithTheChart(String module) {
        JsonNode generated = container(new Rendered(
                        "base",
                        Yaml.documents(Yaml.text(Yaml.ROOT.resolve("k8s/base").resolve(module + ".yaml"))))
                .find("Deployment", module)
                .orElseThrow());
        JsonNode charts = container(
                Chart.rendered("defaults").find("Deployment", "assay-" + module).orElseThrow());
        assertThat(generated.path("name")).isEqualTo(charts.path("name"));
        assertThat(generated.path("resources")).isEqualTo(charts.path("resources"));
        for (String port : new String[] {"http", "management"}) {
            assertThat(PolicyTest.portNamed(generated, port)).isEqualTo(PolicyTest.portNamed(charts, port));
        }
        for (String probe : new String[] {"startupProbe", "livenessProbe", "readinessProbe"}) {
            for (String field : new String[] {"/httpGet/path", "/periodSeconds", "/failureThreshold"}) {
                assertThat(generated.path(probe).at(field))
                        .as(probe + field)
                        .isEqualTo(charts.path(probe).at(field));
            }
        }
        Set<String> onlyGenerated = names(generated);
        onlyGenerated.removeAll(names(charts));
        assertThat(onlyGenerated).containsExactly("KUBERNETES_NAMESPACE");
        generated
                .path("env")
                .forEach(variable -> charts.path("env").forEach(other -> {
                    if (other.path("name").equals(variable.path("name")) && variable.has("valueFrom")) {
                        for (String field : new String[] {"name", "key"}) {
                            assertThat(variable.at("/valueFrom/secretKeyRef").path(field))
                                    .isEqualTo(
                                            other.at("/valueFrom/secretKeyRef").path(field));
                        }
                    }
                }));
    }

    private static JsonNode container(JsonNode deployment) {
        return deployment.at("/spec/template/spec/containers/0");
    }

    private static Set<String> names(JsonNode container) {
        Set<String> names = new TreeSet<>();
        container.path("env").forEach(it -> names.add(it.path("name").asText()));
        return names;
    }
}
