package dev.assay.localstack.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which process, if any, serves a data directory: what {@code postmaster.pid} says, held against the process table. */
public final class PostgresLock {

    /** The server of this data directory, when it is alive. */
    public static Optional<ProcessHandle> holder(Path dataDirectory) throws IOException {
        Path lock = dataDirectory.resolve("postmaster.pid");
        if (!Files.exists(lock)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(lock);
        if (lines.isEmpty() || !lines.get(0).strip().matches("\\d+")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(ProcessHandle::isAlive)
                .filter(process -> serves(process, dataDirectory));
    }

    private static boolean serves(ProcessHandle process, Path dataDirectory) {
        return process.info()
                .commandLine()
                .map(line -> line.contains("postgres") && line.contains(dataDirectory.toString()))
                .orElse(false);
    }

    private PostgresLock() {}
}
