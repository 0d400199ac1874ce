package dev.assay.localstack;

import dev.assay.localstack.postgres.PostgresLock;
import java.io.IOException;
import java.util.stream.Stream;

/** The processes of an installation, found in the process table by their marks, whoever started them. */
final class OwnProcesses {

    /** Its Java processes. */
    static Stream<ProcessHandle> of(InstallationHome home) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .map(line -> (line + " ").contains(" " + home.marker() + " "))
                        .orElse(false))
                .filter(ProcessHandle::isAlive);
    }

    /** Its Java processes and its database server. */
    static Stream<ProcessHandle> all(InstallationHome home) throws IOException {
        return Stream.concat(of(home), PostgresLock.holder(home.postgres()).stream());
    }

    private OwnProcesses() {}
}
