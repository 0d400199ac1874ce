package dev.assay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.contracts.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** compose.yaml says of the services what the chart says. */
class ComposeTest {
    private static final JsonNode SERVICES =
            Yaml.read(Yaml.ROOT.resolve("compose.yaml")).path("services");

    @Test
    void tellsServicesWhatTheyReadAndWhatTheChartTellsThem() {
        for (String module : Chart.MODULES.values()) {
            Set<String> set = new TreeSet<>();
            SERVICES.path(module).path("environment").fieldNames().forEachRemaining(set::add);
            assertThat(set).as(module).isNotEmpty();
            assertThat(Settings.variables(module).keySet()).as(module).containsAll(set);
            Set<String> charts = EnvironmentTest.variables(Chart.rendered("defaults")
                    .find("Deployment", "assay-" + module)
                    .orElseThrow());
            charts.removeIf(it -> it.startsWith("QUARKUS_"));
            // with one replica and no public addresses these stay as they are
            charts.removeAll(Set.of(
                    "ASSAY_DASHBOARD_ALLOWED_HOSTS", "ASSAY_DASHBOARD_PROJECTS", "ASSAY_INGEST_MAX_BYTES_IN_FLIGHT"));
            assertThat(set).as(module).containsAll(charts);
        }
    }

    @Test
    void usesTheChartsPortsAndMemory() {
        Chart.MODULES.forEach((service, module) -> {
            JsonNode container = Chart.rendered("defaults")
                    .find("Deployment", "assay-" + module)
                    .orElseThrow()
                    .at("/spec/template/spec/containers/0");
            JsonNode composed = SERVICES.path(module);
            int http = PolicyTest.portNamed(container, "http");
            int management = PolicyTest.portNamed(container, "management");
            assertThat(Rendered.items(composed.path("ports")).map(JsonNode::asText))
                    .containsExactly("127.0.0.1:" + http + ":" + http, "127.0.0.1:" + management + ":" + management);
            assertThat(composed.path("mem_limit").asText().replace("m", "Mi"))
                    .isEqualTo(container.at("/resources/limits/memory").asText());
        });
    }

    @Test
    void hardensTheServicesAndPinsImages() {
        String text = Yaml.text(Yaml.ROOT.resolve("compose.yaml"));
        assertThat(text.split("<<: \\*hardened", -1)).hasSize(6);
        assertThat(SERVICES.findValuesAsText("image"))
                .isNotEmpty()
                .allSatisfy(image -> assertThat(image).matches(".+:[0-9][A-Za-z0-9.-]*"));
        assertThat(text).doesNotContain(":latest");
        SERVICES.forEach(service -> service.path("environment").properties().stream()
                .filter(it -> it.getKey().matches(".*(PASSWORD|PEPPER|_KEY)"))
                .forEach(
                        it -> assertThat(it.getValue().asText()).as(it.getKey()).startsWith("${")));
    }

    @Test
    void mountsFilesThatThereAre() {
        SERVICES.forEach(service -> Rendered.items(service.path("volumes"))
                .map(it -> it.asText().split(":", 2)[0])
                .filter(it -> it.startsWith("./"))
                .forEach(it -> assertThat(Files.isRegularFile(Yaml.ROOT.resolve(it)))
                        .as(it)
                        .isTrue()));
        for (String module : Chart.MODULES.values()) {
            Path context =
                    Yaml.ROOT.resolve(SERVICES.path(module).at("/build/context").asText());
            assertThat(Files.isRegularFile(context.resolve(
                            SERVICES.path(module).at("/build/dockerfile").asText())))
                    .isTrue();
        }
    }

    @Test
    void createsTheTopicsOfTheContracts() {
        String script = Yaml.text(Yaml.ROOT.resolve("docker/topics.sh"));
        for (Topics.Topic topic : Topics.all()) {
            assertThat(script).contains(topic.name());
            for (Map.Entry<String, String> setting : topic.config().entrySet()) {
                assertThat(script).contains("--config " + setting.getKey() + "=" + setting.getValue());
            }
        }
        assertThat(script).contains("--partitions " + Topics.LOCAL_PARTITIONS);
    }
}
