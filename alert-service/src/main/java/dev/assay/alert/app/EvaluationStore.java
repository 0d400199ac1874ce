package dev.assay.alert.app;

import dev.assay.alert.domain.evaluation.SourceTick;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;

/** Where evaluations read from and write to. */
public interface EvaluationStore {
    /** The last tick of each source in each partition. */
    Uni<List<SourceTick>> ticks();

    /** Every project that has windows or was woken. */
    Uni<List<Project>> projects();

    /**
     * A project as the last evaluation left it.
     *
     * @param mark the clocks that it saw
     * @param changed whether windows of the last hour that were evaluated have changed since
     */
    record Project(String tenant, String mark, boolean changed) {}

    /**
     * Runs {@code work} in one transaction while no other replica evaluates the same project.
     *
     * @return false, and nothing run, if another holds the lease
     */
    Uni<Boolean> inLease(String tenant, Function<ProjectEvaluation, Uni<Void>> work);

    /** Makes a project due at once, as after a change of its rules. */
    Uni<Void> wake(String tenant);
}
