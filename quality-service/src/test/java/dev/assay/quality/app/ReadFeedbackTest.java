package dev.assay.quality.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.llm.v1.Feedback;
import dev.assay.contracts.llm.v1.FeedbackEvent;
import dev.assay.contracts.llm.v1.TaskOutcome;
import dev.assay.quality.domain.users.Issue;
import org.junit.jupiter.api.Test;

class ReadFeedbackTest {
    @Test
    void readsThumbsWordsAndWhatTheyAreAbout() {
        UserFeedback feedback = ReadFeedback.feedback(event(
                1,
                Feedback.newBuilder()
                        .setApp("chat")
                        .setThumbs(Feedback.Thumbs.THUMBS_DOWN)
                        .setText("This is wrong")
                        .setCallEventId("c1")));
        assertThat(feedback.satisfaction().stars()).isEqualTo(1);
        assertThat(feedback.thumbUp()).isFalse();
        assertThat(feedback.issues()).containsExactly(Issue.INCORRECT_ANSWER);
        assertThat(feedback.call()).isNotNull();
        assertThat(feedback.trace()).isNull();
        assertThat(feedback.dimensions().getApp()).isEqualTo("chat");
    }

    @Test
    void isTheSameVersionHoweverOftenItIsSent() {
        Version first = ReadFeedback.feedback(event(1, Feedback.newBuilder().setRating(4)))
                .version();
        Version again = ReadFeedback.feedback(event(2, Feedback.newBuilder().setRating(4)))
                .version();
        Version changed = ReadFeedback.feedback(event(1, Feedback.newBuilder().setRating(5)))
                .version();
        assertThat(again.digest()).isEqualTo(first.digest());
        assertThat(again).isGreaterThan(first);
        assertThat(changed).isNotEqualTo(first);
    }

    @Test
    void countsAnOutcomeByItsTask() {
        FeedbackEvent event = FeedbackEvent.newBuilder()
                .setEnvelope(
                        Envelope.newBuilder().setTenant("t").setEventId("e").setEventTimeUs(120_000_000))
                .setOutcome(TaskOutcome.newBuilder()
                        .setTaskId("task")
                        .setSuccess(true)
                        .setStartTimeUs(1_000)
                        .setEndTimeUs(5_000))
                .build();
        Outcome outcome = ReadFeedback.outcome(event);
        assertThat(outcome.result().durationUs()).isEqualTo(4_000);
        assertThat(outcome.minute()).isEqualTo(2);
        assertThat(outcome.taskId()).isEqualTo("task");
        assertThatThrownBy(() -> ReadFeedback.outcome(event.toBuilder()
                        .setOutcome(event.getOutcome().toBuilder().setEndTimeUs(0))
                        .build()))
                .hasMessageContaining("durationUs");
    }

    private static FeedbackEvent event(long receivedUs, Feedback.Builder feedback) {
        return FeedbackEvent.newBuilder()
                .setEnvelope(Envelope.newBuilder()
                        .setTenant("t")
                        .setEventId("f1")
                        .setEventTimeUs(60_000_000)
                        .setReceivedTimeUs(receivedUs))
                .setFeedback(feedback)
                .build();
    }
}
