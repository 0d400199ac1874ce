package dev.assay.quality.app;

import dev.assay.quality.domain.judge.Agreement.Pair;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps what people gave responses that a judge scored too. */
public interface Labels {
    /** A response to label; {@code prompt} and {@code context} are null when unknown. */
    record Item(
            String eventId,
            @Nullable String prompt,
            String response,
            @Nullable String context) {}

    /** Keeps a person's score; the person's earlier one of the same response is replaced. False if no call is known. */
    Uni<Boolean> put(String tenant, String eventId, String criterion, String labeler, int score, Instant now);

    /**
     * Responses that a judge scored in an epoch and that a labeler has not labelled, in an order by hash: a random sample
     * that is the same for all labelers. What the judge gave is not shown, so that it does not sway them.
     */
    Uni<List<Item>> queue(String tenant, String epoch, String criterion, String labeler, int limit);

    /** By criterion: what people (their median, the lower one of two) and the judge gave the same responses. */
    Uni<Map<String, List<Pair>>> pairs(String tenant, String epoch);
}
