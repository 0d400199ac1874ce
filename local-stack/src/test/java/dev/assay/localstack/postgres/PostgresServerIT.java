package dev.assay.localstack.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.localstack.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {

    @Test
    void startsOverTheLockOfACrashWhoseProcessIdIsAnothers(@TempDir Path directory) throws Exception {
        PostgresServer server = server(directory, Unprivileged.here());
        server.start();
        server.stop();
        Path lock = directory.resolve("data/postmaster.pid");
        Files.writeString(lock, ProcessHandle.current().pid() + "\n" + directory.resolve("data") + "\n");
        server.start();
        assertThat(server.answers()).isTrue();
        assertThat(PostgresLock.holder(directory.resolve("data")))
                .contains(server.process().orElseThrow());
        assertThatThrownBy(() -> server(directory, Unprivileged.here()).launch())
                .hasMessageContaining("already runs on");
        server.stopImmediately();
        assertThat(PostgresLock.holder(directory.resolve("data"))).isEmpty();
    }

    @Test
    void rootWithoutNamespacesRunsItAsNobody(@TempDir Path directory) throws Exception {
        if (!System.getProperty("user.name").equals("root")) { // only root has to become another user
            assertThat(Unprivileged.here()).isEqualTo(Unprivileged.AS_WE_ARE);
            return;
        }
        PostgresServer server = server(directory, Unprivileged.AS_NOBODY);
        assertThatThrownBy(server::start)
                .hasMessageContaining("set ASSAY_HOME to a directory below one that every user may enter");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        server.start();
        assertThat(server.process().orElseThrow().info().user()).contains("nobody");
        server.stop();
        assertThat(server.isRunning()).isFalse();
    }

    private static PostgresServer server(Path directory, Unprivileged way) throws IOException {
        return new PostgresServer(
                directory.resolve("data"),
                directory.resolve("postgres.log"),
                FreePorts.next(),
                "secret",
                PostgresServer.Profile.TEST,
                way);
    }
}
