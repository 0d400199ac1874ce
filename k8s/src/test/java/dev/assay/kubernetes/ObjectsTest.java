package dev.assay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that the chart renders and that kustomize builds is what the API server would take. */
class ObjectsTest {
    static Stream<Rendered> everything() {
        return Stream.concat(
                Chart.all().stream(),
                Stream.of(Rendered.kustomization("k8s/overlays/dev"), Rendered.kustomization("k8s/overlays/prod")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everything")
    void isStrictlyTyped(Rendered rendered) {
        assertThat(rendered.objects()).hasSizeGreaterThan(10);
        assertThat(rendered.objects()).flatExtracting(StrictModel::problems).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everything")
    void missesNothingThatIsDemanded(Rendered rendered) {
        assertThat(rendered.objects()).flatExtracting(RequiredFields::missing).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everything")
    void hasNothingTwiceAndNoNulls(Rendered rendered) {
        Set<String> seen = new HashSet<>();
        List<String> twice = new ArrayList<>();
        for (JsonNode object : rendered.objects()) {
            String id = object.path("apiVersion").asText() + "/" + Rendered.title(object);
            if (!seen.add(id)) {
                twice.add(id);
            }
            assertThat(nulls(object, Rendered.title(object))).isEmpty();
        }
        assertThat(twice).isEmpty();
    }

    private static List<String> nulls(JsonNode node, String path) {
        List<String> found = new ArrayList<>();
        if (node.isNull()) {
            found.add(path);
        }
        node.properties().forEach(it -> found.addAll(nulls(it.getValue(), path + "." + it.getKey())));
        if (node.isArray()) {
            node.forEach(item -> found.addAll(nulls(item, path + "[]")));
        }
        return found;
    }

    /** The checks themselves: what the API server refuses, they refuse. */
    @Test
    void wouldCatchWhatIsWrong() {
        assertThat(problemsOf("{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replica: 2}}"))
                .singleElement()
                .asString()
                .contains("replica");
        assertThat(problemsOf(
                        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: b, env:"
                                + " [{name: A, value: 5}]}]}}"))
                .isNotEmpty();
        assertThat(problemsOf("{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: \"2\"}}"))
                .isNotEmpty();
        assertThat(problemsOf("{apiVersion: apps/v9, kind: Deploy, metadata: {name: a}}"))
                .isNotEmpty();
        assertThat(RequiredFields.missing(Yaml.documents(
                                "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{name: x}]}}")
                        .get(0)))
                .hasSize(2);
    }

    private static List<String> problemsOf(String yaml) {
        return StrictModel.problems(Yaml.documents(yaml).get(0));
    }
}
