package dev.assay.localstack;

import java.nio.file.Path;

/** The directory that holds everything of one installation: data, secrets, logs, and the programs it runs. */
public record InstallationHome(Path root) {

    /** A home at this path, made absolute: the path marks the processes that belong to it. */
    public InstallationHome {
        root = root.toAbsolutePath().normalize();
    }

    /** Kafka's data. */
    public Path kafka() {
        return root.resolve("kafka");
    }

    /** PostgreSQL's data. */
    public Path postgres() {
        return root.resolve("postgres");
    }

    /** The secrets, readable by their owner alone. */
    public Path keys() {
        return root.resolve("keys.properties");
    }

    /** What runs: process ids, ports, states. */
    public Path runFile() {
        return root.resolve("run.json");
    }

    /** Further settings of the broker, in Kafka's words; need not be there. */
    public Path brokerSettings() {
        return root.resolve("kafka.properties");
    }

    /** Held by whoever starts the installation. */
    public Path startLock() {
        return root.resolve("start.lock");
    }

    /** The installed programs, one directory each, apart from the build's so that a build disturbs nothing. */
    public Path programs() {
        return root.resolve("programs");
    }

    /** The logs, one of each process. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** The log of a process. */
    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    /** The argument that marks a Java process as this installation's. */
    public String marker() {
        return "-Dassay.home=" + root;
    }
}
