package dev.assay.quality.app;

import dev.assay.quality.app.Experiments.Experiment;
import dev.assay.quality.domain.experiment.Assignment;
import dev.assay.quality.domain.experiment.Variant;
import dev.assay.quality.domain.experiment.Verdict;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives units their variants, and says what an experiment shows. */
@ApplicationScoped
public class RunExperiments {
    private final Experiments experiments;

    RunExperiments(Experiments experiments) {
        this.experiments = experiments;
    }

    /** An experiment's verdict with what it rests on. */
    public record Result(Experiments.Evidence evidence, Verdict verdict) {}

    /**
     * The variants of units, in their order; null for one that is not in the experiment. The first answer to a unit stays:
     * after the end none gets a new one.
     */
    public Uni<Map<String, @Nullable String>> assign(
            String tenant, Experiment experiment, List<String> units, Instant now) {
        if (experiment.ended() != null) {
            return experiments.assigned(tenant, experiment.id(), units).map(known -> inOrder(units, known));
        }
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String unit : units) {
            Assignment.of(
                            experiment.id().toString(),
                            experiment.layer(),
                            experiment.firstSlot(),
                            experiment.endSlot(),
                            experiment.design().variants(),
                            unit)
                    .map(Variant::name)
                    .ifPresent(variant -> wanted.put(unit, variant));
        }
        return experiments.assign(tenant, experiment.id(), wanted, now).map(known -> inOrder(units, known));
    }

    /** What an experiment shows now, or showed at its end. */
    public Uni<Result> result(String tenant, Experiment experiment, Instant now) {
        Experiments.Design design = experiment.design();
        return experiments
                .evidence(tenant, experiment, now)
                .map(evidence -> new Result(
                        evidence,
                        Verdict.of(
                                design.variants(),
                                evidence.units(),
                                design.metrics(),
                                design.primary(),
                                evidence.samples(),
                                design.effects())));
    }

    private static Map<String, @Nullable String> inOrder(List<String> units, Map<String, String> known) {
        Map<String, @Nullable String> variants = new LinkedHashMap<>();
        units.forEach(unit -> variants.put(unit, known.get(unit)));
        return variants;
    }
}
