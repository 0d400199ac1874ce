package dev.assay.ingest.domain.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.llm.v1.Feedback;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedbackDraftTest {
    private static final AcceptedTimes TIMES =
            AcceptedTimes.at(Instant.parse("2026-06-15T12:00:00Z"), Duration.ofDays(90));

    @ParameterizedTest
    @CsvSource({"rating, 0", "rating, 6", "nps, -1", "nps, 11"})
    void keepsScalesWithinTheirEnds(String field, long value) {
        FeedbackDraft draft = new FeedbackDraft();
        draft.set(field, value);
        Refusal refusal = draft.complete(TIMES);
        assertThat(refusal).isNotNull();
        assertThat(refusal.field()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({"rating, 1", "rating, 5", "nps, 0", "nps, 10"})
    void takesTheEndsThemselves(String field, long value) {
        FeedbackDraft draft = new FeedbackDraft();
        draft.set(field, value);
        assertThat(draft.complete(TIMES)).isNull();
        assertThat(draft.eventTimeUs()).isEqualTo(TIMES.nowUs());
    }

    @Test
    void mustSaySomething() {
        FeedbackDraft draft = new FeedbackDraft();
        draft.set("user_id", "u");
        assertThat(draft.complete(TIMES))
                .isEqualTo(new Refusal("rating", "is required, or one of thumbs, nps, text, category"));
        draft.set("thumbs", "down");
        assertThat(draft.complete(TIMES)).isNull();
        assertThat(draft.feedback().getThumbs()).isEqualTo(Feedback.Thumbs.THUMBS_DOWN);
    }

    @Test
    void anOutcomeNeedsATaskAJudgementAndAStart() {
        OutcomeDraft draft = new OutcomeDraft();
        assertThat(draft.complete(TIMES)).isEqualTo(new Refusal("task_id", "is required"));
        draft.set("task_id", "t1");
        assertThat(draft.complete(TIMES)).isEqualTo(new Refusal("success", "is required"));
        draft.set("success", false);
        assertThat(draft.complete(TIMES)).isEqualTo(new Refusal("start_time", "is required"));
        draft.set("start_time", "2026-06-15T11:00:00Z");
        assertThat(draft.complete(TIMES)).isNull();
        draft.set("end_time", "2026-06-15T10:59:59Z");
        assertThat(draft.complete(TIMES)).isEqualTo(new Refusal("end_time", "must not be before start_time"));
    }
}
