package dev.assay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.contracts.Topics;
import dev.assay.localstack.LocalInstallation;
import dev.assay.localstack.Service;
import dev.assay.localstack.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Running services, one of each: they have the metrics and the probes that the chart counts on. */
class LiveMetricsIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration START = Duration.ofMinutes(4);
    /** Held, since the logging framework holds loggers weakly and would forget their level. */
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    private static LocalInstallation installation;
    private static final Map<Service, ServiceProcess> services = new EnumMap<>(Service.class);

    @BeforeAll
    static void start() throws IOException {
        KAFKA.setLevel(Level.SEVERE);
        Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "stack");
        installation = LocalInstallation.forTest(Yaml.ROOT, home);
        Runtime.getRuntime().addShutdownHook(new Thread(LiveMetricsIT::closeQuietly));
        installation.startInfrastructure();
        for (Service service : Service.values()) {
            ServiceProcess process = installation.service(service);
            process.start();
            process.awaitReady(START);
            services.put(service, process);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        installation.close();
    }

    private static void closeQuietly() {
        try {
            installation.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void haveEveryMetricThatIsAskedFor() {
        ServiceProcess ingest = services.get(Service.INGEST);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                send(ingest.url() + "/v1/calls", call()).statusCode())
                        .isEqualTo(202));
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            Set<String> missing = new TreeSet<>(Metrics.asked());
            missing.removeAll(live());
            missing.removeAll(Metrics.counters());
            assertThat(missing).isEmpty();
        });
        // what happens on every call must be there, not only in the code
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(live())
                        .contains(
                                "assay_sink_records_total",
                                "assay_ingest_events_total",
                                "assay_alert_evaluations_total"));
    }

    /** The pattern that triggers use finds each partition's lag once. */
    @Test
    void haveEachLagOnce() {
        Pattern once = Pattern.compile(
                "(?m)^kafka_consumer_fetch_manager_records_lag\\{[^}]*topic=\"llm[.]calls[.]v1\"[^}]*} ");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                once.matcher(get(services.get(Service.COST).managementUrl() + "/q/metrics")
                                                .body())
                                        .results())
                        .hasSize(Topics.LOCAL_PARTITIONS));
    }

    @Test
    void answerProbesOnTheManagementPortOnly() {
        services.forEach((service, process) -> {
            for (String probe : new String[] {"started", "live", "ready"}) {
                assertThat(get(process.managementUrl() + "/q/health/" + probe).statusCode())
                        .as(service + " " + probe)
                        .isEqualTo(200);
                assertThat(get(process.url() + "/q/health/" + probe).statusCode())
                        .as(service + " " + probe)
                        .isEqualTo(404);
            }
        });
    }

    /** What the chart's own test asks of a running release. */
    @Test
    void refuseCallsWithoutKey() {
        assertThat(exchange(HttpRequest.newBuilder(
                                        URI.create(services.get(Service.INGEST).url() + "/v1/calls"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build())
                        .statusCode())
                .isEqualTo(401);
    }

    private static Set<String> live() {
        Set<String> names = new TreeSet<>();
        services.values()
                .forEach(process -> get(process.managementUrl() + "/q/metrics")
                        .body()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .forEach(line -> names.add(line.split("[{ ]", 2)[0])));
        return names;
    }

    private static String call() {
        return "{\"start_time\":\"" + Instant.now() + "\",\"duration_ms\":840,\"provider\":\"openai\","
                + "\"response_model\":\"gpt-4o-mini\",\"app\":\"chart\",\"input_tokens\":12,\"output_tokens\":3}";
    }

    private static HttpResponse<String> get(String url) {
        return exchange(HttpRequest.newBuilder(URI.create(url)).build());
    }

    private static HttpResponse<String> send(String url, String body) {
        return exchange(HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + installation.keys().apiKey())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
