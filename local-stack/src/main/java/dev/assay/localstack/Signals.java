package dev.assay.localstack;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Sends POSIX signals to processes. Java itself knows only TERM and KILL. */
public final class Signals {
    private static final int TIMEOUT_SECONDS = 10;

    /** Sends {@code name} ({@code INT}, {@code QUIT}, {@code STOP}, …) to the process. */
    public static void send(long pid, String name) throws IOException {
        // the shell's own kill: the program of that name is missing on small systems
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", name, String.valueOf(pid))
                .redirectErrorStream(true)
                .start();
        try {
            if (!kill.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IOException("signal " + name + " could not be sent to process " + pid);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while sending signal " + name + " to process " + pid, e);
        }
    }

    private Signals() {}
}
