package dev.assay.quality.app;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.common.v1.Source;
import dev.assay.contracts.llm.v1.Feedback;
import dev.assay.contracts.llm.v1.FeedbackEvent;
import dev.assay.contracts.llm.v1.NamedScore;
import dev.assay.contracts.llm.v1.TaskOutcome;
import dev.assay.platform.window.Minutes;
import dev.assay.quality.domain.EventHash;
import dev.assay.quality.domain.users.IssueFinder;
import dev.assay.quality.domain.users.Satisfaction;
import dev.assay.quality.domain.users.TaskResult;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Turns feedback messages into what is stored and counted. */
public final class ReadFeedback {
    private static final int COMMENT_LENGTH = 4_000;
    private static final int CATEGORY_LENGTH = 200;

    private ReadFeedback() {}

    /** The feedback of an event that has some. */
    public static UserFeedback feedback(FeedbackEvent event) {
        Envelope envelope = event.getEnvelope();
        Feedback said = event.getFeedback();
        String tenant = envelope.getTenant();
        Boolean thumbUp = switch (said.getThumbs()) {
            case THUMBS_UP -> true;
            case THUMBS_DOWN -> false;
            default -> null;
        };
        Integer stars = Satisfaction.stars(said.hasRating() ? said.getRating() : null, thumbUp);
        String comment = text(said.getText(), COMMENT_LENGTH);
        String category = text(said.getCategory(), CATEGORY_LENGTH);
        return new UserFeedback(
                new TenantKey(tenant, EventHash.of(tenant, envelope.getEventId())),
                ScoreCalls.storable(envelope.getEventId()),
                version(event),
                envelope.getEventTimeUs(),
                Minutes.ofMicros(envelope.getEventTimeUs()),
                dimensions(said.getApp(), said.getEnvironment()),
                ScoreCalls.hashed(tenant, said.getUserId()),
                ScoreCalls.hashed(tenant, said.getCallEventId()),
                ScoreCalls.hashed(tenant, said.getTraceId()),
                ScoreCalls.storable(said.getCallEventId()),
                new Satisfaction(stars, said.hasNps() ? said.getNps() : null),
                thumbUp,
                comment,
                category,
                IssueFinder.find(comment, category, stars),
                said.hasScore() ? score(envelope.getSource(), said) : null);
    }

    private static GivenScore score(Source source, Feedback said) {
        NamedScore score = said.getScore();
        return new GivenScore(
                text(score.getName(), CATEGORY_LENGTH),
                score.hasValue() && Double.isFinite(score.getValue()) ? score.getValue() : null,
                text(score.getLabel(), CATEGORY_LENGTH),
                text(score.getExplanation(), COMMENT_LENGTH),
                source == Source.SOURCE_LANGFUSE_BATCH ? "langfuse" : "client",
                said.getCallEventId().isEmpty());
    }

    /** The outcome of an event that has one. */
    public static Outcome outcome(FeedbackEvent event) {
        Envelope envelope = event.getEnvelope();
        TaskOutcome outcome = event.getOutcome();
        String tenant = envelope.getTenant();
        String id = outcome.getTaskId().isEmpty() ? envelope.getEventId() : outcome.getTaskId();
        long time = envelope.getEventTimeUs() != 0 ? envelope.getEventTimeUs() : outcome.getEndTimeUs();
        return new Outcome(
                new TenantKey(tenant, EventHash.of(tenant, id)),
                ScoreCalls.storable(id),
                version(event),
                Minutes.ofMicros(time),
                dimensions(outcome.getApp(), outcome.getEnvironment()),
                ScoreCalls.hashed(tenant, outcome.getUserId()),
                new TaskResult(outcome.getSuccess(), outcome.getEndTimeUs() - outcome.getStartTimeUs()));
    }

    /** The time of receipt is no part of what was said: the same thing sent twice has the same digest. */
    private static Version version(FeedbackEvent event) {
        FeedbackEvent said = event.toBuilder()
                .setEnvelope(event.getEnvelope().toBuilder().clearReceivedTimeUs())
                .build();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(said.toByteArray());
            return new Version(event.getEnvelope().getReceivedTimeUs(), Arrays.copyOf(digest, 16));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static Dimensions dimensions(String app, String environment) {
        return Dimensions.newBuilder().setApp(app).setEnvironment(environment).build();
    }

    private static String text(@Nullable String said, int length) {
        return said == null ? "" : ScoreCalls.storable(ScoreCalls.cut(said, length));
    }
}
