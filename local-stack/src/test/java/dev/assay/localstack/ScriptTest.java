package dev.assay.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the script says when the machine is not as it should be. Nothing is built or started. */
class ScriptTest {
    private final Path directory;
    private final Shell shell;

    ScriptTest(@TempDir Path directory) {
        this.directory = directory;
        this.shell = new Shell(Shell.ROOT, new InstallationHome(directory.resolve("home")), Ports.free());
    }

    @Test
    void namesATakenPortWhoNeedsItAndHowToMoveIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Shell.Result up = shell.script(Map.of("ASSAY_COST_PORT", String.valueOf(taken.getLocalPort())), "up");
            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.output())
                    .isEqualTo("assay: Port " + taken.getLocalPort() + " is taken, and cost-service needs it: stop what"
                            + " uses it, or set ASSAY_COST_PORT to another port.\n");
        }
    }

    @Test
    void refusesAnOldJava() throws Exception {
        Path programs = fakeJava("openjdk version \"11.0.22\" 2024-01-16");
        Shell.Result up = shell.script(onlyWith(programs), "up");
        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.output())
                .startsWith("assay: Assay needs a JDK of version 17 or newer")
                .hasLineCount(1);
    }

    @Test
    void refusesAMissingJava() throws Exception {
        Shell.Result up = shell.script(onlyWith(Files.createDirectory(directory.resolve("empty"))), "up");
        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.output()).contains("found no Java").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "status, Assay is not running",
        "env, Assay is not running",
        "demo, Assay is not running",
        "keys, Assay is not running",
        "dead-letters, Assay is not running",
        "prices, Assay is not running",
        "logs, Name a service",
        "sing, There is no command sing",
    })
    void failsInOneSentence(String command, String sentence) throws Exception {
        Shell.Result result = shell.script(command);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).startsWith("assay: " + sentence).hasLineCount(1);
    }

    @Test
    void saysBeforeTheSuiteWhatTheSdksLack() throws Exception {
        Shell.Result test = shell.script(onlyWith(Files.createDirectory(directory.resolve("empty"))), "test", "--sdks");
        assertThat(test.exitCode()).isEqualTo(1);
        assertThat(test.output()).contains("there is no node on the PATH").hasLineCount(1);
    }

    @Test
    void downOfNothingIsFine() throws Exception {
        Shell.Result down = shell.script("down");
        assertThat(down.exitCode()).isZero();
        assertThat(down.output()).isEqualTo("Assay is not running.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "down",
                "status",
                "logs",
                "env",
                "demo",
                "keys",
                "dead-letters",
                "prices",
                "gate",
                "test",
                "bench",
                "train"
            })
    void explainsEachCommand(String command) throws Exception {
        Shell.Result help = shell.script(command, "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.output()).startsWith("Usage: ").contains(command);
    }

    @Test
    void knowsThePortsThatTheSupervisorKnows() throws Exception {
        List<String> expected = List.of(Port.values()).stream()
                .map(port -> port.owner() + " " + port.variable() + " " + port.standard())
                .toList();
        assertThat(Files.readString(Shell.ROOT.resolve("assay"))).contains(String.join("\n", expected));
    }

    /** The few programs that the script itself uses, and the given ones; no JDK where JDKs usually lie. */
    private Map<String, String> onlyWith(Path programs) throws IOException {
        Path system = Files.createDirectory(directory.resolve("system"));
        for (String name : List.of("bash", "dirname", "readlink", "sed", "head", "mkdir", "cat", "df", "awk")) {
            Path program = Files.exists(Path.of("/usr/bin", name)) ? Path.of("/usr/bin", name) : Path.of("/bin", name);
            writeProgram(system.resolve(name), "exec " + program + " \"$@\"");
        }
        return Map.of("PATH", programs + ":" + system, "JAVA_HOME", "", "ASSAY_JDKS", directory.toString());
    }

    private Path fakeJava(String version) throws IOException {
        Path programs = Files.createDirectory(directory.resolve("fake"));
        writeProgram(programs.resolve("java"), "echo '" + version + "' >&2");
        return programs;
    }

    private static void writeProgram(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
