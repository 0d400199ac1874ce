package dev.assay.system;

import dev.assay.localstack.LocalInstallation;
import dev.assay.localstack.Service;
import dev.assay.localstack.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The whole of Assay for the system tests: broker, PostgreSQL, two replicas of each service and the dashboard, each a
 * process of its own, on free ports. Started once per JVM and ended with it.
 */
final class RunningStack {
    private static final Duration START = Duration.ofMinutes(4);
    private static RunningStack shared;
    private static boolean failed;

    private final LocalInstallation installation;
    private final Map<Service, List<ServiceProcess>> replicas = new EnumMap<>(Service.class);

    private RunningStack() throws IOException {
        Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "stack");
        installation = LocalInstallation.forTest(Path.of("..").toAbsolutePath().normalize(), home);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        installation.startInfrastructure();
        Map<String, String> variables = Map.of(
                "ASSAY_WEBHOOK_ALLOWED_HOSTS", "127.0.0.1,localhost",
                // two cores run eleven JVMs that are killed before the optimizing compiler has paid its way
                "JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
        for (Service service : Service.values()) {
            List<ServiceProcess> started = new ArrayList<>();
            started.add(installation.service(service, variables));
            if (service != Service.DASHBOARD) {
                started.add(installation.replica(service, 2, variables));
            }
            replicas.put(service, started);
        }
        for (List<ServiceProcess> each : replicas.values()) { // one after the other: two cores start nine JVMs
            for (ServiceProcess replica : each) {
                replica.start();
                replica.awaitReady(START);
            }
        }
    }

    static synchronized RunningStack shared() {
        if (failed) {
            throw new IllegalStateException("the stack did not start: see the first failure");
        }
        if (shared == null) {
            failed = true;
            try {
                shared = new RunningStack();
                failed = false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    LocalInstallation installation() {
        return installation;
    }

    List<ServiceProcess> replicas(Service service) {
        return replicas.get(service);
    }

    /** The address of a service's first replica. */
    String url(Service service) {
        return replicas.get(service).get(0).url();
    }

    /** The built-in project's key. */
    String key() {
        return installation.keys().apiKey();
    }

    private void close() {
        try {
            installation.close();
        } catch (IOException e) {
            System.err.println("the stack did not end cleanly: " + e);
        }
    }
}
