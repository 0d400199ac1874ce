package dev.assay.quality.app;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.quality.domain.users.Issue;
import dev.assay.quality.domain.users.Satisfaction;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One piece of feedback as it arrived.
 *
 * @param key which feedback it is
 * @param version of what was sent under this id, the latest counts
 * @param thumbUp null when no thumb was given
 * @param call hash of the call's event id; null when the feedback names none
 * @param score a score under a name of its sender's own; null when there is none
 * @param trace hash of the trace id; null when the feedback names none
 */
public record UserFeedback(
        TenantKey key,
        String eventId,
        Version version,
        long eventTimeUs,
        long minute,
        Dimensions dimensions,
        @Nullable UUID user,
        @Nullable UUID call,
        @Nullable UUID trace,
        String callEventId,
        Satisfaction satisfaction,
        @Nullable Boolean thumbUp,
        String comment,
        String category,
        Set<Issue> issues,
        @Nullable GivenScore score) {
    public UserFeedback {
        issues = Set.copyOf(issues);
    }
}
