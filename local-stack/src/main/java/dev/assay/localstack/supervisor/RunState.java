package dev.assay.localstack.supervisor;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.localstack.InstallationHome;
import dev.assay.localstack.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What runs, as the supervisor last saw it: the content of {@code run.json}. */
public record RunState(long supervisor, Map<String, Integer> ports, List<Entry> processes) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where in its life a process is. */
    public enum Phase {
        /** Not started yet: what it needs comes first. */
        WAITING,
        /** Started, not yet doing its work. */
        STARTING,
        /** Doing its work when last looked at. */
        READY,
        /** Ended; it is started again when its wait is over. */
        ENDED
    }

    /** One process. {@code pid} is 0, and {@code startedAt} empty, while there is none. */
    public record Entry(
            String name, long pid, int port, Phase phase, String startedAt, int restarts, int failedStarts) {}

    /** The state that was written last, if any. */
    public static Optional<RunState> read(InstallationHome home) throws IOException {
        try {
            return Optional.of(JSON.readValue(Files.readString(home.runFile()), RunState.class));
        } catch (NoSuchFileException nothingRuns) {
            return Optional.empty();
        }
    }

    /** Whether every process is ready. */
    public boolean allReady() {
        return !processes.isEmpty() && processes.stream().allMatch(entry -> entry.phase() == Phase.READY);
    }

    /** The number of this port. */
    public int port(Port port) {
        Integer number = ports.get(port.name());
        if (number == null) {
            throw new IllegalStateException("run.json has no port " + port);
        }
        return number;
    }

    /** The process of this name. */
    public Optional<Entry> process(String name) {
        return processes.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** Whether the supervisor that wrote this lives. */
    public boolean isSupervised(InstallationHome home) {
        return ProcessHandle.of(supervisor)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().commandLine())
                .map(line -> line.contains(home.marker() + " "))
                .orElse(false);
    }

    void write(InstallationHome home) throws IOException {
        Path partial = home.root().resolve("run.json.new");
        Files.writeString(partial, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
        Files.move(partial, home.runFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
