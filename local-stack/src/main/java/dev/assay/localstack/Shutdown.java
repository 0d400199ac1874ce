package dev.assay.localstack;

import dev.assay.localstack.postgres.PostgresLock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Ends every process of an installation, whoever started it: services first, so that they hand over what they hold,
 * then Kafka, then PostgreSQL. What does not end when asked is killed.
 */
public final class Shutdown {
    private static final String SUPERVISOR = "supervisor";
    private static final String KAFKA = "kafka";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The supervisor ends all others itself, one group after the other. */
    private static final Duration CASCADE = PATIENCE.multipliedBy(5);

    /** Ends all but this process. Returns how many processes there were. */
    public static int of(InstallationHome home) throws IOException {
        long count = others(home).count();
        end(others(home).filter(process -> isNamed(process, SUPERVISOR)).toList(), ProcessHandle::destroy, CASCADE);
        end(others(home).filter(process -> !isNamed(process, KAFKA)).toList(), ProcessHandle::destroy, PATIENCE);
        end(others(home).toList(), ProcessHandle::destroy, PATIENCE);
        Optional<ProcessHandle> postgres = PostgresLock.holder(home.postgres());
        end(postgres.stream().toList(), process -> Signals.send(process.pid(), "INT"), PATIENCE);
        return (int) count;
    }

    /** Whether anything of the installation, but for this process, runs. */
    public static boolean isNeeded(InstallationHome home) throws IOException {
        return OwnProcesses.all(home)
                .anyMatch(process -> process.pid() != ProcessHandle.current().pid());
    }

    private static Stream<ProcessHandle> others(InstallationHome home) {
        return OwnProcesses.of(home)
                .filter(process -> process.pid() != ProcessHandle.current().pid());
    }

    private static boolean isNamed(ProcessHandle process, String name) {
        return process.info()
                .commandLine()
                .map(line -> line.contains("-Dassay.process=" + name + " "))
                .orElse(false);
    }

    private static void end(List<ProcessHandle> processes, Request request, Duration patience) throws IOException {
        for (ProcessHandle process : processes) {
            request.accept(process);
        }
        if (!awaitEnd(processes, patience)) {
            processes.forEach(ProcessHandle::destroyForcibly);
            awaitEnd(processes, PATIENCE);
        }
    }

    private static boolean awaitEnd(List<ProcessHandle> processes, Duration patience) throws IOException {
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException tooSlow) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException("a process's end could not be awaited", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while processes were ending", e);
        }
    }

    private interface Request {
        void accept(ProcessHandle process) throws IOException;
    }

    private Shutdown() {}
}
