package dev.assay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.localstack.FreePorts;
import dev.assay.localstack.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart's database script and migration Jobs, run: on a bare PostgreSQL, with no Kafka anywhere. */
class MigrationIT {
    private static final String PASSWORD = "a password for tests";
    private static final List<String> SERVICES = List.of("ingest", "quality", "cost", "alert");

    @TempDir
    static Path directory;

    private static PostgresServer server;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = new PostgresServer(
                directory.resolve("data"),
                directory.resolve("postgres.log"),
                FreePorts.next(),
                PASSWORD,
                PostgresServer.Profile.TEST);
        server.start();
        run("postgres", "create database assay");
        String script = Yaml.text(Chart.DIRECTORY.resolve("files/database.sql"));
        run("assay", script);
        run("assay", script); // doing it again changes nothing
        for (String service : SERVICES) {
            for (String kind : List.of("owner", "writer", "reader")) {
                run("assay", "alter role " + service + "_" + kind + " login password '" + PASSWORD + "'");
            }
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.stopImmediately();
    }

    @Test
    void migratesEachSchemaAndMayBeRepeated() throws Exception {
        List<JsonNode> jobs = Chart.rendered("defaults").of("Job");
        assertThat(jobs).hasSize(4);
        for (JsonNode job : jobs) {
            String service = SERVICES.stream()
                    .filter(it -> Rendered.nameOf(job).equals("assay-" + it + "-migration"))
                    .findFirst()
                    .orElseThrow();
            migrate(job, service);
            long migrations = count("select count(*) from " + service + ".flyway_schema_history where success");
            assertThat(migrations).as(service).isPositive();
            assertThat(count("select count(*) from information_schema.tables where table_schema = '" + service + "'"))
                    .as(service)
                    .isGreaterThan(2);
            // an older program on a schema that a newer one has migrated, as after a rollback
            run(
                    "assay",
                    "insert into " + service
                            + ".flyway_schema_history select max(installed_rank) + 1, '9999', 'from the future',"
                            + " 'SQL', 'V9999__from_the_future.sql', 1, 'x', now(), 1, true from "
                            + service + ".flyway_schema_history");
            migrate(job, service);
            assertThat(count("select count(*) from " + service + ".flyway_schema_history where success"))
                    .as("repeating it adds nothing")
                    .isEqualTo(migrations + 1);
        }
    }

    private static void migrate(JsonNode job, String service) throws IOException, InterruptedException {
        Path log = directory.resolve(service + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        Yaml.ROOT
                                .resolve(service + "-service/target/quarkus-app/quarkus-run.jar")
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(it -> it.startsWith("ASSAY_") || it.startsWith("QUARKUS_"));
        builder.environment().putAll(environment(job, service));
        Process process = builder.start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended)
                .as(service + " ends by itself:\n" + Files.readString(log))
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }

    /** The Job's own variables; this server in place of the chart's, and free ports where a pod has its own. */
    private static Map<String, String> environment(JsonNode job, String service) {
        Map<String, String> environment = new TreeMap<>();
        for (JsonNode variable : job.at("/spec/template/spec/containers/0/env")) {
            String secret = variable.at("/valueFrom/secretKeyRef/name").asText();
            String value = variable.path("value").asText();
            if (secret.startsWith("assay-db-")) {
                boolean user =
                        variable.at("/valueFrom/secretKeyRef/key").asText().equals("username");
                value = user ? secret.substring("assay-db-".length()).replace('-', '_') : PASSWORD;
            } else if (!secret.isEmpty()) {
                value = "a pepper of more than sixteen characters";
            }
            environment.put(variable.path("name").asText(), value);
        }
        assertThat(environment).containsEntry("ASSAY_DB_OWNER_USER", service + "_owner");
        environment.put("ASSAY_DB_HOST", "127.0.0.1");
        environment.put("ASSAY_DB_PORT", String.valueOf(server.port()));
        environment.put("ASSAY_HTTP_PORT", "0");
        environment.put("ASSAY_MANAGEMENT_PORT", "0");
        return environment;
    }

    private static void run(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(String sql) throws SQLException {
        try (Connection connection = connect("assay");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(database), PostgresServer.ADMIN, server.adminPassword());
    }
}
