package dev.assay.localstack;

import dev.assay.contracts.Topics;
import dev.assay.localstack.kafka.KafkaBroker;
import dev.assay.localstack.kafka.TopicCreator;
import dev.assay.localstack.postgres.DatabaseRoles;
import dev.assay.localstack.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka broker and one PostgreSQL server for all tests of this JVM, on free loopback ports, with every topic,
 * schema and role of an installation. Started when first asked for, stopped with the JVM.
 *
 * <p>A test that stops one of them must start it again: the others share it. Tests keep apart by tenant.
 */
public final class TestStack {
    private static @Nullable TestStack shared;

    /** Held, since the logging framework holds loggers weakly and would forget their level. */
    private static final List<Logger> QUIET = Stream.of("kafka", "org.apache.kafka", "state.change.logger", "io.zonky")
            .map(Logger::getLogger)
            .toList();

    private final TestDirectory directory;
    private final InstallationKeys keys;
    private final KafkaBroker broker;
    private final PostgresServer postgres;

    private TestStack() throws IOException {
        QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
        TestDirectory.sweepAbandoned();
        directory = TestDirectory.create();
        keys = InstallationKeys.generate();
        Path root = directory.path();
        postgres = new PostgresServer(
                root.resolve("postgres"),
                root.resolve("postgres.log"),
                FreePorts.next(),
                keys.password(PostgresServer.ADMIN),
                PostgresServer.Profile.TEST);
        postgres.launch();
        broker = KafkaBroker.start(root.resolve("kafka"), FreePorts.next(), FreePorts.next(), KafkaBroker.Profile.TEST);
        new TopicCreator(broker.bootstrap(), Topics.LOCAL_PARTITIONS).createAll();
        postgres.awaitReady();
        new DatabaseRoles(postgres, keys::password).create();
    }

    /** The stack of this JVM, started by the first caller. */
    public static synchronized TestStack shared() {
        if (shared == null) {
            try {
                TestStack started = new TestStack();
                Runtime.getRuntime().addShutdownHook(new Thread(started::close, "test-stack-close"));
                shared = started;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    /** The configuration of a service of the {@link #shared()} stack. */
    public static Map<String, String> environment(String service) {
        return shared().environmentOf(service);
    }

    /** Kafka's address for clients. */
    public String bootstrap() {
        return broker.bootstrap();
    }

    /** The JDBC address of the database {@code assay}. */
    public String jdbcUrl() {
        return postgres.jdbcUrl(DatabaseRoles.DATABASE);
    }

    /** PostgreSQL's port on 127.0.0.1. */
    public int postgresPort() {
        return postgres.port();
    }

    /** The password of a role such as {@code cost_reader}, or of {@link PostgresServer#ADMIN}. */
    public String password(String role) {
        return keys.password(role);
    }

    /** The built-in project's API key: scopes ingest, read and admin. */
    public String apiKey() {
        return keys.apiKey();
    }

    /**
     * The configuration of a service against this stack, under the names that the services read ({@code ASSAY_…}), and
     * for {@code @QuarkusTest} free ports on loopback.
     */
    public Map<String, String> environmentOf(String service) {
        Map<String, String> environment =
                new TreeMap<>(new ServiceEnvironment(keys, bootstrap(), postgres.port()).of(service));
        environment.put("quarkus.http.test-port", "0");
        environment.put("quarkus.management.test-port", "0");
        return environment;
    }

    /** Stops the broker: its clients see it gone. */
    public void stopBroker() {
        broker.stop();
    }

    /** Starts the stopped broker again, on the same port and data. */
    public void startBroker() {
        broker.restart();
    }

    /** Stops PostgreSQL, when {@code immediate} as a crash would. */
    public void stopPostgres(boolean immediate) throws IOException {
        if (immediate) {
            postgres.stopImmediately();
        } else {
            postgres.stop();
        }
    }

    /** Starts the stopped PostgreSQL again, on the same port and data. */
    public void startPostgres() throws IOException {
        if (!postgres.isRunning()) {
            postgres.start();
        }
    }

    private void close() {
        try {
            postgres.stopImmediately();
            broker.stop();
            directory.delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
