package dev.assay.client;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a user thought of an answer; the fields are those of {@code POST /v1/feedback}. At least one verdict is needed. */
public final class Feedback implements Event {
    private static final String[] VERDICTS = {"rating", "thumbs", "nps", "text", "category"};

    private final JsonFields fields;

    private Feedback(JsonFields fields) {
        this.fields = fields;
    }

    /** On the call with this {@link LlmCall#eventId() event_id}. */
    public static Builder on(String callEventId) {
        return new Builder(Objects.requireNonNull(callEventId, "callEventId"));
    }

    @Override
    public String path() {
        return "/v1/feedback";
    }

    @Override
    public byte[] toLine() {
        return fields.toLine();
    }

    /** Sets what the user said. */
    public static final class Builder {
        private final JsonFields fields = new JsonFields();

        private Builder(String callEventId) {
            fields.set("event_id", UUID.randomUUID().toString());
            fields.set("call_event_id", callEventId);
        }

        /** One to five. */
        public Builder rating(int rating) {
            return set("rating", rating);
        }

        public Builder thumbsUp() {
            return set("thumbs", "up");
        }

        public Builder thumbsDown() {
            return set("thumbs", "down");
        }

        /** Nought to ten: how likely to recommend. */
        public Builder nps(int score) {
            return set("nps", score);
        }

        public Builder text(@Nullable String text) {
            return set("text", text);
        }

        public Builder category(@Nullable String category) {
            return set("category", category);
        }

        public Builder userId(@Nullable String userId) {
            return set("user_id", userId);
        }

        public Builder app(@Nullable String app) {
            return set("app", app);
        }

        private Builder set(String field, @Nullable Object value) {
            fields.set(field, value);
            return this;
        }

        /**
         * The feedback.
         *
         * @throws IllegalStateException if it says nothing
         */
        public Feedback build() {
            for (String verdict : VERDICTS) {
                if (fields.has(verdict)) {
                    return new Feedback(new JsonFields(fields));
                }
            }
            throw new IllegalStateException("feedback needs a rating, thumbs, nps, text or category");
        }
    }
}
