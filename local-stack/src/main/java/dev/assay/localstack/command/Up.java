package dev.assay.localstack.command;

import dev.assay.localstack.FreePorts;
import dev.assay.localstack.InstallationHome;
import dev.assay.localstack.Port;
import dev.assay.localstack.Ports;
import dev.assay.localstack.Programs;
import dev.assay.localstack.Shutdown;
import dev.assay.localstack.supervisor.RunState;
import dev.assay.localstack.supervisor.SupervisorProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Starts an installation and returns when all of it is ready: {@code ./assay up}. */
final class Up {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration MEND_TIMEOUT = Duration.ofSeconds(50);

    private final Path repository;
    private final InstallationHome home;
    private final Ports ports;
    private final PrintStream out;

    Up(Path repository, InstallationHome home, Ports ports, PrintStream out) {
        this.repository = repository;
        this.home = home;
        this.ports = ports;
        this.out = out;
    }

    int run(Set<String> options) throws IOException, CommandFailure {
        Files.createDirectories(home.root());
        try (FileChannel file =
                        FileChannel.open(home.startLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            if (lock == null) {
                throw new CommandFailure("Another ./assay up is starting this installation: wait for it, or end both"
                        + " with ./assay down.");
            }
            Optional<RunState> running = RunState.read(home).filter(state -> state.isSupervised(home));
            if (running.isPresent()) {
                return mend(running.get());
            }
            startAll();
        }
        new Welcome(home).print(out);
        if (options.contains("--demo")) {
            out.println();
            new DemoCommand(home).run(out);
        }
        return options.contains("--foreground") ? stayUntilInterrupted() : 0;
    }

    private void startAll() throws IOException, CommandFailure {
        StopWhenInterrupted guard = StopWhenInterrupted.arm(home, out);
        prepare();
        out.println("Starting Assay in " + home.root());
        ProcessHandle supervisor = SupervisorProcess.launch(home);
        try {
            new Readiness(home, out).await(supervisor, START_TIMEOUT);
        } catch (CommandFailure failure) {
            Shutdown.of(home);
            throw failure;
        } finally {
            guard.disarm();
        }
    }

    /** A supervisor runs and mends by itself; we only say what it does. */
    private int mend(RunState state) throws IOException, CommandFailure {
        String page = "http://127.0.0.1:" + state.port(Port.DASHBOARD);
        if (state.allReady()) {
            out.println("Assay is already running: " + page + " (see ./assay status, stop it with ./assay down).");
            return 0;
        }
        out.println("Assay is already running; what has died is being started again.");
        ProcessHandle supervisor = ProcessHandle.of(state.supervisor())
                .orElseThrow(() -> new CommandFailure("Assay has just been stopped: start it again."));
        new Readiness(home, out).await(supervisor, MEND_TIMEOUT);
        out.println("All is up: " + page);
        return 0;
    }

    private void prepare() throws IOException, CommandFailure {
        if (!Files.exists(home.keys()) && Files.exists(home.postgres())) {
            throw new CommandFailure("The data in " + home.root() + " has lost its keys.properties: put the file back,"
                    + " or delete the directory to start anew.");
        }
        if (Shutdown.isNeeded(home)) {
            takeOver();
        } else {
            checkPorts();
            new Programs(repository, home).install();
        }
    }

    /** A supervisor has died and left processes: they are kept when they are where they should be. */
    private void takeOver() throws IOException, CommandFailure {
        boolean inPlace = RunState.read(home)
                .filter(state -> {
                    for (Port port : Port.values()) {
                        if (state.port(port) != ports.get(port)) {
                            return false;
                        }
                    }
                    return true;
                })
                .isPresent();
        if (!inPlace) {
            Shutdown.of(home);
            checkPorts();
        }
    }

    private void checkPorts() throws CommandFailure {
        StringBuilder taken = new StringBuilder();
        for (Port port : Port.values()) {
            if (!FreePorts.isFree(ports.get(port))) {
                taken.append(taken.length() == 0 ? "" : "\nassay: ")
                        .append("Port " + ports.get(port) + " is taken, and " + port.owner()
                                + " needs it: stop what uses it, or set " + port.variable() + " to another port.");
            }
        }
        if (taken.length() > 0) {
            throw new CommandFailure(taken.toString());
        }
    }

    private int stayUntilInterrupted() throws IOException {
        out.println("Ctrl-C stops it.");
        StopWhenInterrupted.arm(home, out);
        RunState.read(home)
                .flatMap(state -> ProcessHandle.of(state.supervisor()))
                .ifPresent(supervisor -> supervisor.onExit().join());
        return 0;
    }
}
