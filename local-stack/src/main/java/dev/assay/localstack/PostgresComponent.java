package dev.assay.localstack;

import dev.assay.localstack.postgres.PostgresLock;
import dev.assay.localstack.postgres.PostgresServer;
import java.io.IOException;
import java.util.Optional;

/** The PostgreSQL server of an installation. */
final class PostgresComponent implements Component {
    private final InstallationHome home;
    private final PostgresServer server;

    PostgresComponent(InstallationHome home, PostgresServer server) {
        this.home = home;
        this.server = server;
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public ProcessHandle launch() throws IOException {
        new LogFile(home.log(name())).prepare();
        return server.launch().toHandle();
    }

    @Override
    public Optional<ProcessHandle> find() throws IOException {
        return PostgresLock.holder(home.postgres());
    }

    @Override
    public boolean isReady() {
        return server.answers();
    }

    @Override
    public void requestStop(ProcessHandle process) throws IOException {
        Signals.send(process.pid(), "INT"); // "fast": closes connections; TERM would wait for them to end by themselves
    }
}
