package dev.assay.localstack;

import java.io.IOException;
import java.util.Optional;

/** One process of an installation: how it is started, found, and known to be ready. */
public interface Component {

    /** Its name for people, and its log's: {@code cost-service}, {@code kafka}, {@code postgres}, … */
    String name();

    /** The port that people know it by. */
    int port();

    /** Starts its process and does not wait for it. */
    ProcessHandle launch() throws IOException;

    /** Its running process, if there is one that another program has started. */
    Optional<ProcessHandle> find() throws IOException;

    /** Whether it does its work now. */
    boolean isReady();

    /** Asks the process to end well: nothing that it has accepted is lost. */
    void requestStop(ProcessHandle process) throws IOException;
}
