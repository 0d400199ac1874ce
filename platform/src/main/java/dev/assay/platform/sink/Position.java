package dev.assay.platform.sink;

import io.smallrye.mutiny.Uni;

/** Where this process stands in one partition that it has been assigned. Replaced with each assignment. */
final class Position {
    private volatile long next;
    private volatile long published;
    private volatile boolean lost;
    private Uni<Void> ready = Uni.createFrom().voidItem();

    Position(long next, long published) {
        this.next = next;
        this.published = published;
    }

    /** The offset expected next: what the stored offset must be when the next batch is folded in. */
    long next() {
        return next;
    }

    void moveTo(long offset) {
        next = offset;
    }

    /** Everything below this offset has gone out. */
    long published() {
        return published;
    }

    void publishedTo(long offset) {
        published = Math.max(published, offset);
    }

    /** The partition has been taken away; nothing more may be tried for it. */
    boolean isLost() {
        return lost;
    }

    void lose() {
        lost = true;
    }

    /** Done when what a crash left unsent has gone out; batches wait for it. */
    Uni<Void> ready() {
        return ready;
    }

    void readyAfter(Uni<Void> work) {
        ready = work.memoize().indefinitely();
    }
}
