package dev.assay.localstack.kafka;

import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs an installation's broker until the process is asked to end. */
public final class BrokerMain {
    /** Held, since the logging framework holds loggers weakly. */
    private static final Logger STATE_CHANGES = Logger.getLogger("state.change.logger");

    /** Arguments: data directory, port, controller's port. */
    public static void main(String[] arguments) {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("arguments must be: directory port controller-port");
        }
        STATE_CHANGES.setLevel(Level.WARNING); // a line per partition and change
        KafkaBroker broker = KafkaBroker.start(
                Path.of(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                KafkaBroker.Profile.INSTALLATION);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "broker-stop"));
        broker.awaitShutdown();
    }

    private BrokerMain() {}
}
