package dev.assay.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The objects that some manifests have, as trees; with the few questions that the checks ask of them. */
record Rendered(String name, List<JsonNode> objects) {
    /** The chart with these values, each {@code key=value} as helm's {@code --set} takes them. */
    static Rendered chart(String name, List<String> values) {
        List<String> arguments =
                new ArrayList<>(List.of("template", "assay", Chart.DIRECTORY.toString(), "--namespace", "assay"));
        values.forEach(value -> arguments.addAll(List.of("--set", value)));
        return new Rendered(
                name,
                Yaml.documents(KubeTools.helm(arguments.toArray(String[]::new)).orFail()));
    }

    /** What kustomize makes of a folder. */
    static Rendered kustomization(String folder) {
        return new Rendered(
                folder,
                Yaml.documents(
                        KubeTools.kubectl("kustomize", Yaml.ROOT.resolve(folder).toString())
                                .orFail()));
    }

    List<JsonNode> of(String kind) {
        return objects.stream()
                .filter(it -> it.path("kind").asText().equals(kind))
                .toList();
    }

    Optional<JsonNode> find(String kind, String name) {
        return of(kind).stream().filter(it -> nameOf(it).equals(name)).findFirst();
    }

    static String nameOf(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    /** {@code Kind/name}, for messages. */
    static String title(JsonNode object) {
        return object.path("kind").asText() + "/" + nameOf(object);
    }

    static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Everything that runs containers: the object and its pod's template (for a Pod itself). */
    Map<JsonNode, JsonNode> podTemplates() {
        Map<JsonNode, JsonNode> templates = new LinkedHashMap<>();
        for (JsonNode object : objects) {
            switch (object.path("kind").asText()) {
                case "Deployment", "StatefulSet", "Job" ->
                    templates.put(object, object.path("spec").path("template"));
                case "Pod" -> templates.put(object, object);
                default -> {}
            }
        }
        return templates;
    }

    static List<JsonNode> containers(JsonNode template) {
        JsonNode spec = template.path("spec");
        return Stream.concat(items(spec.path("containers")), items(spec.path("initContainers")))
                .toList();
    }

    /** Whether a {@code matchLabels} selects these labels. An empty one selects all. */
    static boolean selects(JsonNode matchLabels, JsonNode labels) {
        return matchLabels.properties().stream().allMatch(it -> it.getValue().equals(labels.path(it.getKey())));
    }

    @Override
    public String toString() {
        return name;
    }
}
