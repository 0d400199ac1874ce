package dev.assay.localstack.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * When the demonstration's traces start: by the hour of the day and the day of the week, in UTC.
 *
 * <p>What happens in a minute depends on that minute, and how much of it on its age: a second replay sends nothing for
 * the past that the first has not sent, so it is recognised as duplicates, and adds the minutes in between.
 */
final class Schedule {
    private static final long SEED = 0x41535341594C4CL;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final double BUSIEST_PER_MINUTE = 0.75;
    private static final double NIGHT_RATIO = 0.18;
    private static final double WEEKEND_RATIO = 0.45;
    private static final int BUSIEST_HOUR = 14;
    private static final int MINUTE_SECONDS = 60;
    private static final int MINUTE_MILLIS = 60_000;

    /** How long it takes the made-up business to grow by a factor of e. */
    private static final Duration GROWTH = Duration.ofDays(25);

    /**
     * A trace to be: when it starts, the seed of all else about it, and at what share of today's traffic it would be
     * among those that happen, from 0 (always) to 1.
     */
    record Moment(Instant start, long seed, double rank) {}

    /** The traces of {@code [from, now)} in order of minutes: fewer the longer ago, as of a business that grows. */
    static List<Moment> until(Instant now, Duration reach) {
        return between(now.minus(reach), now).stream()
                .filter(moment -> moment.rank() < share(Duration.between(moment.start(), now)))
                .toList();
    }

    /** What share of today's traffic there was so long ago. */
    private static double share(Duration age) {
        return Math.exp(-(double) age.toMillis() / GROWTH.toMillis());
    }

    /** All traces that start in {@code [from, to)}, in order of minutes. */
    static List<Moment> between(Instant from, Instant to) {
        List<Moment> moments = new ArrayList<>();
        for (long minute = from.getEpochSecond() / MINUTE_SECONDS;
                minute * MINUTE_SECONDS < to.getEpochSecond();
                minute++) {
            for (Moment moment : of(minute)) {
                if (!moment.start().isBefore(from) && moment.start().isBefore(to)) {
                    moments.add(moment);
                }
            }
        }
        return moments;
    }

    /** Whether the provider is in trouble: three quarters of an hour on every third day. */
    static boolean isTroubled(Instant time) {
        LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        return utc.toLocalDate().toEpochDay() % 3 == 1 && utc.getHour() == BUSIEST_HOUR && utc.getMinute() < 45;
    }

    private static List<Moment> of(long minute) {
        SplittableRandom random = new SplittableRandom(SEED ^ minute * SPREAD);
        Instant start = Instant.ofEpochSecond(minute * MINUTE_SECONDS);
        int count = poisson(ratePerMinute(start), random);
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            moments.add(new Moment(
                    start.plusMillis(random.nextInt(MINUTE_MILLIS)), random.nextLong(), random.nextDouble()));
        }
        return moments;
    }

    private static double ratePerMinute(Instant time) {
        LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        double hour = utc.getHour() + utc.getMinute() / 60.0;
        double wave = (1 + Math.cos((hour - BUSIEST_HOUR) / 24 * 2 * Math.PI)) / 2;
        boolean weekend = utc.getDayOfWeek() == DayOfWeek.SATURDAY || utc.getDayOfWeek() == DayOfWeek.SUNDAY;
        return BUSIEST_PER_MINUTE * (NIGHT_RATIO + (1 - NIGHT_RATIO) * wave) * (weekend ? WEEKEND_RATIO : 1);
    }

    /** Knuth's multiplication method: fine for the small rates here. */
    private static int poisson(double rate, SplittableRandom random) {
        double limit = Math.exp(-rate);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    private Schedule() {}
}
