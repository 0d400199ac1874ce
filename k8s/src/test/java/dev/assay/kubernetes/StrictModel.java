package dev.assay.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Kubernetes' own types, strictly: an unknown field, a number where a string belongs (the API server refuses both) and an
 * unknown kind are problems.
 */
final class StrictModel {
    /** Kinds that are custom resources, checked against their definitions instead. */
    static final Set<String> CUSTOM = Set.of(
            "ScaledObject", "ServiceMonitor", "PrometheusRule", "Kafka", "KafkaNodePool", "KafkaTopic", "Cluster");

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private StrictModel() {}

    /** What is wrong with an object; nothing for {@link #CUSTOM} kinds. */
    static List<String> problems(JsonNode object) {
        List<String> problems = new ArrayList<>();
        if (CUSTOM.contains(object.path("kind").asText())) {
            return problems;
        }
        try {
            Object typed = SERIALIZATION.unmarshal(object.toString());
            if (typed instanceof GenericKubernetesResource) {
                problems.add(Rendered.title(object) + ": unknown kind of " + object.path("apiVersion"));
            } else {
                walk(typed, Rendered.title(object), problems);
                compare(object, SERIALIZATION.convertValue(typed, JsonNode.class), Rendered.title(object), problems);
            }
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() instanceof JsonProcessingException ? e.getCause() : e;
            problems.add(Rendered.title(object) + ": " + cause.getMessage());
        }
        return problems;
    }

    /** The typed model turns 5 into "5" where a string belongs; the API server does not. Quantities may be either. */
    private static void compare(JsonNode raw, JsonNode typed, String path, List<String> problems) {
        raw.properties()
                .forEach(it -> compare(it.getValue(), typed.path(it.getKey()), path + "." + it.getKey(), problems));
        if (raw.isArray()) {
            for (int i = 0; i < raw.size(); i++) {
                compare(raw.get(i), typed.path(i), path + "[" + i + "]", problems);
            }
        }
        boolean quantity = path.matches(".*\\.(requests|limits)\\.[a-z]+|.*\\.sizeLimit");
        if (raw.isValueNode() && !typed.isMissingNode() && !quantity && raw.getNodeType() != typed.getNodeType()) {
            problems.add(path + ": " + raw + " where a " + typed.getNodeType() + " belongs");
        }
    }

    private static void walk(Object value, String path, List<String> problems) {
        if (value instanceof Collection<?> items) {
            int index = 0;
            for (Object item : items) {
                walk(item, path + "[" + index++ + "]", problems);
            }
        } else if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, item) -> walk(item, path + "." + key, problems));
        } else if (value instanceof KubernetesResource) {
            for (Class<?> type = value.getClass(); type != Object.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        visit(value, field, path, problems);
                    }
                }
            }
        }
    }

    private static void visit(Object owner, Field field, String path, List<String> problems) {
        try {
            field.setAccessible(true);
            Object value = field.get(owner);
            if (field.getName().equals("additionalProperties")) {
                if (value instanceof Map<?, ?> unknown && !unknown.isEmpty()) {
                    problems.add(path + ": unknown fields " + unknown.keySet());
                }
            } else {
                walk(value, path + "." + field.getName(), problems);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
