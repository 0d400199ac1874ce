package dev.assay.localstack.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs an installation's broker until the process is asked to end. */
public final class BrokerMain {
    /** Held, since the logging framework holds loggers weakly. */
    private static final Logger STATE_CHANGES = Logger.getLogger("state.change.logger");

    /** Arguments: data directory, port, controller's port, and a file of further settings that need not be there. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("arguments must be: directory port controller-port settings-file");
        }
        STATE_CHANGES.setLevel(Level.WARNING); // a line per partition and change
        KafkaBroker broker = KafkaBroker.start(
                Path.of(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                KafkaBroker.Profile.INSTALLATION,
                settings(Path.of(arguments[3])));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "broker-stop"));
        broker.awaitShutdown();
    }

    private static Map<String, String> settings(Path file) throws IOException {
        Map<String, String> settings = new HashMap<>();
        if (Files.exists(file)) {
            Properties read = new Properties();
            try (Reader text = Files.newBufferedReader(file)) {
                read.load(text);
            }
            read.forEach((name, value) -> settings.put(name.toString(), value.toString()));
        }
        return settings;
    }

    private BrokerMain() {}
}
