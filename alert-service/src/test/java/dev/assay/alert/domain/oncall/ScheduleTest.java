package dev.assay.alert.domain.oncall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.alert.domain.oncall.Schedule.Shift;
import dev.assay.alert.domain.quiet.Weekly;
import dev.assay.alert.domain.rule.InvalidRule;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final List<String> ZONES = List.of(
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe", // summer time of half an hour
            "Asia/Kathmandu",
            "America/Santiago", // its clock changes at midnight
            "Africa/Casablanca",
            "UTC");

    private static List<Person> people(String... names) {
        return List.of(names).stream()
                .map(name -> new Person(name, List.of(name + "-phone")))
                .toList();
    }

    private static Layer layer(String start, String handoff, int days, ZoneId zone, String... people) {
        return new Layer(List.of(people), LocalDate.parse(start), LocalTime.parse(handoff), days, zone, null);
    }

    private static Schedule schedule(List<StandIn> standIns, Layer... layers) {
        return new Schedule("s", "primary", BERLIN, people("Kim", "Lee", "Ada"), List.of(layers), standIns);
    }

    private static @Nullable String who(Schedule schedule, String at) {
        return schedule.at(Instant.parse(at))
                .map(shift -> shift.person().name())
                .orElse(null);
    }

    @ParameterizedTest(name = "at {0}: {1}, until {2}")
    @CsvSource({
        "2026-03-02T07:59:59Z, '', ''",
        "2026-03-02T08:00:00Z, Kim, 2026-03-09T08:00:00Z",
        "2026-03-09T07:59:59Z, Kim, 2026-03-09T08:00:00Z",
        "2026-03-09T08:00:00Z, Lee, 2026-03-16T08:00:00Z",
        "2026-03-29T12:00:00Z, Ada, 2026-03-30T07:00:00Z", // summer time since that morning: 9:00 is 7:00 UTC
        "2026-03-30T07:00:00Z, Lee, 2026-04-06T07:00:00Z",
    })
    void handsOverByTheClockOnTheWall(String at, String person, String until) {
        Layer weekly = layer("2026-03-02", "09:00", 7, BERLIN, "Kim", "Lee", "Kim", "Ada", "Lee");
        // turns: Kim 2 March, Lee 9, Kim 16, Ada 23, Lee 30
        Optional<Shift> shift = schedule(List.of(), weekly).at(Instant.parse(at));
        assertThat(shift.map(one -> one.person().name()).orElse("")).isEqualTo(person);
        assertThat(shift.map(one -> String.valueOf(one.until())).orElse("")).isEqualTo(until);
    }

    @Test
    void aHandoffInTheSkippedHourComesAnHourLaterAndInTheDoubledHourFirst() {
        Layer daily = layer("2026-03-28", "02:30", 1, BERLIN, "Kim", "Lee");
        Schedule schedule = schedule(List.of(), daily);
        assertThat(who(schedule, "2026-03-29T01:29:59Z")).isEqualTo("Kim"); // 03:29:59, there was no 02:30
        assertThat(who(schedule, "2026-03-29T01:30:00Z")).isEqualTo("Lee");
        assertThat(who(schedule, "2026-10-25T00:29:59Z")).isEqualTo("Kim"); // day 210 ended
        assertThat(who(schedule, "2026-10-25T00:30:00Z")).isEqualTo("Lee"); // 02:30 the first time
        assertThat(who(schedule, "2026-10-25T01:30:00Z")).isEqualTo("Lee"); // and the second
    }

    @Test
    void aLaterLayerGoesFirstInItsHoursAndTheLastStandInBeforeAll() {
        Layer always = layer("2026-03-02", "09:00", 7, BERLIN, "Kim");
        Weekly nights = new Weekly(Set.of(DayOfWeek.FRIDAY), LocalTime.of(22, 0), LocalTime.of(6, 0), BERLIN);
        Layer friday = new Layer(List.of("Lee"), LocalDate.parse("2026-03-02"), LocalTime.of(9, 0), 7, BERLIN, nights);
        StandIn first =
                new StandIn("1", "Kim", Instant.parse("2026-03-06T22:00:00Z"), Instant.parse("2026-03-06T23:00:00Z"));
        StandIn second =
                new StandIn("2", "Ada", Instant.parse("2026-03-06T22:30:00Z"), Instant.parse("2026-03-06T22:45:00Z"));
        StandIn gone = new StandIn(
                "3", "Nobody", Instant.parse("2026-03-06T00:00:00Z"), Instant.parse("2026-03-07T00:00:00Z"));
        Schedule schedule = schedule(List.of(first, second, gone), always, friday);
        assertThat(who(schedule, "2026-03-06T20:59:59Z")).isEqualTo("Kim");
        assertThat(who(schedule, "2026-03-06T21:00:00Z")).isEqualTo("Lee");
        assertThat(who(schedule, "2026-03-06T22:00:00Z")).isEqualTo("Kim");
        assertThat(who(schedule, "2026-03-06T22:30:00Z")).isEqualTo("Ada");
        assertThat(who(schedule, "2026-03-06T22:45:00Z")).isEqualTo("Kim");
        assertThat(who(schedule, "2026-03-06T23:00:00Z")).isEqualTo("Lee");
        assertThat(who(schedule, "2026-03-07T05:00:00Z")).isEqualTo("Kim");
        assertThat(schedule.at(Instant.parse("2026-03-06T22:40:00Z")))
                .hasValueSatisfying(shift -> assertThat(shift.standIn()).isTrue());
    }

    @Test
    void oneWhoIsAloneIsOnCallWithoutAnEnd() {
        assertThat(schedule(List.of(), layer("2026-03-02", "09:00", 7, BERLIN, "Kim"))
                        .at(Instant.parse("2026-03-11T12:00:00Z")))
                .hasValueSatisfying(shift -> assertThat(shift.until()).isNull());
    }

    /** Beside the plainest model: walk from day to day, and hand over when the wall clock says so. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyMomentHasTheOneWhoseTurnItIs(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 40; round++) {
            ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            LocalDate start = LocalDate.of(2025, 1, 1).plusDays(random.nextInt(365));
            LocalTime handoff = LocalTime.of(random.nextInt(24), random.nextInt(4) * 15);
            int days = random.nextInt(1, 15);
            List<String> turns = new ArrayList<>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                turns.add(List.of("Kim", "Lee", "Ada").get(random.nextInt(3)));
            }
            Layer layer = new Layer(turns, start, handoff, days, zone, null);
            List<Instant> begins = new ArrayList<>();
            for (LocalDate day = start; day.isBefore(start.plusDays(420)); day = day.plusDays(days)) {
                begins.add(ZonedDateTime.of(day, handoff, zone).toInstant());
            }
            for (int i = 0; i < 200; i++) {
                Instant at = begins.get(0).plusSeconds(random.nextLong(-86_400, 400L * 86_400));
                if (i < begins.size()) {
                    at = begins.get(i).minusSeconds(random.nextInt(2)); // the edges too
                }
                Instant moment = at;
                long begun =
                        begins.stream().filter(begin -> !begin.isAfter(moment)).count();
                Optional<String> expected =
                        begun == 0 ? Optional.empty() : Optional.of(turns.get((int) ((begun - 1) % turns.size())));
                assertThat(layer.at(at)).as("%s %s", layer, at).isEqualTo(expected);
            }
        }
    }

    /** What is said of the next change is true: the same person until then, and not at it. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theNextChangeIsTheFirst(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 30; round++) {
            ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            List<Layer> layers = new ArrayList<>();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                Weekly hours = random.nextBoolean()
                        ? null
                        : new Weekly(
                                EnumSet.of(DayOfWeek.of(random.nextInt(1, 8)), DayOfWeek.of(random.nextInt(1, 8))),
                                LocalTime.of(random.nextInt(24), 30 * random.nextInt(2)),
                                LocalTime.of(random.nextInt(24), 0),
                                zone);
                layers.add(new Layer(
                        List.of("Kim", "Lee", "Ada").subList(0, random.nextInt(1, 4)),
                        LocalDate.of(2025, 12, 20).plusDays(random.nextInt(30)),
                        LocalTime.of(random.nextInt(24), 0),
                        random.nextInt(1, 8),
                        zone,
                        hours));
            }
            Instant begin = Instant.parse("2026-01-20T00:00:00Z").plus(Duration.ofDays(random.nextInt(300)));
            StandIn standIn = new StandIn("o", "Ada", begin, begin.plusSeconds(random.nextLong(1, 400_000)));
            Schedule schedule = new Schedule("s", "s", zone, people("Kim", "Lee", "Ada"), layers, List.of(standIn));
            Instant at = begin.plusSeconds(60 * random.nextLong(-5_000, 5_000));
            Optional<Shift> shift = schedule.at(at);
            assertThat(schedule.onCall(at)).isEqualTo(shift.map(Shift::person));
            Instant until = shift.map(Shift::until).orElse(null);
            if (until == null) {
                continue;
            }
            String name = shift.orElseThrow().person().name();
            for (Instant moment = at; moment.isBefore(until); moment = moment.plusSeconds(300)) {
                assertThat(who(schedule, moment.toString()))
                        .as("%s at %s", schedule, moment)
                        .isEqualTo(name);
            }
            assertThat(who(schedule, until.minusMillis(1).toString())).isEqualTo(name);
            assertThat(who(schedule, until.toString())).isNotEqualTo(name);
        }
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> schedule(List.of(), layer("2026-03-02", "09:00", 7, BERLIN, "Max")))
                .isInstanceOf(InvalidRule.class)
                .hasMessageContaining("Max");
        assertThatThrownBy(() -> schedule(List.of())).isInstanceOf(InvalidRule.class);
        assertThatThrownBy(() -> layer("2026-03-02", "09:00", 0, BERLIN, "Kim")).isInstanceOf(InvalidRule.class);
        assertThatThrownBy(() -> layer("1970-03-02", "09:00", 7, BERLIN, "Kim")).isInstanceOf(InvalidRule.class);
        Instant now = Instant.EPOCH;
        assertThatThrownBy(() -> new StandIn("1", "Kim", now, now)).isInstanceOf(InvalidRule.class);
    }
}
