package dev.assay.localstack.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.localstack.Component;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchedTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Sleeper sleeper = new Sleeper();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Watched watched =
            new Watched(sleeper, new Journal(new PrintStream(written, true), InstantSource.fixed(NOW)));

    @AfterEach
    void endProcesses() {
        sleeper.started.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void startsAgainAtOnceWhatEndsAfterItWasReady() throws Exception {
        sleeper.ready = true;
        watched.tick(NOW);
        watched.tick(NOW);
        assertThat(watched.isReady()).isTrue();
        end(0);
        watched.tick(NOW);
        assertThat(sleeper.started).hasSize(2);
        assertThat(written.toString()).contains("ended, starting it again");
    }

    @Test
    void waitsBeforeItStartsAgainWhatNeverWasReady() throws Exception {
        watched.tick(NOW);
        end(0);
        watched.tick(NOW);
        watched.tick(NOW.plusMillis(999));
        assertThat(sleeper.started).hasSize(1);
        watched.tick(NOW.plusMillis(1000));
        assertThat(sleeper.started).hasSize(2);
        assertThat(watched.entry().failedStarts()).isEqualTo(1);
        assertThat(written.toString()).contains("ended before it was ready, 1 in a row, next try in 1 s");
    }

    @Test
    void takesOverAProcessThatRuns() throws Exception {
        sleeper.ready = true;
        ProcessHandle earlier = sleeper.launch();
        watched.adopt(NOW);
        watched.tick(NOW);
        assertThat(sleeper.started).containsExactly(earlier);
        assertThat(watched.isReady()).isTrue();
    }

    private void end(int index) throws Exception {
        sleeper.started.get(index).destroyForcibly();
        sleeper.started.get(index).onExit().get();
    }

    /** A process that does nothing, for as long as it is let. */
    private static final class Sleeper implements Component {
        private final List<ProcessHandle> started = new ArrayList<>();
        private boolean ready;

        @Override
        public String name() {
            return "sleeper";
        }

        @Override
        public int port() {
            return 1;
        }

        @Override
        public ProcessHandle launch() throws IOException {
            ProcessHandle process = new ProcessBuilder("sleep", "600").start().toHandle();
            started.add(process);
            return process;
        }

        @Override
        public Optional<ProcessHandle> find() {
            return started.stream().findFirst();
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void requestStop(ProcessHandle process) {
            process.destroy();
        }
    }
}
