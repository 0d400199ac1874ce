package dev.assay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workloads are told what their services read, and nothing else. */
class EnvironmentTest {
    /** Quarkus' own settings that the chart sets; the dashboard has no database. */
    private static final Set<String> QUARKUS = Set.of(
            "QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE",
            "QUARKUS_DATASOURCE_READER_REACTIVE_MAX_SIZE",
            "QUARKUS_DATASOURCE_JDBC_MAX_SIZE",
            "QUARKUS_FLYWAY_MIGRATE_AT_START");

    /** Kafka's own settings that the chart sets; Quarkus and the platform's KafkaSettings take all of them. */
    private static final Set<String> KAFKA = Set.of(
            "KAFKA_SECURITY_PROTOCOL",
            "KAFKA_SASL_MECHANISM",
            "KAFKA_SASL_JAAS_CONFIG",
            "KAFKA_SSL_TRUSTSTORE_TYPE",
            "KAFKA_SSL_TRUSTSTORE_CERTIFICATES",
            "KAFKA_SSL_KEYSTORE_TYPE",
            "KAFKA_SSL_KEYSTORE_CERTIFICATE_CHAIN",
            "KAFKA_SSL_KEYSTORE_KEY");

    static Stream<Rendered> everything() {
        return ObjectsTest.everything();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everything")
    void setsOnlyWhatTheServiceReads(Rendered rendered) {
        for (JsonNode deployment : rendered.of("Deployment")) {
            String module = moduleOf(deployment);
            Set<String> known = new TreeSet<>(Settings.variables(module).keySet());
            known.add("KUBERNETES_NAMESPACE"); // quarkus-kubernetes adds it everywhere
            Set<String> set = variables(deployment);
            set.removeAll(known);
            set.removeAll(QUARKUS);
            set.removeAll(KAFKA);
            assertThat(set).as(Rendered.title(deployment)).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everything")
    void setsWhatTheServiceCannotStartWithout(Rendered rendered) {
        for (JsonNode deployment : rendered.of("Deployment")) {
            Set<String> demanded = Settings.variables(moduleOf(deployment)).entrySet().stream()
                    .filter(Map.Entry::getValue)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (moduleOf(deployment).equals("dashboard")) {
                demanded.add("ASSAY_INTERNAL_PRIVATE_KEY");
            }
            assertThat(variables(deployment)).as(Rendered.title(deployment)).containsAll(demanded);
        }
    }

    /** Quarkus reads {@code QUARKUS_…} only for keys that it knows: ours must stand in the services' own files. */
    @Test
    void setsQuarkusKeysThatTheServicesHave() {
        for (String module : Set.of("ingest-service", "quality-service", "cost-service", "alert-service")) {
            Set<String> names = Settings.of(module).stringPropertyNames().stream()
                    .map(Settings::environmentName)
                    .collect(Collectors.toSet());
            assertThat(names).as(module).containsAll(QUARKUS);
        }
    }

    @Test
    void agreesWithTheServicesOnPorts() {
        for (String module : Chart.MODULES.values()) {
            Properties settings = Settings.of(module);
            String http = settings.getProperty("assay.http.port", "8080");
            String management = settings.getProperty("assay.management.port", "9080");
            JsonNode container = Chart.rendered("defaults")
                    .find("Deployment", "assay-" + module)
                    .orElseThrow()
                    .at("/spec/template/spec/containers/0");
            assertThat(PolicyTest.portNamed(container, "http")).asString().isEqualTo(http);
            assertThat(PolicyTest.portNamed(container, "management")).asString().isEqualTo(management);
        }
    }

    @Test
    void knowsHowLongAServiceTakesToStop() {
        for (String module : Chart.MODULES.values()) {
            assertThat(Settings.of(module).getProperty("quarkus.shutdown.timeout"))
                    .isEqualTo(Settings.SHUTDOWN_SECONDS + "s");
        }
    }

    /** The pools that the chart counts connections by are those that the services have when nobody sets them. */
    @Test
    void countsThePoolsThatThereAre() {
        Properties settings = Settings.of("cost-service");
        JsonNode pools = Chart.VALUES.at("/database/pools");
        assertThat(pools.path("writer").asText())
                .isEqualTo(settings.getProperty("quarkus.datasource.reactive.max-size"));
        assertThat(pools.path("reader").asText())
                .isEqualTo(settings.getProperty("quarkus.datasource.reader.reactive.max-size"));
        assertThat(pools.path("jdbc").asText()).isEqualTo(settings.getProperty("quarkus.datasource.jdbc.max-size"));
    }

    @Test
    void givesEachServiceItsOwnRolesOnly() {
        for (Rendered rendered : Chart.all()) {
            for (JsonNode deployment : rendered.of("Deployment")) {
                String service = moduleOf(deployment).replace("-service", "");
                Rendered.items(deployment.at("/spec/template/spec/containers/0/env"))
                        .map(it -> it.at("/valueFrom/secretKeyRef/name").asText())
                        .filter(name -> name.startsWith("assay-db-"))
                        .forEach(name -> assertThat(name).startsWith("assay-db-" + service + "-"));
            }
        }
    }

    @Test
    void keepsTheOwnersPasswordFromServicesThatDoNotMigrate() {
        Rendered rendered = Chart.rendered("migrations by Job alone");
        assertThat(rendered.of("Deployment"))
                .allSatisfy(deployment -> assertThat(variables(deployment)).doesNotContain("ASSAY_DB_OWNER_PASSWORD"));
        assertThat(rendered.of("Job")).hasSize(4).allSatisfy(job -> {
            assertThat(variables(job)).contains("ASSAY_DB_OWNER_PASSWORD", "QUARKUS_INIT_AND_EXIT");
            assertThat(job.at("/metadata/annotations/helm.sh~1hook").asText()).isEqualTo("pre-install,pre-upgrade");
        });
    }

    static String moduleOf(JsonNode workload) {
        String name = Rendered.nameOf(workload);
        return Chart.MODULES.values().stream()
                .filter(name::endsWith)
                .findFirst()
                .orElseThrow();
    }

    static Set<String> variables(JsonNode workload) {
        return Rendered.items(workload.at("/spec/template/spec/containers/0/env"))
                .map(it -> it.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
