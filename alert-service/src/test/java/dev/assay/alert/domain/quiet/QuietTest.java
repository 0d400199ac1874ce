package dev.assay.alert.domain.quiet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.alert.domain.incident.IncidentChange.Reason;
import dev.assay.alert.domain.rule.InvalidRule;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietTest {
    private static final Instant NOW = Instant.parse("2026-03-11T12:00:00Z");
    private static final Map<String, String> CHAT = Map.of("app", "chat", "severity", "high");

    private static Matcher matcher(String label, String op, String... values) {
        return new Matcher(label, op.equals("!="), List.of(values));
    }

    private static Silence silence(Instant from, Instant to, Matcher... matchers) {
        return new Silence("s", List.of(matchers), from, to, null, "", "");
    }

    @ParameterizedTest(name = "{0} is like {1}: {2}")
    @CsvSource({
        "chat, chat, true",
        "chat, cha, false",
        "chat, ch*, true",
        "chat, *t, true",
        "chat, c*a*, true",
        "chat, *, true",
        "'', *, true",
        "'', chat, false",
        "chat, c*x, false",
        "a*b, a*b, true",
        "chatty, chat, false",
    })
    void aMatcherTakesWildcards(String value, String pattern, boolean matches) {
        assertThat(matcher("app", "=", pattern).matches(Map.of("app", value))).isEqualTo(matches);
        assertThat(matcher("app", "!=", pattern).matches(Map.of("app", value))).isNotEqualTo(matches);
    }

    @Test
    @Timeout(10)
    void aNastyPatternIsHarmless() {
        String pattern = "*a".repeat(99) + "b";
        assertThat(matcher("app", "=", pattern).matches(Map.of("app", "a".repeat(5_000))))
                .isFalse();
    }

    @Test
    void aMatcherTakesOneOfItsValuesAndALabelThatIsMissingIsEmpty() {
        assertThat(matcher("app", "=", "search", "chat").matches(CHAT)).isTrue();
        assertThat(matcher("app", "!=", "search", "chat").matches(CHAT)).isFalse();
        assertThat(matcher("team", "=", "").matches(CHAT)).isTrue();
        assertThat(matcher("team", "!=", "core").matches(CHAT)).isTrue();
    }

    @Test
    void aSilenceHoldsFromItsStartUntilItsEndForWhatMatchesItWholly() {
        Silence silence =
                silence(NOW, NOW.plusSeconds(60), matcher("app", "=", "chat"), matcher("severity", "=", "high"));
        assertThat(silence.silences(CHAT, NOW.minusMillis(1))).isFalse();
        assertThat(silence.silences(CHAT, NOW)).isTrue();
        assertThat(silence.silences(CHAT, NOW.plusSeconds(60))).isFalse();
        assertThat(silence.silences(Map.of("app", "chat", "severity", "low"), NOW))
                .isFalse();
        assertThat(silence.state(NOW.minusMillis(1))).isEqualTo(Silence.State.PENDING);
        assertThat(silence.state(NOW)).isEqualTo(Silence.State.ACTIVE);
        assertThat(silence.state(NOW.plusSeconds(60))).isEqualTo(Silence.State.EXPIRED);
    }

    @Test
    void aSilenceSaysWhatIsWrongWithIt() {
        assertThatThrownBy(() -> silence(NOW, NOW, matcher("app", "=", "chat")))
                .isInstanceOfSatisfying(
                        InvalidRule.class, e -> assertThat(e.field()).isEqualTo("ends_at"));
        assertThatThrownBy(() -> silence(NOW, NOW.plusSeconds(1)))
                .isInstanceOfSatisfying(
                        InvalidRule.class, e -> assertThat(e.field()).isEqualTo("matchers"));
        assertThatThrownBy(() -> matcher("app", "="))
                .isInstanceOfSatisfying(
                        InvalidRule.class, e -> assertThat(e.field()).isEqualTo("matchers"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2026-03-14T20:59:00Z, false", // Saturday 21:59 in Berlin, in winter
        "2026-03-14T21:00:00Z, true",
        "2026-03-15T00:59:00Z, true", // over midnight into Sunday, 01:59
        "2026-03-15T01:00:00Z, false",
        "2026-03-15T21:00:00Z, false", // Sunday evening is no Saturday
        "2026-07-04T19:59:00Z, false", // in summer 22:00 comes an hour earlier
        "2026-07-04T20:00:00Z, true",
        "2026-07-05T00:00:00Z, false",
    })
    void aMaintenanceWindowGoesByTheWallClockOfItsTimeZone(Instant at, boolean quiet) {
        Weekly weekly = new Weekly(
                Set.of(DayOfWeek.SATURDAY), LocalTime.of(22, 0), LocalTime.of(2, 0), ZoneId.of("Europe/Berlin"));
        Silence window = new Silence("m", List.of(matcher("app", "=", "*")), Instant.EPOCH, null, weekly, "", "");
        assertThat(window.silences(CHAT, at)).isEqualTo(quiet);
    }

    @Test
    void theNightThatTheClockChangesIsAnHourShorterOrLonger() {
        Weekly weekly = new Weekly(
                Set.of(DayOfWeek.SATURDAY), LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("Europe/Berlin"));
        assertThat(minutes(weekly, "2026-03-28T12:00:00Z")).isEqualTo(7 * 60);
        assertThat(minutes(weekly, "2026-10-24T12:00:00Z")).isEqualTo(9 * 60);
        assertThat(minutes(weekly, "2026-06-06T12:00:00Z")).isEqualTo(8 * 60);
    }

    private static long minutes(Weekly weekly, String from) {
        long minutes = 0;
        for (Instant at = Instant.parse(from);
                at.isBefore(Instant.parse(from).plus(Duration.ofDays(1)));
                at = at.plusSeconds(60)) {
            minutes += weekly.includes(at) ? 1 : 0;
        }
        return minutes;
    }

    @Test
    void aFiringSourceInhibitsTargetsWithTheSameLabelsButNotItself() {
        Inhibition inhibition = new Inhibition(
                "i",
                List.of(matcher("severity", "=", "critical")),
                List.of(matcher("severity", "=", "critical", "high")),
                List.of("app"));
        Map<String, String> source = Map.of("app", "chat", "severity", "critical", "rule", "Down");
        assertThat(quiet(inhibition, source).of(CHAT)).contains(Reason.INHIBITED);
        assertThat(quiet(inhibition, source).of(Map.of("app", "search", "severity", "high")))
                .isEmpty();
        assertThat(quiet(inhibition, source).of(source)).isEmpty();
        assertThat(quiet(inhibition, CHAT).of(CHAT)).isEmpty();
        assertThat(Quiet.NONE.of(CHAT)).isEmpty();
    }

    private static Quiet quiet(Inhibition inhibition, Map<String, String> firing) {
        return new Quiet(List.of(), List.of(inhibition), List.of(firing), NOW);
    }
}
