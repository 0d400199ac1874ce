package dev.assay.alert.domain.incident;

import dev.assay.alert.domain.evaluation.AlertState;
import dev.assay.alert.domain.evaluation.Observation;
import dev.assay.alert.domain.evaluation.Phase;
import dev.assay.alert.domain.evaluation.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of firing as an evaluation found it.
 *
 * @param value the metric when it fired, or when it was last known; null when that was before the evaluation began
 */
public record Episode(
        long activeSince,
        long firedAt,
        @Nullable Long endedAt,
        @Nullable Double value,
        @Nullable Double threshold) {

    /** The episodes of an evaluation that began in {@code start}, an episode running then among them. */
    public static List<Episode> of(AlertState start, List<Transition> transitions) {
        List<Episode> episodes = new ArrayList<>();
        Episode open = start.phase() == Phase.FIRING ? begun(start, null) : null;
        Observation lastMeasured = null;
        for (Transition transition : transitions) {
            AlertState state = transition.state();
            if (transition.seen() instanceof Observation.Measured) {
                lastMeasured = transition.seen();
            }
            if (open == null && state.phase() == Phase.FIRING) {
                open = begun(state, lastMeasured);
            } else if (open != null && state.phase() == Phase.RESOLVED) {
                episodes.add(open.endedAt(Objects.requireNonNull(state.endedAt())));
                open = null;
            }
        }
        if (open != null) {
            episodes.add(open);
        }
        return List.copyOf(episodes);
    }

    private static Episode begun(AlertState firing, @Nullable Observation seen) {
        long activeSince = Objects.requireNonNull(firing.activeSince());
        long firedAt = Objects.requireNonNull(firing.firedAt());
        return seen instanceof Observation.Measured measured
                ? new Episode(activeSince, firedAt, null, measured.value(), measured.threshold())
                : new Episode(activeSince, firedAt, null, null, null);
    }

    private Episode endedAt(long minute) {
        return new Episode(activeSince, firedAt, minute, value, threshold);
    }
}
