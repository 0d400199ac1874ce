package dev.assay.localstack.supervisor;

import dev.assay.localstack.InstallationHome;
import dev.assay.localstack.LocalInstallation;
import dev.assay.localstack.Ports;
import dev.assay.localstack.Shutdown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The process behind {@code ./assay up}: supervises until it is asked to end, then ends all it has started. */
public final class SupervisorMain {
    private static final int LOOP_END_SECONDS = 60;

    /** Held, since the logging framework holds loggers weakly. */
    private static final Logger KAFKA_CLIENTS = Logger.getLogger("org.apache.kafka");

    /** Argument: the home. Ports come from the environment. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        KAFKA_CLIENTS.setLevel(Level.SEVERE);
        InstallationHome home = new InstallationHome(Path.of(arguments[0]));
        Ports ports = Ports.fromEnvironment(System.getenv());
        Journal journal = new Journal(System.out, InstantSource.system());
        LocalInstallation installation = LocalInstallation.at(home.root(), ports);
        Supervisor supervisor = new Supervisor(
                home,
                ports,
                installation.infrastructure(),
                installation.components(),
                () -> {
                    installation.createTopics();
                    installation.createRoles();
                },
                journal,
                InstantSource.system());
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(home, supervisor, journal, ended), "supervisor-end"));
        try {
            supervisor.run();
        } finally {
            ended.countDown();
        }
    }

    private static void end(InstallationHome home, Supervisor supervisor, Journal journal, CountDownLatch watchEnded) {
        journal.record("supervisor", "ending every process");
        supervisor.stop();
        try {
            boolean quiet = watchEnded.await(LOOP_END_SECONDS, TimeUnit.SECONDS);
            int count = Shutdown.of(home);
            journal.record("supervisor", "ended " + count + " processes" + (quiet ? "" : " while still starting some"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SupervisorMain() {}
}
