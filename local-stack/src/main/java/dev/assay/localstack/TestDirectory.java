package dev.assay.localstack;

import dev.assay.localstack.postgres.PostgresLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The temporary directory of a test stack, named after its JVM, so that what a killed JVM left behind, its database
 * server above all, can be told from what is in use and is cleared away by the next one.
 */
record TestDirectory(Path path) {
    private static final String PREFIX = "assay-test-";

    static TestDirectory create() throws IOException {
        return new TestDirectory(
                Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-"));
    }

    /** Ends and deletes what JVMs that are no more have left. */
    static void sweepAbandoned() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        List<Path> found;
        try (Stream<Path> entries = Files.list(temporary)) {
            found = entries.filter(TestDirectory::isAbandoned).toList();
        }
        for (Path path : found) {
            Optional<ProcessHandle> server = PostgresLock.holder(path.resolve("postgres"));
            if (server.isPresent()) {
                Signals.send(server.get().pid(), "QUIT");
                server.get().onExit().join();
            }
            new TestDirectory(path).delete();
        }
    }

    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException goneMeanwhile) {
            // another JVM sweeps the same directory
        }
    }

    private static boolean isAbandoned(Path path) {
        String name = path.getFileName().toString();
        if (!name.matches(PREFIX + "\\d+-.*") || !Files.isWritable(path)) {
            return false;
        }
        long pid = Long.parseLong(name.substring(PREFIX.length()).split("-", 2)[0]);
        return ProcessHandle.of(pid).isEmpty();
    }
}
