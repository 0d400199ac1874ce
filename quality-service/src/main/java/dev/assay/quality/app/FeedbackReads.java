package dev.assay.quality.app;

import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.window.TimeRange;
import dev.assay.quality.domain.users.Issue;
import dev.assay.quality.domain.users.QueryGroups.RatedQuery;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads feedback: the lowest rated first, and what it complains about. */
public interface FeedbackReads {
    /** One piece of feedback; {@code query} is the opening of what was asked, null when unknown. */
    record Item(
            UUID hash,
            String eventId,
            long eventTimeUs,
            String app,
            String environment,
            int stars,
            @Nullable Boolean thumbUp,
            String comment,
            String category,
            Set<Issue> issues,
            String callEventId,
            @Nullable String query) {}

    /** Where a page goes on: behind this item in the order of the list. */
    record Place(int stars, long eventTimeUs, UUID hash) {}

    /** Reports of one issue, with the latest comments. */
    record Reports(long count, List<String> examples) {}

    /** What feedback in a range complains about; {@code feedback} counts all that has words or a category. */
    record Complaints(long feedback, Map<Issue, Reports> byIssue) {}

    /**
     * Rated feedback, the lowest first, then the latest.
     *
     * @param callEventId the call that it is about; null for any
     */
    Uni<List<Item>> lowest(
            String tenant,
            KpiQuery query,
            int mostStars,
            @Nullable String callEventId,
            int limit,
            @Nullable Place after);

    /** The queries behind low ratings, as far as they are known. */
    Uni<List<RatedQuery>> lowRatedQueries(String tenant, KpiQuery query, int mostStars, int limit);

    /** The complaints in a range, in the series that the query asks for. */
    Uni<Complaints> complaints(String tenant, KpiQuery query, TimeRange range);
}
