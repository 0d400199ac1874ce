package dev.assay.alert.domain.watch;

import java.time.Duration;
import java.util.Locale;

/**
 * Something that is wrong with alerting itself, as one look found it.
 *
 * @param subject what it is about: a service, a receiver's name; empty for the project as a whole
 * @param detail for people; never holds anything that a receiver sent
 */
public record Finding(Kind kind, String subject, String detail) {
    private static final int MAX_DETAIL = 500;

    /** What can be wrong, and for how long it must be before it is an alert. */
    public enum Kind {
        /** A service's windows, or some of them, are minutes behind: its alerts look at the past. */
        PIPELINE_LAG(Duration.ofMinutes(2)), // after a start of the whole installation no source has been heard yet
        /** A project was due for three evaluations, and there was none. */
        MISSED_EVALUATIONS(Duration.ofMinutes(1)), // after a pause of the pipeline all are due for a moment
        /** The last notification to a receiver was refused or given up. */
        DELIVERY_FAILED(Duration.ZERO),
        /** A notification has waited for minutes. */
        DELIVERY_LATE(Duration.ZERO);

        private final Duration patience;

        Kind(Duration patience) {
            this.patience = patience;
        }

        /** For how long it must be found before it is an alert. */
        public Duration patience() {
            return patience;
        }

        /** {@code pipeline_lag}, … */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The kind of a wire name.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Kind ofWireName(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        /** Whether the house itself does not see or think, whatever the receivers do. */
        public boolean isBlindness() {
            return this == PIPELINE_LAG || this == MISSED_EVALUATIONS;
        }
    }

    /** What makes two findings the same alert. */
    public record Key(Kind kind, String subject) {}

    public Finding {
        detail = detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail;
    }

    public Key key() {
        return new Key(kind, subject);
    }
}
