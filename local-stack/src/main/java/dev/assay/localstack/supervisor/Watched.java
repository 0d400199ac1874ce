package dev.assay.localstack.supervisor;

import dev.assay.localstack.Component;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A component under watch: starts it, sees it become ready, sees it end, starts it again. For one thread. */
final class Watched {
    private final Component component;
    private final Journal journal;
    private RunState.Phase phase = RunState.Phase.WAITING;
    private @Nullable ProcessHandle process;
    private @Nullable Instant startedAt;
    private Instant nextStart = Instant.EPOCH;
    private int failedStarts;
    private int restarts;

    Watched(Component component, Journal journal) {
        this.component = component;
        this.journal = journal;
    }

    /** Takes over a process that an earlier supervisor has left running. */
    void adopt(Instant now) throws IOException {
        component.find().ifPresent(found -> {
            process = found;
            startedAt = found.info().startInstant().orElse(now);
            phase = RunState.Phase.STARTING;
            journal.record(component.name(), "taken over, process " + found.pid());
        });
    }

    /** Looks once, and does what is due. Returns whether anything changed. */
    boolean tick(Instant now) {
        RunState.Phase before = phase;
        if (process != null && !process.isAlive()) {
            ended(now);
        }
        if (process == null && !now.isBefore(nextStart)) {
            start(now);
        } else if (phase == RunState.Phase.STARTING && component.isReady()) {
            phase = RunState.Phase.READY;
            failedStarts = 0;
            journal.record(component.name(), "ready");
        }
        return phase != before;
    }

    boolean isReady() {
        return phase == RunState.Phase.READY;
    }

    RunState.Entry entry() {
        return new RunState.Entry(
                component.name(),
                process == null ? 0 : process.pid(),
                component.port(),
                phase,
                startedAt == null ? "" : startedAt.toString(),
                restarts,
                failedStarts);
    }

    private void start(Instant now) {
        try {
            process = component.launch();
            phase = RunState.Phase.STARTING;
            startedAt = now;
            journal.record(component.name(), "started, process " + process.pid());
        } catch (IOException e) {
            failed(now, "cannot be started: " + e.getMessage());
        }
    }

    private void ended(Instant now) {
        process = null;
        restarts++;
        if (phase == RunState.Phase.READY) {
            phase = RunState.Phase.ENDED;
            nextStart = now;
            journal.record(component.name(), "ended, starting it again");
        } else {
            failed(now, "ended before it was ready");
        }
    }

    private void failed(Instant now, String what) {
        phase = RunState.Phase.ENDED;
        failedStarts++;
        Duration delay = RestartPolicy.delay(failedStarts);
        nextStart = now.plus(delay);
        journal.record(
                component.name(), what + ", " + failedStarts + " in a row, next try in " + delay.toSeconds() + " s");
    }
}
