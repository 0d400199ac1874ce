package dev.assay.platform.sink;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;

/**
 * The steps of a batch, announced as they are passed, so that a test can break off between any two of them.
 *
 * <p>Nothing listens in production.
 */
@ApplicationScoped
public class SinkSteps {
    /** In the order in which a batch passes them. */
    public enum Step {
        BEFORE_TRANSACTION,
        OFFSET_MOVED,
        FOLDED,
        COMMITTED,
        PUBLISHED
    }

    private volatile Consumer<Step> listener = step -> {};

    /** Sets who is told; an exception that it throws breaks the batch off at that step. */
    public void listen(Consumer<Step> listener) {
        this.listener = listener;
    }

    void passed(Step step) {
        listener.accept(step);
    }
}
