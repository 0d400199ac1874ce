package dev.assay.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Java installation that can run the services. */
public record JavaRuntime(Path home, int feature) {
    /** The oldest Java that the services run on. */
    public static final int OLDEST = 17;

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)[^\"]*\"");
    private static final String JDKS = "/usr/lib/jvm";

    /** The newest Java of this machine, at least the one this program runs on. */
    public static JavaRuntime newest() {
        Path own = Path.of(System.getProperty("java.home"));
        List<Path> homes = new ArrayList<>();
        Optional.ofNullable(System.getenv("JAVA_HOME")).map(Path::of).ifPresent(homes::add);
        homes.addAll(children(
                Path.of(Optional.ofNullable(System.getenv("ASSAY_JDKS")).orElse(JDKS))));
        return homes.stream()
                .flatMap(home -> at(home).stream())
                .filter(runtime -> runtime.feature() >= OLDEST)
                .max(Comparator.comparingInt(JavaRuntime::feature))
                .filter(runtime -> runtime.feature() > Runtime.version().feature())
                .orElse(new JavaRuntime(own, Runtime.version().feature()));
    }

    /** The program {@code java}. */
    public Path program() {
        return home.resolve("bin").resolve("java");
    }

    private static Optional<JavaRuntime> at(Path home) {
        try {
            if (!Files.isExecutable(home.resolve("bin/java"))) {
                return Optional.empty();
            }
            Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
            return version.find()
                    ? Optional.of(new JavaRuntime(home, Integer.parseInt(version.group(1))))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static List<Path> children(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (IOException absent) {
            return List.of();
        }
    }
}
