package dev.assay.localstack.command;

import dev.assay.localstack.InstallationHome;
import dev.assay.localstack.supervisor.RunState;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Waits for a supervised installation, saying what becomes ready; gives up when something will not start. */
final class Readiness {
    private static final int POLL_MS = 200;
    private static final int TOO_MANY_FAILURES = 3;

    private final InstallationHome home;
    private final PrintStream out;
    private final Set<String> announced = new HashSet<>();
    private final long begin = System.nanoTime();

    Readiness(InstallationHome home, PrintStream out) {
        this.home = home;
        this.out = out;
    }

    void await(ProcessHandle supervisor, Duration timeout) throws IOException, CommandFailure {
        while (true) {
            Optional<RunState> state = RunState.read(home).filter(read -> read.supervisor() == supervisor.pid());
            state.ifPresent(this::announce);
            if (state.isPresent() && state.get().allReady()) {
                return;
            }
            if (!supervisor.isAlive()) {
                throw new CommandFailure("The supervisor ended while starting:" + LogTail.of(home.log("supervisor")));
            }
            if (state.isPresent()) {
                giveUpOnFailures(state.get());
            }
            if (System.nanoTime() - begin > timeout.toNanos()) {
                throw new CommandFailure(waitingFor(state) + " did not become ready within " + timeout.toSeconds()
                        + " s: see ./assay logs, or the files in " + home.logs() + ".");
            }
            pause();
        }
    }

    private void announce(RunState state) {
        for (RunState.Entry entry : state.processes()) {
            if (entry.phase() == RunState.Phase.READY && announced.add(entry.name())) {
                double seconds = (System.nanoTime() - begin) / 1e9;
                out.printf(Locale.ROOT, "  %-16s ready on port %d after %.1f s%n", entry.name(), entry.port(), seconds);
            }
        }
    }

    private void giveUpOnFailures(RunState state) throws IOException, CommandFailure {
        for (RunState.Entry entry : state.processes()) {
            if (entry.failedStarts() >= TOO_MANY_FAILURES) {
                throw new CommandFailure(entry.name() + " does not start (./assay logs " + entry.name() + "):"
                        + LogTail.of(home.log(entry.name())));
            }
        }
    }

    private static String waitingFor(Optional<RunState> state) {
        return state.map(known -> known.processes().stream()
                        .filter(entry -> entry.phase() != RunState.Phase.READY)
                        .map(RunState.Entry::name)
                        .collect(Collectors.joining(", ")))
                .orElse("The supervisor");
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting", e);
        }
    }
}
