package dev.assay.localstack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Java process of an installation, marked by its home and name so that it can be found again. */
final class JvmCommand {
    private static final int WORD_LIMIT = 4_096;

    private final InstallationHome home;
    private final String name;
    private final JavaRuntime java;
    private final List<String> arguments;
    private final Map<String, String> environment;

    JvmCommand(
            InstallationHome home,
            String name,
            JavaRuntime java,
            List<String> arguments,
            Map<String, String> environment) {
        this.home = home;
        this.name = name;
        this.java = java;
        this.arguments = List.copyOf(arguments);
        this.environment = Map.copyOf(environment);
    }

    ProcessHandle launch() throws IOException {
        Path log = home.log(name);
        new LogFile(log).prepare();
        List<String> command = new ArrayList<>(List.of(java.program().toString(), home.marker(), nameMarker()));
        command.add("-XX:+UseParallelGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        if (java.feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        String extra = System.getenv("ASSAY_JAVA_OPTS");
        if (extra != null && !extra.isBlank()) {
            command.addAll(List.of(extra.strip().split("\\s+", WORD_LIMIT)));
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.root().toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start().toHandle();
    }

    Optional<ProcessHandle> find() {
        return OwnProcesses.of(home)
                .filter(process -> process.info()
                        .commandLine()
                        .map(line -> (line + " ").contains(" " + nameMarker() + " "))
                        .orElse(false))
                .findFirst();
    }

    private String nameMarker() {
        return "-Dassay.process=" + name;
    }
}
