package dev.assay.alert.domain.notification;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a failed delivery is tried again: on 5xx, 429 and no answer, after 1 s, 2 s, 4 s … up to 30 s, each stretched by up
 * to a half at random, so that receivers that come back are not met by everyone at once; or after what the receiver asks
 * for. Any other answer is final. After a day it is given up.
 */
public final class RetryPolicy {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofDays(1);
    private static final int MAX_DOUBLINGS = 5;

    private RetryPolicy() {}

    /**
     * What follows from {@code attempt}.
     *
     * @param attempts how many were made, this one among them
     * @param age how long ago the notification was decided
     * @param jitter a random number from 0 to 1
     */
    public static NextStep after(Attempt attempt, int attempts, Duration age, double jitter) {
        if (attempt instanceof Attempt.Forbidden forbidden) {
            return new NextStep.GiveUp(forbidden.reason());
        }
        if (attempt instanceof Attempt.Answered answered) {
            String detail = "status " + answered.status();
            if (answered.status() >= 200 && answered.status() < 300) {
                return new NextStep.Delivered(detail);
            }
            if (answered.status() >= 300 && answered.status() < 400) {
                return new NextStep.GiveUp(detail + ": redirects are not followed");
            }
            if (answered.status() < 500 && answered.status() != 429) {
                return new NextStep.GiveUp(detail + ": not tried again");
            }
            return retry(backOff(attempts, jitter, answered.retryAfter()), age, detail);
        }
        String reason = ((Attempt.Unreachable) attempt).reason();
        return retry(backOff(attempts, jitter, null), age, reason);
    }

    private static NextStep retry(Duration delay, Duration age, String detail) {
        return age.compareTo(PATIENCE) > 0
                ? new NextStep.GiveUp(detail + ": given up after a day")
                : new NextStep.Retry(delay, detail);
    }

    private static Duration backOff(int attempts, double jitter, @Nullable Duration asked) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(MAX_DOUBLINGS, Math.max(0, attempts - 1)));
        Duration base = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        Duration delay = base.plusMillis((long) (base.toMillis() * 0.5 * jitter));
        if (asked != null && asked.compareTo(delay) > 0) {
            return asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
        }
        return delay;
    }
}
