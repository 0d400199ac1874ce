package dev.assay.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.localstack.supervisor.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command with real Kafka and PostgreSQL, and stand-ins for the services. Each test brings all up first. */
class CommandIT {
    private static final Duration BACK_WITHIN = Duration.ofSeconds(30);

    private static Shell shell;
    private static InstallationHome home;

    @BeforeAll
    static void layOut(@TempDir Path directory) throws IOException {
        Path repository = FakeRepository.create(directory.resolve("repository")).root();
        home = new InstallationHome(directory.resolve("home"));
        shell = new Shell(repository, home, Ports.free());
    }

    @AfterAll
    static void down() throws Exception {
        shell.java("down");
    }

    @Test
    void upPrintsWhereThePageIsAndACommandThatSendsACall() throws Exception {
        shell.java("down");
        Shell.Result up = shell.java("up");
        assertThat(up.exitCode()).as(up.output()).isZero();
        assertThat(up.output())
                .contains("Dashboard   http://127.0.0.1:" + shell.ports().get(Port.DASHBOARD))
                .contains("curl -sS http://127.0.0.1:" + shell.ports().get(Port.INGEST) + "/v1/calls")
                .contains("OTEL_EXPORTER_OTLP_HEADERS='Authorization=Bearer%20assay_");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.keys())))
                .isEqualTo("rw-------");
    }

    @Test
    void statusIsZeroOnlyWhenAllIsUp() throws Exception {
        up();
        Shell.Result all = shell.java("status");
        assertThat(all.exitCode()).as(all.output()).isZero();
        assertThat(all.output()).contains("cost-service", "kafka", "postgres", "supervisor");
        pause("cost-service");
        Shell.Result frozen = shell.java("status");
        resume("cost-service");
        assertThat(frozen.exitCode()).isEqualTo(1);
        assertThat(frozen.output()).contains("Not up: cost-service.");
    }

    @Test
    void envPrintsWhatAShellNeeds() throws Exception {
        up();
        assertThat(shell.java("env").output().lines().map(line -> line.substring(0, line.indexOf('='))))
                .containsExactlyInAnyOrder(
                        "export ASSAY_API_KEY",
                        "export ASSAY_INGEST_URL",
                        "export ASSAY_INGEST_MANAGEMENT_URL",
                        "export ASSAY_QUALITY_URL",
                        "export ASSAY_QUALITY_MANAGEMENT_URL",
                        "export ASSAY_COST_URL",
                        "export ASSAY_COST_MANAGEMENT_URL",
                        "export ASSAY_ALERT_URL",
                        "export ASSAY_ALERT_MANAGEMENT_URL",
                        "export ASSAY_DASHBOARD_URL",
                        "export ASSAY_DASHBOARD_MANAGEMENT_URL",
                        "export ASSAY_KAFKA_BOOTSTRAP",
                        "export OTEL_EXPORTER_OTLP_ENDPOINT",
                        "export OTEL_EXPORTER_OTLP_HEADERS");
    }

    @Test
    void aSecondUpSaysThatItRuns() throws Exception {
        up();
        Shell.Result second = shell.script("up");
        assertThat(second.exitCode()).as(second.output()).isZero();
        assertThat(second.output().strip().lines()).singleElement().asString().contains("Assay is already running");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alert-service", "kafka", "postgres"})
    void aKilledProcessComesBackByItself(String name) throws Exception {
        up();
        long before = pid(name);
        ProcessHandle.of(before).orElseThrow().destroyForcibly();
        await().atMost(BACK_WITHIN).until(() -> pid(name) != before && state().allReady());
        assertThat(shell.java("status").exitCode()).isZero();
    }

    @Test
    void upAfterTheSupervisorsDeathTakesOverWhatStillRuns() throws Exception {
        up();
        List<Long> before = pids();
        killSupervisor();
        Shell.Result again = shell.java("up");
        assertThat(again.exitCode()).as(again.output()).isZero();
        assertThat(pids()).isEqualTo(before);
    }

    @Test
    void downLeavesNothingAlsoWhenTheSupervisorIsDead() throws Exception {
        up();
        List<Long> before = pids();
        killSupervisor();
        Shell.Result down = shell.java("down");
        assertThat(down.output()).contains("Assay is stopped");
        assertThat(before)
                .allSatisfy(pid -> assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive))
                        .isEmpty());
        assertThat(shell.java("env").exitCode()).isEqualTo(1);
        assertThat(shell.java("status").exitCode()).isEqualTo(1);
    }

    @Test
    void dataWithoutItsKeysIsNotTouched(@TempDir Path other) throws Exception {
        Files.createDirectory(other.resolve("postgres"));
        Shell.Result up = shell.at(new InstallationHome(other)).java("up");
        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.output()).contains("has lost its keys.properties");
    }

    private static void up() throws Exception {
        Shell.Result up = shell.java("up");
        assertThat(up.exitCode()).as(up.output()).isZero();
    }

    private static void killSupervisor() throws Exception {
        ProcessHandle supervisor = ProcessHandle.of(state().supervisor()).orElseThrow();
        supervisor.destroyForcibly();
        supervisor.onExit().get();
    }

    private static void pause(String name) throws IOException {
        Signals.send(pid(name), "STOP");
    }

    private static void resume(String name) throws IOException {
        Signals.send(pid(name), "CONT");
    }

    private static RunState state() {
        try {
            return RunState.read(home).orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long pid(String name) {
        return state().process(name).orElseThrow().pid();
    }

    private static List<Long> pids() {
        return new ArrayList<>(
                state().processes().stream().map(RunState.Entry::pid).toList());
    }
}
