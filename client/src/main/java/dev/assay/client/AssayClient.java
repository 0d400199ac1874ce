package dev.assay.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reports to Assay in the background. {@link #record} never waits, never throws for what happens on the way, and never
 * holds more than the queue's bounds; what had to be dropped is counted ({@link #statistics}) and logged.
 *
 * <p>A batch that got no answer is sent again with the same ids, so that nothing counts twice. One client per application
 * is enough; it is safe for any thread. Close it, or what waits at the end is lost.
 */
public final class AssayClient implements AutoCloseable {
    private static final Logger LOG = System.getLogger(AssayClient.class.getName());
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final long HURRY_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int BATCH_BYTES = 4 * 1024 * 1024;

    private final EventQueue queue;
    private final Transmission transmission;
    private final Duration flushInterval;
    private final Duration retryFor;
    private final Duration closeTimeout;
    private final Thread sender;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private long recorded;
    private long accepted;
    private long rejected;
    private long dropped;
    private volatile boolean closed;

    private AssayClient(Builder settings) {
        queue = new EventQueue(settings.queueEvents, settings.queueBytes, settings.batchEvents, BATCH_BYTES);
        transmission = new Transmission(settings.endpoint, settings.apiKey, settings.requestTimeout);
        flushInterval = settings.flushInterval;
        retryFor = settings.retryFor;
        closeTimeout = settings.closeTimeout;
        sender = new Thread(this::sendAll, "assay-client");
        sender.setDaemon(true);
        sender.start();
    }

    /**
     * A client under construction.
     *
     * @param endpoint the address of ingest-service, {@code http://127.0.0.1:4318} in the local run
     * @param apiKey a key with the scope {@code ingest}
     */
    public static Builder to(String endpoint, String apiKey) {
        return new Builder(endpoint, apiKey);
    }

    /** Takes an event to be sent soon. Returns false when it was dropped at once: the queue is full, or the client closed. */
    public boolean record(Event event) {
        lock.lock();
        try {
            recorded++;
        } finally {
            lock.unlock();
        }
        boolean taken = !closed && queue.offer(new EventQueue.Line(event.path(), event.toLine()));
        if (!taken) {
            settle(0, 0, 1);
        }
        return taken;
    }

    /** Sends what waits without waiting for more. Returns whether all that was recorded before is settled in time. */
    public boolean flush(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        lock.lock();
        try {
            long until = recorded;
            while (accepted + rejected + dropped < until) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                queue.hurry();
                settled.await(Math.min(left, HURRY_AGAIN_NANOS), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The counters at this moment. */
    public ClientStatistics statistics() {
        lock.lock();
        try {
            return new ClientStatistics(
                    recorded, accepted, rejected, dropped, recorded - accepted - rejected - dropped);
        } finally {
            lock.unlock();
        }
    }

    /** Sends what waits, for as long as the builder said, and ends. What is left then is dropped, counted and logged. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        flush(closeTimeout);
        sender.interrupt();
        try {
            sender.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int left = queue.clear();
        if (left > 0) {
            LOG.log(Level.WARNING, "{0} events were not sent before the client was closed", left);
            settle(0, 0, left);
        }
    }

    private void sendAll() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                List<EventQueue.Line> batch = queue.take(flushInterval);
                if (!batch.isEmpty()) {
                    deliver(batch);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void deliver(List<EventQueue.Line> batch) {
        int events = batch.size();
        long giveUp = System.nanoTime() + retryFor.toNanos();
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                Answer answer = transmission.send(batch);
                if (answer instanceof Answer.Taken taken) {
                    if (taken.rejected() > 0) {
                        LOG.log(
                                Level.WARNING,
                                "{0} of {1} events were refused: {2}",
                                taken.rejected(),
                                events,
                                taken.reason());
                    }
                    settle(taken.accepted(), taken.rejected(), 0);
                    return;
                }
                if (answer instanceof Answer.Refused refused) {
                    LOG.log(Level.WARNING, "{0} events were refused: {1}", events, refused.reason());
                    settle(0, events, 0);
                    return;
                }
                Answer.ComeBack later = (Answer.ComeBack) answer;
                Duration wait = next(pause, later.after());
                if (System.nanoTime() + wait.toNanos() > giveUp) {
                    LOG.log(Level.WARNING, "{0} events were dropped after {1}: {2}", events, retryFor, later.reason());
                    settle(0, 0, events);
                    return;
                }
                TimeUnit.NANOSECONDS.sleep(wait.toNanos());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        } catch (InterruptedException e) {
            settle(0, 0, events);
            Thread.currentThread().interrupt();
        }
    }

    /** What the server asked for, else half to all of the pause, so that a fleet does not come back at once. */
    private static Duration next(Duration pause, @Nullable Duration asked) {
        return asked != null
                ? asked
                : Duration.ofNanos(ThreadLocalRandom.current().nextLong(pause.toNanos() / 2, pause.toNanos()));
    }

    private void settle(int nowAccepted, int nowRejected, int nowDropped) {
        lock.lock();
        try {
            accepted += nowAccepted;
            rejected += nowRejected;
            dropped += nowDropped;
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The settings of a client, with defaults that suit an application. */
    public static final class Builder {
        private final URI endpoint;
        private final String apiKey;
        private int queueEvents = 10_000;
        private long queueBytes = 32L * 1024 * 1024;
        private int batchEvents = 500;
        private Duration flushInterval = Duration.ofSeconds(1);
        private Duration requestTimeout = Duration.ofSeconds(10);
        private Duration retryFor = Duration.ofMinutes(5);
        private Duration closeTimeout = Duration.ofSeconds(5);

        private Builder(String endpoint, String apiKey) {
            this.endpoint = URI.create(endpoint);
            String scheme = this.endpoint.getScheme();
            if (!"http".equals(scheme) && !"https".equals(scheme)) {
                throw new IllegalArgumentException("endpoint must be an http or https address, got: " + endpoint);
            }
            this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
        }

        /** How much may wait (10,000 events, 32 MiB); what comes beyond is dropped. */
        public Builder queue(int events, long bytes) {
            queueEvents = positive(events, "events");
            queueBytes = bytes;
            return this;
        }

        /** How many events go into one request at most (500, at most 5,000). */
        public Builder batch(int events) {
            if (events > 5_000) {
                throw new IllegalArgumentException("a batch has at most 5000 events, got: " + events);
            }
            batchEvents = positive(events, "events");
            return this;
        }

        /** How long an event waits for company (1 s). */
        public Builder flushInterval(Duration interval) {
            flushInterval = interval;
            return this;
        }

        /** How long one request may take (10 s). */
        public Builder requestTimeout(Duration timeout) {
            requestTimeout = timeout;
            return this;
        }

        /** How long a batch is tried while Assay is away (5 min); then it is dropped. */
        public Builder retryFor(Duration howLong) {
            retryFor = howLong;
            return this;
        }

        /** How long {@link AssayClient#close} may take to send what waits (5 s). */
        public Builder closeTimeout(Duration timeout) {
            closeTimeout = timeout;
            return this;
        }

        /** The client, ready to record. */
        public AssayClient build() {
            return new AssayClient(this);
        }

        private static int positive(int value, String what) {
            if (value < 1) {
                throw new IllegalArgumentException(what + " must be at least 1, got: " + value);
            }
            return value;
        }
    }
}
