package dev.assay.localstack.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka broker with its KRaft controller in this JVM, on loopback only. It can be stopped and started again on the
 * same port and data.
 */
public final class KafkaBroker {
    private static final String HOST = "127.0.0.1";
    private static final int NODE_ID = 1;

    /** How much the broker prepares for: a test's minute, or an installation's days. */
    public enum Profile {
        /** One partition for each internal topic, small buffers. */
        TEST(Map.of(
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.num.partitions", "1",
                "share.coordinator.state.topic.num.partitions", "1",
                "log.cleaner.dedupe.buffer.size", "2097152",
                "group.min.session.timeout.ms", "1000",
                "log.segment.bytes", "33554432")),
        /** What {@code ./assay up} runs on a laptop. */
        INSTALLATION(Map.of(
                "offsets.topic.num.partitions", "6",
                "transaction.state.log.num.partitions", "6",
                "share.coordinator.state.topic.num.partitions", "1",
                "log.cleaner.dedupe.buffer.size", "16777216",
                "log.segment.bytes", "134217728"));

        private final Map<String, String> settings;

        Profile(Map<String, String> settings) {
            this.settings = settings;
        }
    }

    private final Path directory;
    private final int port;
    private final int controllerPort;
    private final Profile profile;
    private final Map<String, String> further;
    private volatile boolean running;
    private KafkaRaftServer server;

    private KafkaBroker(Path directory, int port, int controllerPort, Profile profile, Map<String, String> further) {
        this.directory = directory;
        this.port = port;
        this.controllerPort = controllerPort;
        this.profile = profile;
        this.further = Map.copyOf(further);
        this.server = newServer();
    }

    /** Starts a broker that keeps its data in {@code directory}, which is formatted when new. */
    public static KafkaBroker start(Path directory, int port, int controllerPort, Profile profile) {
        return start(directory, port, controllerPort, profile, Map.of());
    }

    /** As {@link #start(Path, int, int, Profile)}, with further settings of Kafka's, which go before all others. */
    public static KafkaBroker start(
            Path directory, int port, int controllerPort, Profile profile, Map<String, String> further) {
        format(directory);
        KafkaBroker broker = new KafkaBroker(directory, port, controllerPort, profile, further);
        broker.startServer();
        return broker;
    }

    /** The address for clients, {@code 127.0.0.1:port}. */
    public String bootstrap() {
        return HOST + ":" + port;
    }

    /** Stops the broker; its clients see it gone. Does nothing when it is stopped. */
    public synchronized void stop() {
        if (running) {
            running = false;
            server.shutdown();
            server.awaitShutdown();
        }
    }

    /** Starts a stopped broker again, on the same port and data. Does nothing when it runs. */
    public synchronized void restart() {
        if (!running) {
            server = newServer();
            startServer();
        }
    }

    /** Waits until the broker is stopped. */
    public void awaitShutdown() {
        server.awaitShutdown();
    }

    private void startServer() {
        server.startup();
        running = true;
    }

    private KafkaRaftServer newServer() {
        return new KafkaRaftServer(new KafkaConfig(properties(), false), Time.SYSTEM);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(NODE_ID));
        properties.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        properties.put("listeners", "PLAINTEXT://" + bootstrap() + ",CONTROLLER://" + HOST + ":" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://" + bootstrap());
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("log.dirs", directory.toString());
        properties.put("auto.create.topics.enable", "false");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("controlled.shutdown.enable", "false");
        // a broker that was killed registers again only when its old session has ended
        properties.put("broker.session.timeout.ms", "3000");
        properties.put("broker.heartbeat.interval.ms", "1000");
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("background.threads", "2");
        properties.put("log.cleaner.threads", "1");
        properties.put("log.index.size.max.bytes", "1048576");
        for (String internal :
                new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            properties.put(internal + ".replication.factor", "1");
        }
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.putAll(profile.settings);
        properties.putAll(further);
        return properties;
    }

    private static void format(Path directory) {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(directory);
            Formatter formatter = new Formatter();
            formatter.setClusterId(Uuid.randomUuid().toString());
            formatter.setNodeId(NODE_ID);
            formatter.addDirectory(directory.toString());
            formatter.setControllerListenerName("CONTROLLER");
            formatter.setMetadataLogDirectory(directory.toString());
            formatter.setReleaseVersion(MetadataVersion.latestProduction());
            formatter.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) { // Formatter.run declares it
            throw new IllegalStateException("the broker's storage could not be formatted in " + directory, e);
        }
    }
}
