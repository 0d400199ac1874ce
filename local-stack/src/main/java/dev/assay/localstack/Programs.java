package dev.assay.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Copies the built programs into an installation's home, so that a build, or a {@code mvn clean}, does not pull the
 * files from under what runs. A library that several services share takes its space once.
 */
public final class Programs {
    private final Path repository;
    private final InstallationHome home;
    private final Map<String, Path> libraries = new HashMap<>();

    /** From the build at {@code repository} into {@code home}. */
    public Programs(Path repository, InstallationHome home) {
        this.repository = repository;
        this.home = home;
    }

    /** Replaces the installed programs by the built ones. Nothing of the installation may run. */
    public void install() throws IOException {
        delete(home.programs());
        copy(repository.resolve("local-stack/target/lib"), home.programs().resolve("local-stack"));
        copyOwnArchive();
        for (Service service : Service.values()) {
            Path built = repository.resolve(service.module()).resolve("target/quarkus-app");
            if (!Files.exists(built.resolve("quarkus-run.jar"))) {
                throw new IOException(service.module() + " is not built: " + built + " is missing");
            }
            copy(built, home.programs().resolve(service.module()));
        }
    }

    private void copyOwnArchive() throws IOException {
        try (Stream<Path> built = Files.list(repository.resolve("local-stack/target"))) {
            Path archive = built.filter(file -> file.getFileName().toString().matches("local-stack-[^/]*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("local-stack is not built"));
            Files.copy(archive, home.programs().resolve("local-stack/local-stack.jar"));
        }
    }

    private void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(from)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.resolveSibling("."));
            copyOrLink(file, target);
        }
    }

    private void copyOrLink(Path file, Path target) throws IOException {
        String name = file.getFileName().toString();
        if (!isSharedLibrary(name)) {
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            return;
        }
        String key = name + ":" + Files.size(file);
        Path first = libraries.putIfAbsent(key, target);
        if (first == null) {
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        } else {
            link(first, file, target);
        }
    }

    private static void link(Path first, Path file, Path target) throws IOException {
        try {
            Files.createLink(target, first);
        } catch (IOException | UnsupportedOperationException noLinksHere) {
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** A released library, whose name and size say what it is; our own change under one name. */
    private static boolean isSharedLibrary(String name) {
        return name.endsWith(".jar")
                && name.contains("-")
                && !name.startsWith("dev.assay")
                && !name.contains("SNAPSHOT");
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
