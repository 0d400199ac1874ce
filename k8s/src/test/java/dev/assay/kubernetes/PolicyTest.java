package dev.assay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What runs, runs restricted: as the Pod Security Standard's strictest level has it, bounded, pinned and probed. */
class PolicyTest {
    static Stream<Rendered> everything() {
        return ObjectsTest.everything();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everything")
    void meetsTheRestrictedPodSecurityStandard(Rendered rendered) {
        rendered.podTemplates().forEach((object, template) -> {
            JsonNode pod = template.path("spec");
            String title = Rendered.title(object);
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                    .as(title)
                    .isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).as(title).isPositive();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                    .as(title)
                    .isEqualTo("RuntimeDefault");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                    .as(title)
                    .isFalse();
            for (String host : new String[] {"hostNetwork", "hostPID", "hostIPC"}) {
                assertThat(pod.has(host)).as(title + " " + host).isFalse();
            }
            Rendered.items(pod.path("volumes"))
                    .forEach(volume ->
                            assertThat(volume.has("hostPath")).as(title).isFalse());
            for (JsonNode container : Rendered.containers(template)) {
                JsonNode security = container.path("securityContext");
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                        .as(title)
                        .isFalse();
                assertThat(security.path("readOnlyRootFilesystem").asBoolean())
                        .as(title)
                        .isTrue();
                assertThat(security.at("/capabilities/drop/0").asText())
                        .as(title)
                        .isEqualTo("ALL");
                assertThat(security.at("/capabilities/add").isMissingNode())
                        .as(title)
                        .isTrue();
                assertThat(security.path("privileged").asBoolean()).as(title).isFalse();
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everything")
    void pinsImagesAndBoundsMemory(Rendered rendered) {
        rendered.podTemplates().forEach((object, template) -> {
            for (JsonNode container : Rendered.containers(template)) {
                String title =
                        Rendered.title(object) + " " + container.path("name").asText();
                String image = container.path("image").asText();
                assertThat(image).as(title).matches("[a-z0-9./-]+(:[A-Za-z0-9._-]+|@sha256:[0-9a-f]{64})");
                assertThat(image).as(title).doesNotEndWith(":latest");
                JsonNode resources = container.path("resources");
                assertThat(resources.at("/requests/cpu").isMissingNode())
                        .as(title)
                        .isFalse();
                assertThat(resources.at("/limits/memory").isMissingNode())
                        .as(title)
                        .isFalse();
                if (object.path("kind").asText().equals("Deployment")) {
                    assertThat(resources.at("/requests/memory")).as(title).isEqualTo(resources.at("/limits/memory"));
                }
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everything")
    void probesEachServiceOnItsManagementPort(Rendered rendered) {
        for (JsonNode deployment : rendered.of("Deployment")) {
            JsonNode template = deployment.at("/spec/template");
            for (JsonNode container : Rendered.containers(template)) {
                String title = Rendered.title(deployment);
                assertThat(container.at("/startupProbe/httpGet/path").asText())
                        .as(title)
                        .isEqualTo("/q/health/started");
                assertThat(container.at("/livenessProbe/httpGet/path").asText())
                        .as(title)
                        .isEqualTo("/q/health/live");
                assertThat(container.at("/readinessProbe/httpGet/path").asText())
                        .as(title)
                        .isEqualTo("/q/health/ready");
                int management = portNamed(container, "management");
                for (String probe : new String[] {"startupProbe", "livenessProbe", "readinessProbe"}) {
                    JsonNode port = container.path(probe).at("/httpGet/port");
                    assertThat(port.isInt() ? port.asInt() : portNamed(container, port.asText()))
                            .as(title + " " + probe)
                            .isEqualTo(management);
                }
                int grace = template.at("/spec/terminationGracePeriodSeconds").asInt();
                int wait = container.at("/lifecycle/preStop/sleep/seconds").asInt();
                assertThat(grace).as(title).isGreaterThan(wait + Settings.SHUTDOWN_SECONDS);
            }
        }
    }

    static int portNamed(JsonNode container, String name) {
        return Rendered.items(container.path("ports"))
                .filter(port -> port.path("name").asText().equals(name))
                .mapToInt(port -> port.path("containerPort").asInt())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no port " + name + " in " + container.path("name")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everything")
    void hasNoSecretInTheOpen(Rendered rendered) {
        assertThat(rendered.of("Secret")).isEmpty();
        rendered.podTemplates().forEach((object, template) -> {
            for (JsonNode container : Rendered.containers(template)) {
                Rendered.items(container.path("env"))
                        .filter(it -> it.path("name").asText().matches(".*(PASSWORD|PEPPER|_KEY|SECRET|TOKEN)"))
                        .forEach(it -> assertThat(
                                        it.at("/valueFrom/secretKeyRef/key").isTextual())
                                .as(Rendered.title(object) + " " + it.path("name"))
                                .isTrue());
            }
        });
    }

    @Test
    void keepsPodsWhileTheyRoll() {
        for (JsonNode deployment : Chart.rendered("defaults").of("Deployment")) {
            assertThat(deployment
                            .at("/spec/strategy/rollingUpdate/maxUnavailable")
                            .asInt(-1))
                    .isZero();
        }
    }
}
