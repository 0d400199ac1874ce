package dev.assay.quality.domain.judge;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much a project's judge may be asked in a day (UTC). It bounds what a judge costs whatever is sampled; it is no part of
 * the epoch, since it changes no score.
 *
 * @param calls questions, repeated attempts among them unless the endpoint turned them away; at least 1
 * @param tokens of questions and answers together, at least 1; null for no limit
 */
public record DailyCap(long calls, @Nullable Long tokens) {
    /** Where nothing else is said. */
    public static final DailyCap DEFAULT = new DailyCap(10_000, null);

    /** Fewer than most texts have, so that an estimate is rather too high: English has about four. */
    private static final int CHARACTERS_A_TOKEN = 3;

    /** Of an answer, for each criterion: a score and two sentences. */
    private static final int TOKENS_A_CRITERION = 150;

    /** With its answer, as long as none was counted that day. */
    private static final int TOKENS_OF_A_QUESTION = 1_500;

    public DailyCap {
        if (calls < 1) {
            throw new IllegalArgumentException("calls must be >= 1, got: " + calls);
        }
        if (tokens != null && tokens < 1) {
            throw new IllegalArgumentException("tokens must be >= 1, got: " + tokens);
        }
    }

    /**
     * Tokens of a question and its answer, before it is asked.
     *
     * @param characters of all that is sent
     */
    public static long estimate(long characters, int criteria) {
        if (characters < 0 || criteria < 0) {
            throw new IllegalArgumentException(
                    "characters and criteria must be >= 0, got: " + characters + " and " + criteria);
        }
        return (characters + CHARACTERS_A_TOKEN - 1) / CHARACTERS_A_TOKEN + (long) TOKENS_A_CRITERION * criteria;
    }

    /**
     * How many questions more may be given to the judge on a day for responses of earlier times: half of the day's cap is
     * left to live ones.
     *
     * @param askedCalls what the day has come to
     * @param askedTokens as {@code askedCalls}
     * @param waiting questions that are with the judge already
     */
    public long leftForEarlier(long askedCalls, long askedTokens, long waiting) {
        long left = half(calls) - askedCalls;
        Long limit = tokens;
        if (limit != null) {
            long each = askedCalls == 0 ? TOKENS_OF_A_QUESTION : Math.max(1, askedTokens / askedCalls);
            left = Math.min(left, (half(limit) - askedTokens) / each);
        }
        return Math.max(0, left - waiting);
    }

    private static long half(long whole) {
        return whole - whole / 2;
    }

    /** The day of a time, in days since 1970-01-01. */
    public static int dayOf(Instant time) {
        return Math.toIntExact(
                Math.floorDiv(time.getEpochSecond(), Duration.ofDays(1).toSeconds()));
    }

    /** When the next day begins, and the whole cap is there again. */
    public static Instant renewedAfter(Instant time) {
        return Instant.EPOCH.plus(Duration.ofDays(dayOf(time) + 1L));
    }
}
