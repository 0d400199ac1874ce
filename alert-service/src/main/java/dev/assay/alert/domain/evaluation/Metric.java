package dev.assay.alert.domain.evaluation;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.WindowState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A figure that rules can watch, computed from merged windows. */
public interface Metric {
    /** Its KPI name. */
    String name();

    /** The measures that it is computed from: the sources that carry one of them set its clock. */
    Set<Measure> measures();

    /** Whether the figure of a span is the sum over its parts, so that a part without calls is a zero. */
    boolean additive();

    /** The figure over {@code length}, or empty when there is none or it cannot be judged. */
    Optional<Reading> read(WindowState merged, Duration length);

    /** Whether it is told minute by minute, so that {@link #readMinutes} is asked instead of {@link #read}. */
    default boolean minutely() {
        return false;
    }

    /** The figure over some minutes, those with nothing in them left out; {@code length} is all of them. */
    default Optional<Reading> readMinutes(List<WindowState> minutes, Duration length) {
        return Optional.empty();
    }
}
