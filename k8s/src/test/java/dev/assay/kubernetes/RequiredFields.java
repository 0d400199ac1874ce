package dev.assay.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The fields that the API server demands of the kinds that we have, as paths ({@code []} for each item of a list that may be
 * absent). The typed model does not tell that one is missing or empty.
 */
final class RequiredFields {
    private static final List<String> POD = List.of(
            "spec.containers[].name",
            "spec.containers[].image",
            "spec.containers[].ports[].containerPort",
            "spec.containers[].env[].name",
            "spec.containers[].volumeMounts[].name",
            "spec.containers[].volumeMounts[].mountPath",
            "spec.volumes[].name",
            "spec.topologySpreadConstraints[].maxSkew",
            "spec.topologySpreadConstraints[].topologyKey",
            "spec.topologySpreadConstraints[].whenUnsatisfiable");
    private static final Map<String, List<String>> BY_KIND = Map.ofEntries(
            Map.entry("Deployment", List.of("spec.selector.matchLabels", "spec.template.metadata.labels")),
            Map.entry("Job", List.of("spec.template.spec.restartPolicy")),
            Map.entry("Pod", POD),
            Map.entry("Service", List.of("spec.ports[].port", "spec.selector")),
            Map.entry("PodDisruptionBudget", List.of("spec.selector.matchLabels")),
            Map.entry("NetworkPolicy", List.of("spec.podSelector", "spec.policyTypes")),
            Map.entry(
                    "HorizontalPodAutoscaler",
                    List.of(
                            "spec.scaleTargetRef.kind",
                            "spec.scaleTargetRef.name",
                            "spec.scaleTargetRef.apiVersion",
                            "spec.maxReplicas",
                            "spec.metrics[].type",
                            "spec.behavior.scaleUp.policies[].type",
                            "spec.behavior.scaleUp.policies[].value",
                            "spec.behavior.scaleUp.policies[].periodSeconds",
                            "spec.behavior.scaleDown.policies[].value",
                            "spec.behavior.scaleDown.policies[].periodSeconds")),
            Map.entry(
                    "Ingress",
                    List.of(
                            "spec.rules[].host",
                            "spec.rules[].http.paths[].pathType",
                            "spec.rules[].http.paths[].backend.service.name",
                            "spec.rules[].http.paths[].backend.service.port.name")),
            Map.entry(
                    "HTTPRoute",
                    List.of(
                            "spec.parentRefs[].name",
                            "spec.rules[].backendRefs[].name",
                            "spec.rules[].backendRefs[].port")),
            Map.entry("ConfigMap", List.of("data")),
            Map.entry("ServiceAccount", List.of()));

    private RequiredFields() {}

    static List<String> missing(JsonNode object) {
        List<String> missing = new ArrayList<>();
        for (String field : List.of("apiVersion", "kind", "metadata.name")) {
            demand(object, field, Rendered.title(object), missing);
        }
        String kind = object.path("kind").asText();
        List<String> fields = BY_KIND.get(kind);
        if (fields == null) {
            if (!StrictModel.CUSTOM.contains(kind)) {
                missing.add(Rendered.title(object) + ": nobody has said what a " + kind + " must have");
            }
            return missing;
        }
        fields.forEach(field -> demand(object, field, Rendered.title(object), missing));
        if (kind.equals("Deployment") || kind.equals("Job")) {
            POD.forEach(field ->
                    demand(object.path("spec").path("template"), field, Rendered.title(object) + ".template", missing));
        }
        return missing;
    }

    private static void demand(JsonNode node, String path, String where, List<String> missing) {
        int list = path.indexOf("[]");
        if (list < 0) {
            JsonNode value = at(node, path);
            if (value.isMissingNode()
                    || value.isNull()
                    || value.isTextual() && value.asText().isEmpty()) {
                missing.add(where + "." + path + " is missing");
            }
            return;
        }
        String rest = path.substring(list + 3);
        int index = 0;
        for (JsonNode item : at(node, path.substring(0, list))) {
            demand(item, rest, where + "." + path.substring(0, list) + "[" + index++ + "]", missing);
        }
    }

    private static JsonNode at(JsonNode node, String path) {
        JsonNode current = node;
        for (String name : path.split("\\.", -1)) {
            current = current.path(name);
        }
        return current;
    }
}
