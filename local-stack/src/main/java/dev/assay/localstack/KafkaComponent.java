package dev.assay.localstack;

import dev.assay.localstack.kafka.BrokerMain;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Kafka broker of an installation, in a JVM of its own. */
final class KafkaComponent implements Component {
    private static final String LOG_FORMAT = "%1$tF %1$tT %4$s [%3$s] %5$s%6$s%n";

    private final int port;
    private final JvmCommand command;

    KafkaComponent(InstallationHome home, JavaRuntime java, Ports ports) {
        this.port = ports.get(Port.KAFKA);
        this.command = new JvmCommand(
                home,
                name(),
                java,
                List.of(
                        "-Xmx512m",
                        "-Djava.util.logging.SimpleFormatter.format=" + LOG_FORMAT,
                        "-cp",
                        home.programs().resolve("local-stack") + "/*",
                        BrokerMain.class.getName(),
                        home.kafka().toString(),
                        String.valueOf(port),
                        String.valueOf(ports.get(Port.KAFKA_CONTROLLER)),
                        home.brokerSettings().toString()),
                Map.of());
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public ProcessHandle launch() throws IOException {
        return command.launch();
    }

    @Override
    public Optional<ProcessHandle> find() {
        return command.find();
    }

    @Override
    public boolean isReady() {
        return Probe.accepts(port);
    }

    @Override
    public void requestStop(ProcessHandle process) {
        process.destroy();
    }
}
