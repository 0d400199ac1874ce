package dev.assay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The chart's custom resources against the definitions that their projects publish, which are not ours to commit. */
class CustomResourcesDataCheck {
    private static final List<CrdSchema> SCHEMAS = schemas();

    private static List<CrdSchema> schemas() {
        Path directory = Path.of(System.getProperty("assay.data"), "kube-schemas");
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .flatMap(file -> CrdSchema.read(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void areWhatTheirDefinitionsSay() {
        Set<String> checked = new TreeSet<>();
        Set<String> without = new TreeSet<>();
        for (Rendered rendered : Chart.all()) {
            for (JsonNode object : rendered.objects()) {
                String kind = object.path("kind").asText();
                if (StrictModel.CUSTOM.contains(kind)) {
                    SCHEMAS.stream()
                            .filter(schema -> schema.isOf(object))
                            .findFirst()
                            .ifPresentOrElse(
                                    schema -> {
                                        assertThat(schema.problems(object)).isEmpty();
                                        checked.add(kind);
                                    },
                                    () -> without.add(kind));
                }
            }
        }
        assertThat(checked)
                .containsExactly("Cluster", "Kafka", "KafkaTopic", "PrometheusRule", "ScaledObject", "ServiceMonitor");
        // its definition is not among the data: nothing here checks it
        assertThat(without).containsExactly("KafkaNodePool");
    }

    /** The check itself: a misspelt field, and one of a wrong type. */
    @Test
    void wouldCatchWhatIsWrong() {
        JsonNode scaled =
                Chart.rendered("keda and monitoring").of("ScaledObject").get(0);
        CrdSchema schema =
                SCHEMAS.stream().filter(it -> it.isOf(scaled)).findFirst().orElseThrow();
        ObjectNode misspelt = scaled.deepCopy();
        ((ObjectNode) misspelt.path("spec")).put("maxReplicas", 3);
        assertThat(schema.problems(misspelt)).singleElement().asString().contains("maxReplicas");
        ObjectNode mistyped = scaled.deepCopy();
        ((ObjectNode) mistyped.path("spec")).put("pollingInterval", "often");
        assertThat(schema.problems(mistyped)).isNotEmpty();
        ObjectNode bare = scaled.deepCopy();
        ((ObjectNode) bare.path("spec")).remove("triggers");
        assertThat(schema.problems(bare)).isNotEmpty();
    }
}
