package dev.assay.system;

import dev.assay.localstack.LocalInstallation;
import dev.assay.localstack.Service;
import dev.assay.localstack.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Faults, one after the other, each once the one before is over: what happened stands in {@link #log()}. */
final class Chaos {
    private static final Duration BACK = Duration.ofMinutes(5);

    private interface Fault {
        void inflict() throws IOException;
    }

    private record Named(String name, Duration after, Fault fault) {}

    private final Deque<Named> faults = new ArrayDeque<>();
    private final List<String> log = new ArrayList<>();
    private Duration pause = Duration.ZERO;

    /** Ends the process with SIGKILL and starts it again. */
    Chaos kill(ServiceProcess process) {
        add("SIGKILL " + process.name(), () -> {
            process.kill();
            restart(process);
        });
        return this;
    }

    /** Asks the process to end with SIGTERM, as a roll-out does, and starts it again. */
    Chaos terminate(ServiceProcess process) {
        add("SIGTERM " + process.name(), () -> {
            process.stop();
            restart(process);
        });
        return this;
    }

    /** Stops a consumer past its Kafka session with SIGSTOP, so that it wakes up as a zombie. */
    Chaos freeze(ServiceProcess process, Duration howLong) {
        add("SIGSTOP " + process.name(), () -> {
            process.pause();
            java.util.concurrent.locks.LockSupport.parkNanos(howLong.toNanos());
            process.resume();
        });
        return this;
    }

    /** Lets some time go by before the next fault. */
    Chaos pause(Duration howLong) {
        pause = howLong;
        return this;
    }

    /** Stops PostgreSQL at once, without a checkpoint, and starts it again. */
    Chaos crashDatabase(LocalInstallation installation) {
        add("SIGKILL postgres", () -> {
            installation.postgres().kill();
            installation.postgres().start();
            installation.postgres().awaitReady(BACK);
        });
        return this;
    }

    private static void restart(ServiceProcess process) throws IOException {
        process.start();
        try {
            process.awaitReady(BACK);
        } catch (IOException e) {
            throw new IOException(PostMortem.of(process), e);
        }
    }

    private void add(String name, Fault fault) {
        faults.add(new Named(name, pause, fault));
        pause = Duration.ZERO;
    }

    /** Inflicts the next fault; false when there is none left. */
    boolean next() {
        Named fault = faults.poll();
        if (fault == null) {
            return false;
        }
        java.util.concurrent.locks.LockSupport.parkNanos(fault.after().toNanos());
        try {
            fault.fault().inflict();
            log.add(fault.name());
        } catch (IOException e) {
            throw new AssertionError("did not come back from " + fault.name(), e);
        }
        return true;
    }

    List<String> log() {
        return log;
    }

    static List<ServiceProcess> one(RunningStack stack, int index) {
        List<ServiceProcess> processes = new ArrayList<>();
        for (Service service : Service.values()) {
            List<ServiceProcess> replicas = stack.replicas(service);
            if (index < replicas.size()) {
                processes.add(replicas.get(index));
            }
        }
        return processes;
    }
}
