package dev.assay.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the command as a person would, on a home and ports of its own. */
record Shell(Path repository, InstallationHome home, Ports ports) {
    /** The root of the real repository, where the script is. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** What came of it; both streams in one. */
    record Result(int exitCode, String output) {}

    Shell at(InstallationHome other) {
        return new Shell(repository, other, ports);
    }

    /** The Java part, without the script's checks and building. */
    Result java(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                repository.resolve("local-stack/target") + "/*:" + repository.resolve("local-stack/target/lib") + "/*",
                "dev.assay.localstack.command.Main",
                repository.toString(),
                home.root().toString()));
        command.addAll(List.of(arguments));
        return run(command, Map.of());
    }

    /** The script. */
    Result script(String... arguments) throws IOException, InterruptedException {
        return script(Map.of(), arguments);
    }

    /** The script, with further variables. */
    Result script(Map<String, String> variables, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("/bin/bash", ROOT.resolve("assay").toString()));
        command.addAll(List.of(arguments));
        return run(command, variables);
    }

    private Result run(List<String> command, Map<String, String> variables) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("ASSAY_HOME", home.root().toString());
        for (Port port : Port.values()) {
            environment.putIfAbsent(port.variable(), String.valueOf(ports.get(port)));
        }
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
