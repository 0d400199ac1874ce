package dev.assay.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.localstack.FreePorts;
import dev.assay.localstack.LocalInstallation;
import dev.assay.localstack.Port;
import dev.assay.localstack.Service;
import dev.assay.localstack.ServiceProcess;
import dev.assay.localstack.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Against a broker that lets clients in only by TLS and with a password, as managed ones do, and a database that is spoken to by TLS,
 * services are told how by environment variables.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredConnectionsIT {
    private static final Duration STARTS = Duration.ofMinutes(4);
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String PASSWORD = "changeit";
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"assay\" password=\"%s\";";

    private LocalInstallation installation;
    private int securedPort;
    private Path certificate;

    @BeforeAll
    void start() throws Exception {
        Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "secured");
        installation = LocalInstallation.forTest(Path.of("..").toAbsolutePath().normalize(), home);
        securedPort = FreePorts.next();
        Path keystore = home.resolve("server.p12");
        keytool("-genkeypair", keystore, "-keyalg", "RSA", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1");
        certificate = home.resolve("server.pem");
        keytool("-exportcert", keystore, "-rfc", "-file", certificate.toString());
        Files.writeString(installation.home().brokerSettings(), brokerSettings(keystore));
        installation.startInfrastructure();
        encryptDatabase(keystore);
    }

    @AfterAll
    void stop() throws IOException {
        installation.close();
    }

    @Test
    void aCallComesThrough() throws Exception {
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
        // owners' connections, those of the migrations, are closed by now
        assertThat(connections("ssl")).contains("ingest_writer", "ingest_reader", "cost_writer", "cost_reader");
        assertThat(connections("not ssl")).isEmpty();
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

    /** The services' roles with connections of this kind. */
    private Set<String> connections(String kind) throws SQLException {
        Set<String> roles = new HashSet<>();
        try (Connection admin = admin();
                ResultSet rows = admin.createStatement()
                        .executeQuery("select usename from pg_stat_ssl join pg_stat_activity using (pid)"
                                + " where usename ~ '_(owner|writer|reader)$' and " + kind)) {
            while (rows.next()) {
                roles.add(rows.getString(1));
            }
        }
        return roles;
    }

    private void encryptDatabase(Path keystore) throws Exception {
        KeyStore store = KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
        byte[] key = store.getKey("server", PASSWORD.toCharArray()).getEncoded();
        Path data = installation.home().postgres();
        Path keyFile = ownedLike(
                data,
                data.resolve("server.key"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
        Path certificateFile = ownedLike(data, data.resolve("server.crt"), Files.readString(certificate));
        try (Connection admin = admin();
                Statement statement = admin.createStatement()) {
            statement.execute("alter system set ssl_key_file = '" + keyFile + "'");
            statement.execute("alter system set ssl_cert_file = '" + certificateFile + "'");
            statement.execute("alter system set ssl = on");
            statement.execute("select pg_reload_conf()");
        }
    }

    /** PostgreSQL takes only a key that is its own and nobody else's. */
    private static Path ownedLike(Path owned, Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setOwner(file, Files.getOwner(owned));
        return file;
    }

    private Connection admin() throws SQLException {
        return DriverManager.getConnection(
                installation.jdbcUrl(),
                PostgresServer.ADMIN,
                installation.keys().password(PostgresServer.ADMIN));
    }

    private Map<String, String> variables(String password) throws IOException {
        Map<String, String> variables = new HashMap<>();
        variables.put("ASSAY_KAFKA_BOOTSTRAP", "127.0.0.1:" + securedPort);
        variables.put("KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
        variables.put("KAFKA_SASL_MECHANISM", "PLAIN");
        variables.put("KAFKA_SASL_JAAS_CONFIG", String.format(LOGIN, password));
        variables.put("KAFKA_SSL_TRUSTSTORE_TYPE", "PEM");
        variables.put("KAFKA_SSL_TRUSTSTORE_CERTIFICATES", Files.readString(certificate));
        variables.put("ASSAY_DB_SSL_MODE", "verify-full");
        variables.put("ASSAY_DB_CA", certificate.toString());
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
                "server",
                "-storetype",
                "PKCS12",
                "-keystore",
                keystore.toString(),
                "-storepass",
                PASSWORD));
        words.addAll(List.of(further));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
