package dev.assay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
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
        assertThat(Yaml.text(Yaml.ROOT.resolve("k8s/base").resolve(module + ".yaml")))
                .as("k8s/base/" + module + ".yaml is stale: run k8s/generate")
                .isEqualTo(Yaml.text(generated));
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
