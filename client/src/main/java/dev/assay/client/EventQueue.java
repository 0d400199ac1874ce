package dev.assay.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Events that wait to be sent, bounded in number and bytes: what does not fit is refused, nobody is made to wait. */
final class EventQueue {
    /** One event as it goes out. */
    record Line(String path, byte[] json) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition worthSending = lock.newCondition();
    private final Deque<Line> lines = new ArrayDeque<>();
    private final int maxEvents;
    private final long maxBytes;
    private final int batchEvents;
    private final int batchBytes;
    private long bytes;
    private boolean hurry;

    EventQueue(int maxEvents, long maxBytes, int batchEvents, int batchBytes) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.batchEvents = batchEvents;
        this.batchBytes = batchBytes;
    }

    /** Whether there was room. */
    boolean offer(Line line) {
        lock.lock();
        try {
            if (lines.size() >= maxEvents || bytes + line.json().length > maxBytes || line.json().length > batchBytes) {
                return false;
            }
            lines.add(line);
            bytes += line.json().length;
            if (isBatch()) {
                worthSending.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The next batch for one path: as soon as one is full, or what there is after this time; empty when there is nothing. */
    List<Line> take(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!hurry && !isBatch() && left > 0) {
                left = worthSending.awaitNanos(left);
            }
            List<Line> batch = new ArrayList<>();
            long size = 0;
            for (Line next = lines.peek(); next != null; next = lines.peek()) {
                boolean fits = batch.isEmpty()
                        || batch.size() < batchEvents
                                && size + next.json().length <= batchBytes
                                && next.path().equals(batch.get(0).path());
                if (!fits) {
                    break;
                }
                batch.add(lines.remove());
                size += next.json().length;
            }
            bytes -= size;
            if (lines.isEmpty()) {
                hurry = false;
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the next batches go without waiting for more, until the queue is empty. */
    void hurry() {
        lock.lock();
        try {
            hurry = !lines.isEmpty();
            worthSending.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes out everything. */
    int clear() {
        lock.lock();
        try {
            int left = lines.size();
            lines.clear();
            bytes = 0;
            return left;
        } finally {
            lock.unlock();
        }
    }

    private boolean isBatch() {
        return lines.size() >= batchEvents || bytes >= batchBytes;
    }
}
