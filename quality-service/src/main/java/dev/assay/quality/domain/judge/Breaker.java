package dev.assay.quality.domain.judge;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps from asking an endpoint that fails again and again: after so many failures in a row it is left alone for a while,
 * then asked once; that answer decides. One thread at a time.
 */
public final class Breaker {
    private final int failures;
    private final Duration pause;
    private int inARow;
    private @Nullable Instant openUntil;
    private boolean trying;

    public Breaker(int failures, Duration pause) {
        this.failures = failures;
        this.pause = pause;
    }

    /** How many may be asked now, of {@code wanted}: all, one to try, or none. */
    public synchronized int allowed(int wanted, Instant now) {
        Instant until = openUntil;
        if (until == null) {
            return wanted;
        }
        if (trying || now.isBefore(until) || wanted == 0) {
            return 0;
        }
        return 1;
    }

    /** The one try was taken; no other until its answer. */
    public synchronized void tried() {
        trying = openUntil != null;
    }

    /** The try was not made after all: another may be. */
    public synchronized void notAsked() {
        trying = false;
    }

    public synchronized void succeeded() {
        inARow = 0;
        openUntil = null;
        trying = false;
    }

    public synchronized void failed(Instant now) {
        inARow++;
        trying = false;
        if (inARow >= failures) {
            openUntil = now.plus(pause);
        }
    }

    /** Whether it is left alone at the moment. */
    public synchronized boolean isOpen() {
        return openUntil != null;
    }
}
