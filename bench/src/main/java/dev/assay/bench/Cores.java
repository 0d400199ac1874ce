package dev.assay.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Who may run on which core: the generator, which is this process, on the first, and what is measured, with the broker, on
 * the others, so that neither is slower because the other one is busy.
 *
 * <p>By {@code taskset} of util-linux. Where that is absent, or there is one core, all share all.
 */
final class Cores {
    private static final int ATTEMPTS = 10;
    private static final int ALL = Runtime.getRuntime().availableProcessors();

    private Cores() {}

    /** Whether cores can be told apart here. */
    static boolean canBePinned() {
        return ALL > 1 && taskset(ProcessHandle.current().pid(), "0-" + (ALL - 1));
    }

    /** This process on the first core, these on the others, from now on. */
    static void split(List<Long> measured) {
        require(ProcessHandle.current().pid(), "0");
        measured.forEach(pid -> require(pid, "1-" + (ALL - 1)));
    }

    /** This process on the cores of what is measured, to be measured itself. */
    static void join() {
        require(ProcessHandle.current().pid(), "1-" + (ALL - 1));
    }

    /** This process on the first core again. */
    static void part() {
        require(ProcessHandle.current().pid(), "0");
    }

    /** All cores for all again, before processes are started: they inherit this one's. */
    static void share(List<Long> measured) {
        if (canBePinned()) {
            measured.forEach(pid -> require(pid, "0-" + (ALL - 1)));
        }
    }

    /** It fails when a thread ends while it goes through them: then again. */
    private static void require(long pid, String cores) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (taskset(pid, cores)) {
                return;
            }
        }
        throw new IllegalStateException("taskset could not give process " + pid + " the cores " + cores);
    }

    /** Every thread that the process has; those it starts later inherit it. */
    private static boolean taskset(long pid, String cores) {
        try {
            Process process = new ProcessBuilder("taskset", "-a", "-p", "-c", cores, String.valueOf(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
