package dev.assay.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart, and the values that it is checked with. */
final class Chart {
    static final Path DIRECTORY = Yaml.ROOT.resolve("k8s/helm/assay");
    static final JsonNode VALUES = Yaml.read(DIRECTORY.resolve("values.yaml"));

    /** The services in the chart's words, and their modules. */
    static final Map<String, String> MODULES = Map.of(
            "ingest", "ingest-service",
            "quality", "quality-service",
            "cost", "cost-service",
            "alert", "alert-service",
            "dashboard", "dashboard");

    private static final List<String> KEDA =
            List.of("autoscaling.mode=keda", "autoscaling.prometheusAddress=http://prometheus.monitoring:9090");
    private static final List<String> MONITORING = List.of(
            "monitoring.serviceMonitor.enabled=true",
            "monitoring.rules.enabled=true",
            "monitoring.dashboards.enabled=true");

    private static final Map<String, List<String>> MATRIX = matrix();
    private static List<Rendered> rendered;

    private Chart() {}

    private static Map<String, List<String>> matrix() {
        Map<String, List<String>> cases = new LinkedHashMap<>();
        cases.put("defaults", List.of());
        cases.put("no scaler", List.of("autoscaling.mode=none", "networkPolicy.enabled=false"));
        cases.put("keda and monitoring", joined(KEDA, MONITORING));
        cases.put(
                "operators",
                joined(
                        KEDA,
                        List.of(
                                "kafka.mode=strimzi",
                                "database.mode=cloudnativepg",
                                "alert.autoscaling.enabled=false")));
        cases.put("an existing Strimzi cluster", List.of("kafka.mode=strimzi", "kafka.strimzi.cluster=shared"));
        cases.put(
                "ingress",
                List.of(
                        "ingress.enabled=true",
                        "ingress.className=nginx",
                        "ingress.dashboardHost=assay.example.com",
                        "ingress.tls[0].secretName=tls",
                        "ingress.tls[0].hosts[0]=assay.example.com"));
        cases.put(
                "gateway",
                List.of(
                        "gateway.enabled=true",
                        "gateway.dashboardHosts[0]=assay.example.com",
                        "gateway.costHosts[0]=cost.example.com"));
        cases.put(
                "migrations by Job alone",
                List.of(
                        "database.migrateAtStart=false",
                        "database.caSecret=postgres-ca",
                        "bootstrap.createKey=false",
                        "fullnameOverride=kpi",
                        "publicUrls.cost=https://cost.example.com",
                        "kafka.security.protocol=SASL_SSL",
                        "kafka.security.saslMechanism=SCRAM-SHA-512",
                        "kafka.security.existingSecret=kafka-client",
                        "kafka.security.ownAuthority=true",
                        "kafka.security.clientCertificate=true",
                        "publicUrls.quality=https://quality.example.com",
                        "publicUrls.ingest=https://ingest.example.com",
                        "publicUrls.dashboard=https://assay.example.com",
                        "alert.webhookAllowedHosts={hooks.internal,chat.internal}",
                        "quality.judgeAllowedHosts={models.internal}",
                        "alert.pagerDutyUrl=https://pager.example.com",
                        "publicUrls.alert=https://alert.example.com",
                        "alert.heartbeat.url=https://switch.example.com/beat",
                        "alert.heartbeat.existingSecret=heartbeat",
                        "alert.ruleFiles.team\\.yaml=project: default",
                        "dashboard.projects={demo,shop}",
                        "cost.env[0].name=ASSAY_TRACING_DISABLED",
                        "cost.env[0].value=off",
                        "ingest.digest=sha256:" + "0".repeat(64)));
        return cases;
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** The chart with each set of values; rendered once. */
    static synchronized List<Rendered> all() {
        if (rendered == null) {
            rendered = MATRIX.entrySet().stream()
                    .map(it -> Rendered.chart(it.getKey(), it.getValue()))
                    .toList();
        }
        return rendered;
    }

    static Rendered rendered(String name) {
        return all().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
    }
}
