package dev.assay.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.localstack.FreePorts;
import dev.assay.localstack.LocalInstallation;
import dev.assay.localstack.Port;
import dev.assay.localstack.Service;
import dev.assay.localstack.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Against a broker that lets clients in only by TLS and with a password, as managed ones do, services are told how by Kafka's own
 * settings as environment variables.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredKafkaIT {
    private static final Duration STARTS = Duration.ofMinutes(4);
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"assay\" password=\"%s\";";

    private LocalInstallation installation;
    private int securedPort;
    private String certificate;

    @BeforeAll
    void start() throws Exception {
        Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "secured");
        installation = LocalInstallation.forTest(Path.of("..").toAbsolutePath().normalize(), home);
        securedPort = FreePorts.next();
        Path keystore = home.resolve("broker.p12");
        keytool("-genkeypair", keystore, "-keyalg", "RSA", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1");
        Path exported = home.resolve("broker.pem");
        keytool("-exportcert", keystore, "-rfc", "-file", exported.toString());
        certificate = Files.readString(exported);
        Files.writeString(installation.home().brokerSettings(), brokerSettings(keystore));
        installation.startInfrastructure();
    }

    @AfterAll
    void stop() throws IOException {
        installation.close();
    }

    @Test
    void aCallComesThrough() throws IOException {
        ServiceProcess ingest = started(Service.INGEST, "right");
        ServiceProcess cost = started(Service.COST, "right");
        Api.Answer sent = new Api(ingest.url(), installation.keys().apiKey())
                .post(
                        "/v1/calls",
                        "{\"start_time\":\"" + Instant.now() + "\",\"duration_ms\":5,\"provider\":\"openai\","
                                + "\"response_model\":\"gpt-4o-mini\",\"input_tokens\":1200,\"output_tokens\":180}");
        assertThat(sent.status()).as(sent.body()).isEqualTo(202);
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode kpis = new Api(cost.url(), installation.keys().apiKey())
                    .get("/v1/kpis/cost?from=now-1h&to=now%2B1m")
                    .json();
            assertThat(kpis.at("/groups/0/kpis/list_cost/value").asText()).isEqualTo("0.000288");
        });
    }

    @Test
    void aWrongPasswordIsNotReady() throws IOException {
        ServiceProcess quality = installation.service(Service.QUALITY, variables("wrong"));
        quality.start();
        await().atMost(STARTS).ignoreExceptions().untilAsserted(() -> {
            Api.Answer health = new Api(quality.managementUrl(), "").get("/q/health/ready");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.body()).contains("no answer from 127.0.0.1:" + securedPort);
        });
    }

    private ServiceProcess started(Service service, String password) throws IOException {
        ServiceProcess process = installation.service(service, variables(password));
        process.start();
        process.awaitReady(STARTS);
        return process;
    }

    private Map<String, String> variables(String password) {
        Map<String, String> variables = new HashMap<>();
        variables.put("ASSAY_KAFKA_BOOTSTRAP", "127.0.0.1:" + securedPort);
        variables.put("KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
        variables.put("KAFKA_SASL_MECHANISM", "PLAIN");
        variables.put("KAFKA_SASL_JAAS_CONFIG", String.format(LOGIN, password));
        variables.put("KAFKA_SSL_TRUSTSTORE_TYPE", "PEM");
        variables.put("KAFKA_SSL_TRUSTSTORE_CERTIFICATES", certificate);
        return variables;
    }

    private String brokerSettings(Path keystore) {
        String plain = "127.0.0.1:" + installation.ports().get(Port.KAFKA);
        String controller = "127.0.0.1:" + installation.ports().get(Port.KAFKA_CONTROLLER);
        String secured = "127.0.0.1:" + securedPort;
        return """
                listeners=PLAINTEXT://%1$s,CONTROLLER://%2$s,CLIENTS://%3$s
                advertised.listeners=PLAINTEXT://%1$s,CLIENTS://%3$s
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,CLIENTS:SASL_SSL
                listener.name.clients.ssl.keystore.type=PKCS12
                listener.name.clients.ssl.keystore.location=%4$s
                listener.name.clients.ssl.keystore.password=changeit
                listener.name.clients.sasl.enabled.mechanisms=PLAIN
                listener.name.clients.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_assay="right";
                """.formatted(plain, controller, secured, keystore);
    }

    private static void keytool(String command, Path keystore, String... further)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                command,
                "-alias",
                "broker",
                "-storetype",
                "PKCS12",
                "-keystore",
                keystore.toString(),
                "-storepass",
                "changeit"));
        words.addAll(List.of(further));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
