package dev.assay.localstack.postgres;

import dev.assay.localstack.Signals;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server as a process of its own, on loopback only. It can be stopped, also the hard way, and started
 * again on the same port and data.
 */
public final class PostgresServer {
    /** The superuser, for creating roles; no service knows it. */
    public static final String ADMIN = "assay_admin";

    private static final String HOST = "127.0.0.1";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final int POLL_MS = 50;

    /** What the server is for. */
    public enum Profile {
        /** Survives a crash of the server, not of the machine: quick. */
        TEST(Map.of("fsync", "off", "full_page_writes", "off", "shared_buffers", "64MB", "max_connections", "120")),
        /** Survives a crash of the machine. */
        INSTALLATION(Map.of(
                "shared_buffers", "192MB",
                "max_connections", "200",
                "max_wal_size", "2GB",
                "checkpoint_timeout", "15min"));

        private final Map<String, String> settings;

        Profile(Map<String, String> settings) {
            this.settings = settings;
        }
    }

    private final Path dataDirectory;
    private final Path logFile;
    private final int port;
    private final String adminPassword;
    private final Profile profile;
    private final Unprivileged way;
    private final PostgresBinaries binaries;
    private @Nullable ProcessHandle process;

    /** A server, not started, whose data is or will be in {@code dataDirectory}. */
    public PostgresServer(Path dataDirectory, Path logFile, int port, String adminPassword, Profile profile)
            throws IOException {
        this(dataDirectory, logFile, port, adminPassword, profile, Unprivileged.here());
    }

    PostgresServer(Path dataDirectory, Path logFile, int port, String adminPassword, Profile profile, Unprivileged way)
            throws IOException {
        this.dataDirectory = dataDirectory.toAbsolutePath();
        this.logFile = logFile;
        this.port = port;
        this.adminPassword = adminPassword;
        this.profile = profile;
        this.way = way;
        this.binaries = PostgresBinaries.unpackedIn(way.cache());
    }

    /** Starts the server, creating its data when there is none, and returns when it answers. */
    public synchronized void start() throws IOException {
        launch();
        awaitReady();
    }

    /** Starts the server's process, creating its data when there is none, and does not wait for it. */
    public synchronized Process launch() throws IOException {
        if (!Files.exists(dataDirectory.resolve("PG_VERSION"))) {
            initialize();
        }
        removeStaleLock();
        List<String> command = new ArrayList<>(List.of(
                binaries.program("postgres").toString(), "-D", dataDirectory.toString(), "-p", String.valueOf(port)));
        settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        Process started = process(command).start();
        process = started.toHandle();
        return started;
    }

    /** Waits until the server answers a query. */
    public void awaitReady() throws IOException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!answers()) {
            if (!isRunning()) {
                throw new IOException("PostgreSQL ended while starting: see " + logFile);
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("PostgreSQL does not answer on port " + port + ": see " + logFile);
            }
            pause();
        }
    }

    /** Stops the server: open transactions are rolled back, connections closed, data flushed. */
    public void stop() throws IOException {
        end("INT");
    }

    /** Stops the server as a crash would: it recovers from its log at the next start. */
    public void stopImmediately() throws IOException {
        end("QUIT");
    }

    /** Whether the process that was started last is alive. */
    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** The server's process, when it runs. */
    public synchronized Optional<ProcessHandle> process() {
        return Optional.ofNullable(process).filter(ProcessHandle::isAlive);
    }

    /** Whether the server takes a connection of the superuser. */
    public boolean answers() {
        try (Connection connection =
                DriverManager.getConnection(jdbcUrl("postgres") + "?connectTimeout=2", ADMIN, adminPassword)) {
            return connection.isValid(2);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** The server's port. */
    public int port() {
        return port;
    }

    /** The superuser's password. */
    public String adminPassword() {
        return adminPassword;
    }

    /** The JDBC address of a database of this server. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + database;
    }

    /** Makes the data beside its place and moves it there when complete, so that half of it is never taken for whole. */
    private void initialize() throws IOException {
        Path partial = dataDirectory.resolveSibling(dataDirectory.getFileName() + ".new");
        delete(partial);
        Files.createDirectories(partial);
        Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwx------"));
        Path passwordFile = Files.createTempFile("assay-admin-", ".tmp");
        try {
            Files.writeString(passwordFile, adminPassword);
            way.own(partial);
            way.own(passwordFile);
            way.requireAccess(partial);
            run(process(List.of(
                    binaries.program("initdb").toString(),
                    "--pgdata=" + partial,
                    "--username=" + ADMIN,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    profile == Profile.TEST ? "--no-sync" : "--data-checksums")));
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(partial, dataDirectory);
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(profile.settings);
        settings.put("listen_addresses", HOST);
        settings.put("unix_socket_directories", "");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        return settings;
    }

    private ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(way.command(command))
                .directory(new File("/"))
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    private void run(ProcessBuilder builder) throws IOException {
        Process running = builder.start();
        try {
            if (!running.waitFor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS) || running.exitValue() != 0) {
                running.destroyForcibly();
                throw new IOException("PostgreSQL's data could not be created: see " + logFile);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running.destroyForcibly();
            throw new IOException("interrupted while PostgreSQL's data was created", e);
        }
    }

    /** A lock file left by a crash whose process id now belongs to another program would keep the server from starting. */
    private void removeStaleLock() throws IOException {
        Path lock = dataDirectory.resolve("postmaster.pid");
        if (!Files.exists(lock)) {
            return;
        }
        if (PostgresLock.holder(dataDirectory).isPresent()) {
            throw new IOException("PostgreSQL already runs on " + dataDirectory);
        }
        Files.deleteIfExists(lock);
    }

    private void end(String signal) throws IOException {
        Optional<ProcessHandle> running = process();
        if (running.isEmpty()) {
            return;
        }
        Signals.send(running.get().pid(), signal);
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        while (running.get().isAlive()) {
            if (System.nanoTime() > deadline) {
                running.get().destroyForcibly();
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for PostgreSQL", e);
        }
    }
}
