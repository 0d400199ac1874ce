package dev.assay.localstack.supervisor;

import dev.assay.localstack.InstallationHome;
import dev.assay.localstack.LogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Keeps the logs of what runs within their bounds, looking once a minute. */
final class LogCare {
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final InstallationHome home;
    private Instant next = Instant.EPOCH;

    LogCare(InstallationHome home) {
        this.home = home;
    }

    void look(Instant now) throws IOException {
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(INTERVAL);
        List<Path> logs;
        try (Stream<Path> files = Files.list(home.logs())) {
            logs = files.filter(file -> file.toString().endsWith(".log")).toList();
        }
        for (Path log : logs) {
            new LogFile(log).bound();
        }
    }
}
