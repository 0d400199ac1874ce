package dev.assay.localstack.command;

import dev.assay.localstack.InstallationHome;
import dev.assay.localstack.Port;
import dev.assay.localstack.Probe;
import dev.assay.localstack.Service;
import dev.assay.localstack.supervisor.RunState;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of {@code ./assay status}: each process, looked at now. */
final class Status {
    private static final String ROW = "%-16s %8s %6s  %-9s %10s %9s%n";

    private final InstallationHome home;

    Status(InstallationHome home) {
        this.home = home;
    }

    /** Prints the table; the exit code is 0 only when all is up. */
    int print(PrintStream out) throws IOException, CommandFailure {
        RunState state = RunState.read(home)
                .orElseThrow(() -> new CommandFailure("Assay is not running: start it with ./assay up."));
        boolean supervised = state.isSupervised(home);
        List<String> down = new ArrayList<>();
        out.printf(ROW, "PROCESS", "PID", "PORT", "STATE", "UPTIME", "RESTARTS");
        for (RunState.Entry entry : state.processes()) {
            String now = stateOf(state, entry);
            if (!now.equals("up")) {
                down.add(entry.name());
            }
            boolean alive = isAlive(entry);
            out.printf(
                    ROW,
                    entry.name(),
                    alive ? entry.pid() : "-",
                    entry.port(),
                    now,
                    alive ? uptime(entry) : "-",
                    entry.restarts());
        }
        out.printf(ROW, "supervisor", supervised ? state.supervisor() : "-", "-", supervised ? "up" : "down", "", "");
        if (!supervised) {
            down.add("supervisor");
        }
        out.println(
                down.isEmpty()
                        ? "All is up: http://127.0.0.1:" + state.port(Port.DASHBOARD)
                        : "Not up: " + String.join(", ", down) + ".");
        return down.isEmpty() ? 0 : 1;
    }

    private static String stateOf(RunState state, RunState.Entry entry) {
        if (!isAlive(entry)) {
            return "down";
        }
        Optional<Service> service = List.of(Service.values()).stream()
                .filter(candidate -> candidate.module().equals(entry.name()))
                .findFirst();
        boolean ready = service.map(found -> Probe.isReady(state.port(found.managementPort())))
                .orElseGet(() -> Probe.accepts(entry.port()));
        if (ready) {
            return "up";
        }
        return entry.phase() == RunState.Phase.READY ? "not ready" : "starting";
    }

    private static boolean isAlive(RunState.Entry entry) {
        return entry.pid() > 0
                && ProcessHandle.of(entry.pid()).filter(ProcessHandle::isAlive).isPresent();
    }

    private static String uptime(RunState.Entry entry) {
        Duration up = Duration.between(Instant.parse(entry.startedAt()), Instant.now());
        return up.toHours() > 0
                ? up.toHours() + "h" + up.toMinutesPart() + "m"
                : up.toMinutesPart() + "m" + up.toSecondsPart() + "s";
    }
}
