package dev.assay.localstack.supervisor;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The supervisor's own log: a line for each thing that happened to a process. */
final class Journal {
    private final PrintStream out;
    private final InstantSource clock;

    Journal(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    void record(String process, String what) {
        out.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + process + ": " + what);
        out.flush();
    }
}
