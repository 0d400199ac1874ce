package dev.assay.quality.app;

import dev.assay.platform.stats.WelchT;
import dev.assay.quality.domain.experiment.Metric;
import dev.assay.quality.domain.experiment.Variant;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps experiments, the units in them, and gathers what their units did. */
public interface Experiments {

    /**
     * An experiment to be.
     *
     * @param variants two or more, the first being the control
     * @param group experiments of one group share no unit; null for none
     * @param slots how many of the group's (or its own) slots it takes, up to {@code Assignment.SLOTS}
     * @param tagged whether a unit's variant is what its calls say, instead of what was assigned here
     * @param app which app's calls count where they are tagged; null for all
     * @param effects the smallest difference that matters, where it is not the metric's usual one
     */
    record Design(
            String name,
            List<Variant> variants,
            @Nullable String group,
            int slots,
            boolean tagged,
            @Nullable String app,
            List<Metric> metrics,
            Metric primary,
            Map<Metric, Double> effects) {
        public Design {
            variants = List.copyOf(variants);
            metrics = List.copyOf(metrics);
            effects = Map.copyOf(effects);
        }
    }

    /**
     * An experiment.
     *
     * @param firstSlot in its layer
     * @param endSlot behind its last
     * @param ended null while it runs
     */
    record Experiment(
            UUID id,
            Design design,
            int firstSlot,
            int endSlot,
            Instant started,
            @Nullable Instant ended) {
        /** Where its slots are. */
        public String layer() {
            String group = design.group();
            return group == null ? id.toString() : "group/" + group;
        }
    }

    /** What came of wanting one. */
    sealed interface Made {
        record Created(Experiment experiment) implements Made {}

        /** A running experiment has the name. */
        record NameTaken() implements Made {}

        /** The group has no gap of that size; {@code widest} is its widest. */
        record GroupFull(int widest) implements Made {}
    }

    /**
     * What the units of an experiment did.
     *
     * @param units per variant
     * @param crossed units that were seen in more than one variant, and count in none
     */
    record Evidence(Map<String, Long> units, long crossed, Map<Metric, Map<String, WelchT.Sample>> samples) {}

    /** Makes one, finding it slots in its group. */
    Uni<Made> create(String tenant, Design design, Instant now);

    /** All of a project, the latest first. */
    Uni<List<Experiment>> all(String tenant);

    Uni<Optional<Experiment>> find(String tenant, UUID id);

    /** Ends one, freeing its slots; no effect on one that has ended. */
    Uni<Void> end(String tenant, UUID id, Instant now);

    /** Notes which variant units were given; what they have, which is the first that was noted. */
    Uni<Map<String, String>> assign(String tenant, UUID id, Map<String, String> variantByUnit, Instant now);

    /** The variants that units were given before. */
    Uni<Map<String, String>> assigned(String tenant, UUID id, List<String> units);

    /** What units did since they were assigned, until the experiment's end. */
    Uni<Evidence> evidence(String tenant, Experiment experiment, Instant now);
}
