package dev.assay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no object can tell alone: that they fit each other. */
class CrossObjectTest {
    static Stream<Rendered> everything() {
        return ObjectsTest.everything();
    }

    static Stream<Rendered> charts() {
        return Chart.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everything")
    void selectsPodsThatThereAre(Rendered rendered) {
        List<JsonNode> labels = rendered.podTemplates().values().stream()
                .map(template -> template.at("/metadata/labels"))
                .toList();
        for (JsonNode object : rendered.objects()) {
            JsonNode selector = switch (object.path("kind").asText()) {
                case "Service" -> object.at("/spec/selector");
                case "PodDisruptionBudget" -> object.at("/spec/selector/matchLabels");
                case "NetworkPolicy" -> object.at("/spec/podSelector/matchLabels");
                default -> null;
            };
            if (selector != null) {
                assertThat(selector.isEmpty()).as(Rendered.title(object)).isFalse();
                assertThat(labels)
                        .as(Rendered.title(object))
                        .anyMatch(candidate -> Rendered.selects(selector, candidate));
            }
            if (object.path("kind").asText().equals("Deployment")) {
                assertThat(Rendered.selects(
                                object.at("/spec/selector/matchLabels"), object.at("/spec/template/metadata/labels")))
                        .as(Rendered.title(object))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everything")
    void selectsOneWorkloadByEachServiceAndBudget(Rendered rendered) {
        List<JsonNode> deployments = rendered.of("Deployment");
        assertThat(deployments).hasSize(5);
        for (String kind : List.of("Service", "PodDisruptionBudget")) {
            assertThat(rendered.of(kind)).hasSize(5).allSatisfy(object -> {
                JsonNode selector = object.at(kind.equals("Service") ? "/spec/selector" : "/spec/selector/matchLabels");
                assertThat(deployments.stream()
                                .filter(it -> Rendered.selects(selector, it.at("/spec/template/metadata/labels"))))
                        .singleElement()
                        .satisfies(it -> assertThat(Rendered.nameOf(it)).isEqualTo(Rendered.nameOf(object)));
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("charts")
    void leadsServicesPortsToContainersPorts(Rendered rendered) {
        for (JsonNode service : rendered.of("Service")) {
            JsonNode container = rendered.find("Deployment", Rendered.nameOf(service))
                    .orElseThrow()
                    .at("/spec/template/spec/containers/0");
            Rendered.items(service.at("/spec/ports"))
                    .forEach(port -> assertThat(PolicyTest.portNamed(
                                    container, port.path("targetPort").asText()))
                            .isEqualTo(port.path("port").asInt()));
        }
        for (JsonNode monitor : rendered.of("ServiceMonitor")) {
            JsonNode selector = monitor.at("/spec/selector/matchLabels");
            assertThat(rendered.of("Service").stream()
                            .filter(it -> Rendered.selects(selector, it.at("/metadata/labels"))))
                    .hasSize(5)
                    .allSatisfy(service -> assertThat(Rendered.items(service.at("/spec/ports")))
                            .anyMatch(port -> port.path("name").equals(monitor.at("/spec/endpoints/0/port"))));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("charts")
    void routesToServicesThatThereAre(Rendered rendered) {
        Rendered.items(rendered.of("Ingress").stream()
                        .findFirst()
                        .map(it -> it.at("/spec/rules"))
                        .orElse(Yaml.documents("{a: []}").get(0).path("a")))
                .forEach(rule -> assertThat(rendered.find(
                                "Service",
                                rule.at("/http/paths/0/backend/service/name").asText()))
                        .isPresent());
        for (JsonNode route : rendered.of("HTTPRoute")) {
            JsonNode backend = route.at("/spec/rules/0/backendRefs/0");
            JsonNode service =
                    rendered.find("Service", backend.path("name").asText()).orElseThrow();
            assertThat(Rendered.items(service.at("/spec/ports")))
                    .anyMatch(port -> port.path("port").equals(backend.path("port")));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("charts")
    void scalesEachWorkloadByOneScalerAtMost(Rendered rendered) {
        Map<String, Integer> scalers = scalers(rendered);
        for (JsonNode deployment : rendered.of("Deployment")) {
            String name = Rendered.nameOf(deployment);
            assertThat(scalers.getOrDefault(name, 0)).as(name).isLessThanOrEqualTo(1);
            assertThat(deployment.at("/spec/replicas").isMissingNode())
                    .as(name + ": replicas are the scaler's where there is one, and set where there is none")
                    .isEqualTo(scalers.containsKey(name));
            scalers.remove(name);
        }
        assertThat(scalers).as("scalers of workloads that are not there").isEmpty();
    }

    private static Map<String, Integer> scalers(Rendered rendered) {
        Map<String, Integer> scalers = new HashMap<>();
        Stream.of("HorizontalPodAutoscaler", "ScaledObject")
                .flatMap(kind -> rendered.of(kind).stream())
                .forEach(it -> {
                    assertThat(it.at("/spec/scaleTargetRef/kind").asText()).isEqualTo("Deployment");
                    scalers.merge(it.at("/spec/scaleTargetRef/name").asText(), 1, Integer::sum);
                });
        return scalers;
    }

    @Test
    void scalesEachServiceByDefault() {
        assertThat(scalers(Chart.rendered("defaults")))
                .hasSize(5)
                .allSatisfy((name, count) -> assertThat(count).isEqualTo(1));
        assertThat(scalers(Chart.rendered("keda and monitoring"))).hasSize(5);
        assertThat(scalers(Chart.rendered("no scaler"))).isEmpty();
        assertThat(scalers(Chart.rendered("operators"))).hasSize(4);
    }

    @Test
    void hasNoMoreReplicasThanPartitionsAndConnections() {
        JsonNode values = Chart.VALUES;
        int perPod = values.at("/database/pools/writer").asInt()
                + values.at("/database/pools/reader").asInt()
                + values.at("/database/pools/jdbc").asInt();
        int connections = 0;
        for (String service : List.of("ingest", "quality", "cost", "alert")) {
            int most = values.at("/" + service + "/autoscaling/maxReplicas").asInt();
            assertThat(most).isLessThanOrEqualTo(values.at("/kafka/partitions").asInt());
            connections += (most + 1) * perPod;
        }
        assertThat(connections)
                .isLessThanOrEqualTo(values.at("/database/connectionLimit").asInt());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everything")
    void mountsVolumesThatThereAre(Rendered rendered) {
        rendered.podTemplates().forEach((object, template) -> {
            List<String> volumes = Rendered.items(template.at("/spec/volumes"))
                    .map(it -> it.path("name").asText())
                    .toList();
            for (JsonNode container : Rendered.containers(template)) {
                Rendered.items(container.path("volumeMounts"))
                        .forEach(it ->
                                assertThat(volumes).contains(it.path("name").asText()));
            }
        });
    }

    /** Each Secret and key that is asked for is named in the documentation, or may be absent. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("everything")
    void asksForSecretsThatTheDocumentationNames(Rendered rendered) {
        String documentation = Yaml.text(Yaml.ROOT.resolve("docs/kubernetes.md"));
        Map<String, String> asked = new TreeMap<>();
        rendered.podTemplates()
                .values()
                .forEach(template -> Rendered.containers(template)
                        .forEach(container -> Rendered.items(container.path("env"))
                                .map(it -> it.at("/valueFrom/secretKeyRef"))
                                .filter(it -> !it.isMissingNode())
                                .forEach(it -> asked.put(
                                        it.path("name").asText(), it.path("key").asText()))));
        assertThat(asked).isNotEmpty().allSatisfy((secret, key) -> {
            assertThat(documentation)
                    .contains("`"
                            + secret.replaceAll("-(ingest|quality|cost|alert)-(owner|writer|reader)$", "-SERVICE-KIND")
                            + "`");
            assertThat(documentation).contains("`" + key + "`");
        });
        rendered.of("Cluster")
                .forEach(cluster -> assertThat(Rendered.items(cluster.at("/spec/managed/roles")))
                        .hasSize(12)
                        .allSatisfy(role -> assertThat(asked)
                                .containsKey(role.at("/passwordSecret/name").asText())));
    }

    /** The arrows of the architecture, and no others: who may open a connection to whom, between our own pods. */
    @Test
    void opensOnlyTheArrowsOfTheArchitecture() {
        Rendered rendered = Chart.rendered("operators");
        for (JsonNode policy : rendered.of("NetworkPolicy")) {
            String target = policy.at("/spec/podSelector/matchLabels/app.kubernetes.io~1name")
                    .asText();
            for (JsonNode rule : policy.at("/spec/egress")) {
                assertThat(rule.has("ports") || Rendered.nameOf(policy).endsWith("helm-test"))
                        .as(Rendered.nameOf(policy))
                        .isTrue();
                for (JsonNode peer : rule.path("to")) {
                    String other = peer.at("/podSelector/matchLabels/app.kubernetes.io~1name")
                            .asText();
                    if (!other.isEmpty()) {
                        assertThat(target)
                                .as("services meet on Kafka; only the page asks them")
                                .isEqualTo("dashboard");
                    }
                }
            }
        }
        JsonNode alert = rendered.find("NetworkPolicy", "assay-alert-service").orElseThrow();
        assertThat(alert.toString()).contains("strimzi.io/cluster", "cnpg.io/cluster", "169.254.0.0/16");
        JsonNode dashboard = rendered.find("NetworkPolicy", "assay-dashboard").orElseThrow();
        assertThat(dashboard.toString()).doesNotContain("strimzi.io/cluster").doesNotContain("cnpg.io/cluster");
        JsonNode nothing =
                rendered.find("NetworkPolicy", "assay-nothing").orElseThrow().path("spec");
        assertThat(nothing.has("ingress") || nothing.has("egress")).isFalse();
    }
}
