package dev.assay.ingest.domain.call;

import java.time.Duration;

/**
 * A rate with a burst of one second. It may go below zero: what was more than it held is waited for afterwards, so that a
 * request larger than the burst is not refused for ever. For any thread; times are {@code System.nanoTime()}.
 */
public final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;

    private final long perSecond;
    private double tokens;
    private long filledAt;

    /** A full bucket. */
    public TokenBucket(long perSecond, long nowNanos) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("perSecond must be >= 1, got: " + perSecond);
        }
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.filledAt = nowNanos;
    }

    public long perSecond() {
        return perSecond;
    }

    /** How long until something may be taken; zero when it may be now. */
    public synchronized Duration untilNext(long nowNanos) {
        fill(nowNanos);
        // less than one token is waited for: a rate of 1 must not let two through at once
        return tokens >= 1
                ? Duration.ZERO
                : Duration.ofNanos((long) Math.ceil((1 - tokens) / perSecond * NANOS_PER_SECOND));
    }

    /** Takes so many, whether there are so many or not. */
    public synchronized void take(int count, long nowNanos) {
        fill(nowNanos);
        tokens -= count;
    }

    private void fill(long nowNanos) {
        long passed = nowNanos - filledAt;
        if (passed > 0) {
            tokens = Math.min(perSecond, tokens + passed / NANOS_PER_SECOND * perSecond);
            filledAt = nowNanos;
        }
    }
}
