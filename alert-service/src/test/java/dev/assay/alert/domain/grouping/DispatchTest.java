package dev.assay.alert.domain.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.alert.domain.grouping.Dispatch.Batch;
import dev.assay.alert.domain.grouping.Group.Reason;
import dev.assay.alert.domain.rule.InvalidRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DispatchTest {
    private static final Instant NOW = Instant.parse("2026-03-11T12:00:00Z");

    private static Grouping grouping(@Nullable Duration repeat, @Nullable Integer rate) {
        return new Grouping(List.of("app"), Duration.ofSeconds(30), Duration.ofMinutes(5), repeat, rate);
    }

    private static @Nullable Instant ago(@Nullable Long seconds) {
        return seconds == null ? null : NOW.minusSeconds(seconds);
    }

    @ParameterizedTest(name = "waiting for {0} s, told {1} s ago, open {2}, busy {3}: {4}")
    @CsvSource({
        "29,   ,     false, false, ",
        "30,   ,     false, false, GROUP_WAIT_ELAPSED",
        "30,   ,     false, true,  ",
        "30,   3600, false, false, GROUP_WAIT_ELAPSED", // what was told is over: a new group
        "299,  299,  true,  false, ",
        "1,    300,  true,  false, GROUP_INTERVAL_ELAPSED",
        ",     3599, true,  false, ",
        ",     3600, true,  false, REPEAT_INTERVAL_ELAPSED",
        ",     3600, false, false, ",
        ",     3600, true,  true,  ",
        ",     ,     false, false, ",
    })
    void aGroupIsDue(@Nullable Long waiting, @Nullable Long told, boolean open, boolean busy, @Nullable Reason reason) {
        Group group = new Group("g", ago(waiting), ago(told), open, busy);
        assertThat(group.due(grouping(Duration.ofHours(1), null), NOW).orElse(null))
                .isEqualTo(reason);
    }

    @Test
    void withoutARepeatIntervalNothingIsRepeated() {
        assertThat(new Group("g", null, NOW.minus(Duration.ofDays(9)), true, false).due(grouping(null, null), NOW))
                .isEmpty();
    }

    @Test
    void whatIsTooMuchForTheRateGoesInOneDigest() {
        List<Group> three = List.of(
                new Group("a", ago(60L), null, false, false),
                new Group("b", null, ago(9_000L), true, false),
                new Group("c", ago(60L), ago(600L), true, false));
        Grouping limited = grouping(Duration.ofHours(1), 4);
        assertThat(Dispatch.plan(limited, three, 1, NOW)).hasSize(3);
        assertThat(Dispatch.plan(limited, three, 2, NOW))
                .containsExactly(new Batch(List.of("a", "c"), Reason.GROUP_WAIT_ELAPSED));
        assertThat(Dispatch.plan(limited, three, 4, NOW)).isEmpty();
        assertThat(Dispatch.plan(limited, three, 9, NOW)).isEmpty();
    }

    @Test
    void aKeyHoldsTheValuesAndNoOtherGroupHasIt() {
        Grouping two = new Grouping(List.of("app", "team"), Duration.ZERO, Duration.ofMinutes(1), null, null);
        assertThat(two.key(Map.of("app", "chat", "severity", "high"))).isEqualTo("app=\"chat\",team=\"\"");
        assertThat(two.key(Map.of("app", "a\",team=\"b", "team", "")))
                .isNotEqualTo(two.key(Map.of("app", "a", "team", "b")));
    }

    /** A day of a receiver: everything is told once, soon enough, and never faster than allowed. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingIsLostOrLateOrTooFast(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Integer rate = seed % 2 == 0 ? null : Integer.valueOf(random.nextInt(1, 5));
        Grouping grouping = grouping(seed % 3 == 0 ? Duration.ofMinutes(20) : null, rate);
        Map<String, List<Instant>> waiting = new HashMap<>();
        Map<String, Instant> toldAt = new HashMap<>();
        Map<String, Boolean> open = new HashMap<>();
        List<Instant> sends = new ArrayList<>();
        int arrived = 0;
        int told = 0;
        for (int second = 0; second < 86_400; second += 5) {
            Instant now = NOW.plusSeconds(second);
            for (int i = 0; i < 6 && second < 80_000; i++) {
                if (random.nextInt(200) == 0) {
                    waiting.computeIfAbsent("g" + i, key -> new ArrayList<>()).add(now);
                    arrived++;
                }
            }
            List<Group> groups = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String key = "g" + i;
                List<Instant> queue = waiting.getOrDefault(key, List.of());
                groups.add(new Group(
                        key,
                        queue.isEmpty() ? null : queue.get(0),
                        toldAt.get(key),
                        open.getOrDefault(key, false),
                        false));
            }
            Instant periodStart = now.minus(Grouping.RATE_PERIOD);
            long sent = sends.stream().filter(one -> one.isAfter(periodStart)).count();
            for (Batch batch : Dispatch.plan(grouping, groups, sent, now)) {
                sends.add(now);
                for (String key : batch.keys()) {
                    List<Instant> queue = waiting.getOrDefault(key, new ArrayList<>());
                    for (Instant since : queue) {
                        Duration longest = grouping.groupInterval()
                                .plusSeconds(5)
                                .plus(rate == null ? Duration.ZERO : Grouping.RATE_PERIOD);
                        assertThat(Duration.between(since, now)).isLessThanOrEqualTo(longest);
                    }
                    told += queue.size();
                    queue.clear();
                    toldAt.put(key, now);
                    open.put(key, random.nextBoolean());
                }
            }
            long inPeriod =
                    sends.stream().filter(one -> one.isAfter(periodStart)).count();
            assertThat(rate == null || inPeriod <= rate).isTrue();
        }
        assertThat(arrived).isPositive();
        assertThat(told).isEqualTo(arrived);
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> new Grouping(List.of("App"), Duration.ZERO, Duration.ofMinutes(1), null, null))
                .isInstanceOf(InvalidRule.class);
        assertThatThrownBy(() -> new Grouping(List.of(), Duration.ofHours(1), Duration.ofMinutes(1), null, null))
                .isInstanceOf(InvalidRule.class);
        assertThatThrownBy(() -> new Grouping(List.of(), Duration.ZERO, Duration.ZERO, null, null))
                .isInstanceOf(InvalidRule.class);
        assertThatThrownBy(() -> grouping(Duration.ofSeconds(1), null)).isInstanceOf(InvalidRule.class);
        assertThatThrownBy(() -> grouping(null, 0)).isInstanceOf(InvalidRule.class);
    }
}
