package dev.assay.alert.app;

import dev.assay.alert.domain.incident.Expiry;
import dev.assay.alert.domain.rule.Rule;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.BiFunction;

/** Open incidents whose alerts have no value, or have one again. */
public interface ExpiryStore {
    /** The projects that have such incidents. */
    Uni<List<String>> tenants();

    /**
     * Does what {@code decide} says of each candidate of a project, while nobody evaluates the project.
     *
     * @return how many incidents changed; 0 if somebody evaluates it
     */
    Uni<Integer> apply(String tenant, BiFunction<List<Rule>, Candidate, Expiry.Step> decide);

    /** An open incident whose alert fires. Minutes count from the epoch, in event time. */
    record Candidate(
            String incidentId,
            String ruleId,
            boolean expired,
            boolean measured,
            long measuredMinute,
            long evaluatedMinute) {}
}
