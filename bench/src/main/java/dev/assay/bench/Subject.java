package dev.assay.bench;

import dev.assay.contracts.Topics;
import dev.assay.localstack.LocalInstallation;
import dev.assay.localstack.Service;
import dev.assay.localstack.ServiceProcess;
import dev.assay.localstack.postgres.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What is measured: ingest-service as a process of its own, on the benchmark's broker and database. */
final class Subject {
    private final LocalInstallation installation;
    private final ServiceProcess whole;
    private final ServiceProcess entranceOnly;
    private final ServiceProcess bounded;
    private ServiceProcess ingest;

    Subject(LocalInstallation installation) {
        this.installation = installation;
        this.whole = installation.service(Service.INGEST);
        this.entranceOnly = installation.service(
                Service.INGEST,
                Map.of(
                        "MP_MESSAGING_INCOMING_EVENTS_ENABLED", "false",
                        "MP_MESSAGING_INCOMING_REJECTIONS_ENABLED", "false"));
        this.bounded = installation.service(
                Service.INGEST,
                Map.of(
                        "MP_MESSAGING_INCOMING_EVENTS_ENABLED", "false",
                        "MP_MESSAGING_INCOMING_REJECTIONS_ENABLED", "false",
                        "ASSAY_INGEST_MAX_BYTES_IN_FLIGHT", "4194304"));
        this.ingest = whole;
    }

    /** Starts the service as it is deployed. */
    void startIngest() throws IOException {
        start(whole);
    }

    /** Starts the service without its consumers: what comes in stays in Kafka. */
    void startEntranceOnly() throws IOException {
        start(entranceOnly);
    }

    /** Starts the entrance alone, with room for 4 MiB of requests at a time: beyond them it must say so. */
    void startBounded() throws IOException {
        start(bounded);
    }

    /** Starts the service with another limit of series a project. */
    void startWithRoomForSeries(int series) throws IOException {
        start(installation.service(Service.INGEST, Map.of("ASSAY_LEDGER_SERIES_LIMIT", String.valueOf(series))));
    }

    long ingestPid() {
        return ingest.pid();
    }

    private void start(ServiceProcess wanted) throws IOException {
        if (ingest != wanted) {
            ingest.stop();
            ingest = wanted;
        }
        if (!ingest.isAlive()) {
            ingest.start();
            ingest.awaitReady(Duration.ofMinutes(2));
        }
    }

    String url() {
        return ingest.url();
    }

    String bootstrap() {
        return installation.bootstrap();
    }

    /** Stops the process in its tracks; Kafka takes its partitions away after the session timeout. */
    void freezeIngest() throws IOException {
        ingest.pause();
    }

    void thawIngest() throws IOException {
        ingest.resume();
    }

    /** The processes that do the work: the service, if it runs, the broker and the database server. */
    List<Long> measured() {
        Stream<Long> service = ingest.isAlive() ? Stream.of(ingest.pid()) : Stream.empty();
        return Stream.concat(
                        Stream.concat(service, Stream.of(installation.kafka().pid())),
                        ProcessHandle.of(installation.postgres().pid()).stream()
                                .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                                .map(ProcessHandle::pid))
                .toList();
    }

    /** The processor time that service and broker have had. */
    Duration cpu() {
        return Stream.of(ingest.pid(), installation.kafka().pid())
                .map(pid -> cpu(ProcessHandle.of(pid).orElseThrow()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    void createTopic(String name) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(name, Topics.LOCAL_PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    /** A producer with the settings of the entrance's. */
    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrap(),
                        "acks", "all",
                        "enable.idempotence", "true",
                        "compression.type", "lz4",
                        "linger.ms", "10",
                        "batch.size", "131072",
                        "buffer.memory", "67108864"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    String key() {
        return installation.keys().apiKey();
    }

    /** A connection as the administrator: for denominators, and to look at what was stored. */
    Connection database() throws SQLException {
        return DriverManager.getConnection(
                installation.jdbcUrl(),
                PostgresServer.ADMIN,
                installation.keys().password(PostgresServer.ADMIN));
    }

    long one(String sql) throws SQLException {
        try (Connection connection = database();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
