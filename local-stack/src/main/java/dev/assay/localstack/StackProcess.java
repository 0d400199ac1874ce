package dev.assay.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A process of an installation in one's hand: to start it, and to do to it what life does to processes. For one thread
 * at a time.
 */
public class StackProcess {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final int POLL_MS = 50;

    private final Component component;
    private final InstallationHome home;
    private @Nullable ProcessHandle process;

    StackProcess(Component component, InstallationHome home) {
        this.component = component;
        this.home = home;
    }

    /** Its name, and its log's. */
    public String name() {
        return component.name();
    }

    /** The port that it listens on. */
    public int port() {
        return component.port();
    }

    /** Where its output goes. */
    public Path log() {
        return home.log(name());
    }

    /** Starts the process, unless it runs, and does not wait for it. */
    public void start() throws IOException {
        if (!isAlive()) {
            process = component.launch();
        }
    }

    /** Waits until the process does its work. */
    public void awaitReady(Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!component.isReady()) {
            if (!isAlive()) {
                throw new IOException(name() + " ended before it was ready: see " + home.log(name()));
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(name() + " was not ready within " + timeout + ": see " + home.log(name()));
            }
            pauseForPoll();
        }
    }

    /** Whether the process does its work now. */
    public boolean isReady() {
        return component.isReady();
    }

    /** Ends the process at once (SIGKILL) and returns when it is gone. */
    public void kill() throws IOException {
        if (process != null) {
            process.destroyForcibly();
            awaitEnd(STOP_TIMEOUT);
        }
    }

    /** Asks the process to end well, and does not wait for it. */
    public void requestStop() throws IOException {
        if (process != null && process.isAlive()) {
            component.requestStop(process);
        }
    }

    /** Asks the process to end well and returns when it is gone; what does not end is killed. */
    public void stop() throws IOException {
        if (isAlive()) {
            requestStop();
            try {
                awaitEnd(STOP_TIMEOUT);
            } catch (IOException tooSlow) {
                kill();
            }
        }
    }

    /** Freezes the process (SIGSTOP): alive, and silent. */
    public void pause() throws IOException {
        signal("STOP");
    }

    /** Lets a frozen process go on (SIGCONT). */
    public void resume() throws IOException {
        signal("CONT");
    }

    /** Sends the process any signal by its name, {@code QUIT} for instance. */
    public void signal(String name) throws IOException {
        Signals.send(pid(), name);
    }

    /** Whether the process lives. */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** The id of the process that was started last. */
    public long pid() {
        if (process == null) {
            throw new IllegalStateException(name() + " was never started");
        }
        return process.pid();
    }

    private void awaitEnd(Duration timeout) throws IOException {
        ProcessHandle ending = process;
        if (ending == null) {
            return;
        }
        try {
            ending.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException(name() + " did not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + name() + " was ending", e);
        }
    }

    private static void pauseForPoll() throws IOException {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting", e);
        }
    }
}
