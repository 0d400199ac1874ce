package dev.assay.alert.domain.evaluation;

import dev.assay.contracts.kpi.v1.Measure;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * The last tick of one source that was read from one partition. What a source sent to a partition before it has been read
 * too.
 *
 * @param tickedAt when it was sent
 * @param clockMicros the source's own clock, for projects that it does not name
 * @param projects the clock of each project
 * @param measures what the source's windows carry
 */
public record SourceTick(
        int partition,
        String source,
        Instant tickedAt,
        long clockMicros,
        Map<String, Long> projects,
        Set<Measure> measures) {
    public SourceTick {
        projects = Map.copyOf(projects);
        measures = Set.copyOf(measures);
    }

    /** The service that the source belongs to: what stands before the first slash. */
    public String service() {
        int slash = source.indexOf('/');
        return slash < 0 ? source : source.substring(0, slash);
    }
}
