package dev.assay.localstack.supervisor;

import dev.assay.localstack.Component;
import dev.assay.localstack.InstallationHome;
import dev.assay.localstack.Port;
import dev.assay.localstack.Ports;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keeps an installation's processes running: starts the infrastructure, prepares it, starts the services, and starts
 * again what ends. Writes what it sees to {@code run.json}.
 */
final class Supervisor {
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final InstallationHome home;
    private final Ports ports;
    private final List<Watched> infrastructure;
    private final List<Watched> services;
    private final Runnable preparation;
    private final Journal journal;
    private final InstantSource clock;
    private final LogCare logCare;
    private volatile boolean stopping;
    private boolean prepared;

    Supervisor(
            InstallationHome home,
            Ports ports,
            List<Component> infrastructure,
            List<Component> services,
            Runnable preparation,
            Journal journal,
            InstantSource clock) {
        this.home = home;
        this.ports = ports;
        this.infrastructure = watched(infrastructure, journal);
        this.services = watched(services, journal);
        this.preparation = preparation;
        this.journal = journal;
        this.clock = clock;
        this.logCare = new LogCare(home);
    }

    /** Watches until {@link #stop()}. */
    void run() throws IOException, InterruptedException {
        for (Watched watched : all()) {
            watched.adopt(clock.instant());
        }
        write();
        while (!stopping) {
            try {
                tick();
            } catch (IOException | RuntimeException e) { // the watch goes on, also on a full disk
                journal.record("supervisor", String.valueOf(e.getMessage()));
            }
            Thread.sleep(INTERVAL.toMillis());
        }
    }

    /** Ends the watch: what ends from now on stays so. */
    void stop() {
        stopping = true;
    }

    private void tick() throws IOException {
        Instant now = clock.instant();
        boolean changed = tickAll(infrastructure, now);
        if (!prepared && infrastructure.stream().allMatch(Watched::isReady)) {
            preparation.run();
            prepared = true;
            journal.record("supervisor", "topics, schemas and roles are there");
        }
        if (prepared) {
            changed |= tickAll(services, now);
        }
        if (changed) {
            write();
        }
        logCare.look(now);
    }

    private boolean tickAll(List<Watched> group, Instant now) {
        boolean changed = false;
        for (Watched watched : group) {
            if (!stopping) {
                changed |= watched.tick(now);
            }
        }
        return changed;
    }

    private void write() throws IOException {
        Map<String, Integer> numbers = new TreeMap<>();
        for (Port port : Port.values()) {
            numbers.put(port.name(), ports.get(port));
        }
        new RunState(
                        ProcessHandle.current().pid(),
                        numbers,
                        all().stream().map(Watched::entry).toList())
                .write(home);
    }

    private List<Watched> all() {
        return Stream.concat(infrastructure.stream(), services.stream()).toList();
    }

    private static List<Watched> watched(List<Component> components, Journal journal) {
        return components.stream()
                .map(component -> new Watched(component, journal))
                .toList();
    }
}
