package dev.assay.localstack.command;

import dev.assay.localstack.InstallationHome;
import dev.assay.localstack.Shutdown;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** Ends an installation when this command is interrupted (Ctrl-C) while it is armed. */
final class StopWhenInterrupted {
    private final InstallationHome home;
    private final PrintStream out;
    private volatile boolean armed = true;

    private StopWhenInterrupted(InstallationHome home, PrintStream out) {
        this.home = home;
        this.out = out;
    }

    static StopWhenInterrupted arm(InstallationHome home, PrintStream out) {
        StopWhenInterrupted guard = new StopWhenInterrupted(home, out);
        Runtime.getRuntime().addShutdownHook(new Thread(guard::stop, "stop-when-interrupted"));
        return guard;
    }

    void disarm() {
        armed = false;
    }

    private void stop() {
        if (!armed) {
            return;
        }
        try {
            if (Shutdown.isNeeded(home)) {
                out.println("\nStopping Assay ...");
                Shutdown.of(home);
                out.println("Assay is stopped.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
