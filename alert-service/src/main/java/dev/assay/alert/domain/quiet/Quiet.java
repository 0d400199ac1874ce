package dev.assay.alert.domain.quiet;

import dev.assay.alert.domain.incident.IncidentChange.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why an alert that fires is not told, if so.
 *
 * @param firing the labels of every alert that fires
 * @param now by the wall clock: people set silences by it
 */
public record Quiet(
        List<Silence> silences, List<Inhibition> inhibitions, List<Map<String, String>> firing, Instant now) {

    /** Nothing is kept quiet. */
    public static final Quiet NONE = new Quiet(List.of(), List.of(), List.of(), Instant.EPOCH);

    /** The reason, or empty if people are to be told. */
    public Optional<Reason> of(Map<String, String> labels) {
        if (silences.stream().anyMatch(silence -> silence.silences(labels, now))) {
            return Optional.of(Reason.SILENCED);
        }
        boolean inhibited = inhibitions.stream()
                .anyMatch(inhibition -> firing.stream().anyMatch(source -> inhibition.inhibits(source, labels)));
        return inhibited ? Optional.of(Reason.INHIBITED) : Optional.empty();
    }
}
