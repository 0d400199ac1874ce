package dev.assay.quality.app;

import dev.assay.quality.domain.gate.Scorer;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps datasets, gates and their runs. */
public interface Gates {
    /** A question and what its answer should be. */
    record Case(String id, String input, String expected) {}

    /** A version of a dataset. */
    record Dataset(String name, int version, long cases) {}

    /**
     * A gate.
     *
     * @param passScore a case passes from this score on
     * @param minPassRate null for none
     * @param baselineRun null before there is one
     */
    record Gate(
            UUID id,
            String name,
            String dataset,
            int datasetVersion,
            Scorer scorer,
            double passScore,
            @Nullable Double minPassRate,
            double maxDrop,
            @Nullable UUID baselineRun) {}

    /**
     * A case as a run answered it.
     *
     * @param output null when it did not
     * @param failure why an endpoint did not; null when it did, or when answers were given
     */
    record Result(
            String caseId,
            @Nullable String output,
            double score,
            boolean passed,
            @Nullable String failure) {}

    /** A run; {@code baseline} is the run that it was compared with. */
    record Run(UUID id, UUID gate, String label, @Nullable UUID baseline) {}

    /** Makes the next version of a dataset. */
    Uni<Dataset> addDataset(String tenant, String name, List<Case> cases);

    /** The latest version of each dataset. */
    Uni<List<Dataset>> datasets(String tenant);

    /** The cases of a version in their order; the latest where {@code version} is 0. None if there is no such. */
    Uni<List<Case>> cases(String tenant, String name, int version);

    /** The latest version of a dataset; 0 if there is none. */
    Uni<Integer> latest(String tenant, String name);

    Uni<Void> addGate(String tenant, Gate gate, Instant now);

    Uni<Optional<Gate>> gate(String tenant, UUID id);

    Uni<List<Gate>> gates(String tenant);

    /** Keeps a run, which becomes the gate's baseline on wish. */
    Uni<Void> addRun(String tenant, Run run, List<Result> results, boolean baseline, Instant now);

    Uni<Optional<Run>> run(String tenant, UUID id);

    /** The results of a run in the order of its cases. */
    Uni<List<Result>> results(String tenant, UUID run);
}
