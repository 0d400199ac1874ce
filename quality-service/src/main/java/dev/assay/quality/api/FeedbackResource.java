package dev.assay.quality.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import dev.assay.quality.app.FeedbackReads;
import dev.assay.quality.app.FeedbackReads.Complaints;
import dev.assay.quality.app.FeedbackReads.Place;
import dev.assay.quality.app.FeedbackReads.Reports;
import dev.assay.quality.domain.users.Issue;
import dev.assay.quality.domain.users.IssueTrend;
import dev.assay.quality.domain.users.QueryGroups;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What users said: the lowest rated feedback, the queries behind it grouped by likeness, and what comments complain
 * about. All take the range and the filters of the KPI endpoints.
 */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.READ)
public class FeedbackResource {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST_ID = 1_000;
    private static final int MOST_LIMIT = 500;
    private static final int DEFAULT_RATING = 2;
    private static final int GROUPED_QUERIES = 1_000;

    private final CurrentCaller caller;
    private final FeedbackReads feedback;

    FeedbackResource(CurrentCaller caller, FeedbackReads feedback) {
        this.caller = caller;
        this.feedback = feedback;
    }

    /** A page of feedback. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Page(List<Item> items, @Nullable String nextCursor) {}

    /** One piece of feedback; {@code query} is the opening of the question, null when it is not known. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Item(
            String eventId,
            Instant eventTime,
            @Nullable String app,
            @Nullable String environment,
            int rating,
            @Nullable String thumbs,
            @Nullable String text,
            @Nullable String category,
            List<String> issues,
            @Nullable String callEventId,
            @Nullable String query) {}

    /** Low rated queries, grouped by likeness: the largest group first. */
    @RegisterForReflection
    public record QueryList(Instant from, Instant to, List<QueryGroups.Group> items) {}

    /** What feedback complains about, most reports first. */
    @RegisterForReflection
    public record IssueList(Instant from, Instant to, long feedback, long previousFeedback, List<IssueItem> items) {}

    /** One issue against the period before. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record IssueItem(
            String issue,
            long count,
            long previous,
            @Nullable Double changeRatio,
            @Nullable Boolean changeSignificant,
            @Nullable Double pValue,
            List<String> examples) {}

    @GET
    @Path("/feedback")
    @Operation(
            summary = "Rated feedback, the lowest first, then the latest",
            description = "max_rating (1 to 5, default 2), call_event_id, limit (default 50), cursor, and the range and"
                    + " filters of the KPI endpoints.")
    public Uni<Page> feedback(@Context UriInfo uri) {
        KpiQuery query = query(uri, Set.of("max_rating", "call_event_id", "limit", "cursor"));
        int limit = number(uri, "limit", 1, MOST_LIMIT, DEFAULT_LIMIT);
        int rating = number(uri, "max_rating", 1, 5, DEFAULT_RATING);
        Place after = FeedbackCursor.read(uri.getQueryParameters().getFirst("cursor"));
        String call = uri.getQueryParameters().getFirst("call_event_id");
        if (call != null && (call.isEmpty() || call.length() > MOST_ID || call.indexOf('\0') >= 0)) {
            throw Problem.badRequest("call_event_id", "must have 1 to " + MOST_ID + " characters and no NUL");
        }
        return feedback.lowest(caller.tenant(), query, rating, call, limit + 1, after)
                .map(found -> {
                    boolean more = found.size() > limit;
                    List<FeedbackReads.Item> page = more ? found.subList(0, limit) : found;
                    String cursor = more ? FeedbackCursor.write(page.get(page.size() - 1)) : null;
                    return new Page(page.stream().map(FeedbackResource::item).toList(), cursor);
                });
    }

    @GET
    @Path("/feedback/queries")
    @Operation(
            summary = "The queries behind low ratings, grouped by likeness",
            description = "Of the 1,000 lowest rated in the range; max_rating (1 to 5, default 2).")
    public Uni<QueryList> queries(@Context UriInfo uri) {
        KpiQuery query = query(uri, Set.of("max_rating"));
        int rating = number(uri, "max_rating", 1, 5, DEFAULT_RATING);
        return feedback.lowRatedQueries(caller.tenant(), query, rating, GROUPED_QUERIES)
                .map(found -> new QueryList(query.range().from(), query.range().to(), QueryGroups.of(found)));
    }

    @GET
    @Path("/issues")
    @Operation(
            summary = "What feedback complains about, against the period before",
            description =
                    "A complaint that is denied (\"nothing wrong\") does not count. change_significant compares the"
                            + " issue's share of the feedback in both periods.")
    public Uni<IssueList> issues(@Context UriInfo uri) {
        KpiQuery query = query(uri, Set.of());
        String tenant = caller.tenant();
        return feedback.complaints(tenant, query, query.range())
                .chain(now -> feedback.complaints(tenant, query, query.range().previous())
                        .map(before -> new IssueList(
                                query.range().from(),
                                query.range().to(),
                                now.feedback(),
                                before.feedback(),
                                items(now, before))));
    }

    private static List<IssueItem> items(Complaints now, Complaints before) {
        List<IssueItem> items = new ArrayList<>();
        for (Issue issue : Issue.values()) {
            Reports reports = now.byIssue().getOrDefault(issue, new Reports(0, List.of()));
            Reports previous = before.byIssue().getOrDefault(issue, new Reports(0, List.of()));
            if (reports.count() + previous.count() > 0) {
                IssueTrend trend =
                        IssueTrend.of(issue, reports.count(), now.feedback(), previous.count(), before.feedback());
                items.add(new IssueItem(
                        issue.wireName(),
                        trend.count(),
                        trend.previous(),
                        trend.changeRatio(),
                        trend.changeSignificant(),
                        trend.pValue(),
                        reports.examples()));
            }
        }
        items.sort(Comparator.comparingLong(IssueItem::count).reversed().thenComparing(IssueItem::issue));
        return items;
    }

    private static Item item(FeedbackReads.Item it) {
        return new Item(
                it.eventId(),
                Instant.EPOCH.plus(it.eventTimeUs(), ChronoUnit.MICROS),
                orNull(it.app()),
                orNull(it.environment()),
                it.stars(),
                it.thumbUp() == null ? null : it.thumbUp() ? "up" : "down",
                orNull(it.comment()),
                orNull(it.category()),
                it.issues().stream().map(Issue::wireName).toList(),
                orNull(it.callEventId()),
                it.query());
    }

    private static KpiQuery query(UriInfo uri, Set<String> own) {
        return KpiQuery.parse(uri.getQueryParameters(), Instant.now(), own);
    }

    private static int number(UriInfo uri, String name, int least, int most, int otherwise) {
        String text = uri.getQueryParameters().getFirst(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // refused below, as a number out of range is
        }
        throw Problem.badRequest(
                name, "must be " + least + " to " + most + ", got: " + (text.length() > 60 ? "…" : text));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
