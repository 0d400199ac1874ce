package dev.assay.platform.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.assay.platform.kpi.KpiQuery.InvalidParameter;
import dev.assay.platform.window.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KpiQueryTest {
    private static final Instant NOW = Instant.parse("2026-03-10T12:34:56.789Z");

    private static KpiQuery parse(String... pairs) {
        Map<String, List<String>> parameters = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            parameters.put(pairs[i], List.of(pairs[i + 1]));
        }
        return KpiQuery.parse(parameters, NOW);
    }

    private static TimeRange range(String from, String to) {
        return new TimeRange(Instant.parse(from), Instant.parse(to));
    }

    @Test
    void asksForTheLast24HoursUnlessToldOtherwise() {
        KpiQuery query = parse();
        assertThat(query.range()).isEqualTo(range("2026-03-09T12:34:00Z", "2026-03-10T12:35:00Z"));
        assertThat(query.step()).isNull();
        assertThat(query.steps()).isEqualTo(Steps.NONE);
        assertThat(query.groupBy()).isEmpty();
        assertThat(query.filters()).isEmpty();
        assertThat(query.zone().getId()).isEqualTo("Z");
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({
        "now-15m, now, 2026-03-10T12:19:00Z, 2026-03-10T12:35:00Z",
        "now-7d, now+1h, 2026-03-03T12:34:00Z, 2026-03-10T13:35:00Z",
        "now-2w, now-90s, 2026-02-24T12:34:00Z, 2026-03-10T12:34:00Z",
        "2026-03-01T00:00:00Z, 2026-03-02T00:00:00Z, 2026-03-01T00:00:00Z, 2026-03-02T00:00:00Z",
        "2026-03-01T00:00:00.001Z, 2026-03-02T00:00:00.001Z, 2026-03-01T00:00:00Z, 2026-03-02T00:01:00Z",
        "2026-03-01T02:00:00+02:00, 2026-03-02T00:00:00+00:00, 2026-03-01T00:00:00Z, 2026-03-02T00:00:00Z",
        "2026-03-01T02:00:00 02:00, now 1h, 2026-03-01T00:00:00Z, 2026-03-10T13:35:00Z", // plus signs not escaped
    })
    void readsTimesAndWidensThemToWholeMinutes(String from, String to, Instant first, Instant end) {
        assertThat(parse("from", from, "to", to).range()).isEqualTo(new TimeRange(first, end));
    }

    @Test
    void endsNowIfOnlyItsStartIsGivenAndStartsADayBeforeItsEnd() {
        assertThat(parse("from", "now-1h").range().to()).isEqualTo("2026-03-10T12:35:00Z");
        assertThat(parse("to", "2026-03-02T00:00:00Z").range().from()).isEqualTo("2026-03-01T00:00:00Z");
    }

    @Test
    void readsGroupsAndFilters() {
        KpiQuery query = KpiQuery.parse(
                Map.of(
                        "group_by", List.of("model,prompt_version", "model"),
                        "model", List.of("gpt-4o", "claude", "gpt-4o"),
                        "app", List.of("")),
                NOW);
        assertThat(query.groupBy()).containsExactly(Dimension.MODEL, Dimension.PROMPT_VERSION);
        assertThat(query.filters())
                .isEqualTo(Map.of(Dimension.MODEL, List.of("claude", "gpt-4o"), Dimension.APP, List.of("")));
        assertThat(query.named(List.of("gpt-4o", "7")))
                .containsExactly(Map.entry("model", "gpt-4o"), Map.entry("prompt_version", "7"));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            nullValues = "NULL",
            value = {
                "from, yesterday, RFC 3339",
                "from, now-5y, RFC 3339",
                "from, now-99999999999d, RFC 3339",
                "from, now-999999999d, years 1970",
                "from, '', RFC 3339",
                "from, 2026-03-01, RFC 3339",
                "from, -999999999-01-01T00:00:00Z, years 1970",
                "from, now, before to",
                "from, now+1h, before to",
                "to, 2026-13-01T00:00:00Z, RFC 3339",
                "from, now-401d, at most 400 days",
                "step, 5m, '1m, 1h or 1d'",
                "group_by, colour, environment",
                "group_by, '', environment",
                "group_by, 'model,', environment",
                "tz, Mars/Olympus, IANA",
                "colour, red, prompt_version",
            })
    void refusesAParameterByItsNameAndSaysWhatIsAllowed(String name, String value, String allowed) {
        assertThatExceptionOfType(InvalidParameter.class)
                .isThrownBy(() -> parse(name, value))
                .withMessageContaining(allowed)
                .satisfies(invalid -> assertThat(invalid.parameter()).isEqualTo(name));
    }

    @Test
    void refusesWhatWouldCostTooMuchBeforeItRuns() {
        refused("step", Map.of("step", List.of("1m"), "from", List.of("now-8d")));
        refused("from", Map.of("step", List.of("1m"), "from", List.of("now-520w")));
        refused("model", Map.of("model", Collections.nCopies(101, "m")));
        refused("app", Map.of("app", List.of("x".repeat(201))));
        refused("app", Map.of("app", List.of("a\0b")));
        refused("from", Map.of("from", List.of("now-1h", "now-2h")));
        assertThat(parse("step", "1m", "from", "now-7d").steps().size()).isEqualTo(7 * 1440 + 1);
    }

    private static void refused(String parameter, Map<String, List<String>> parameters) {
        assertThatExceptionOfType(InvalidParameter.class)
                .isThrownBy(() -> KpiQuery.parse(parameters, NOW))
                .satisfies(invalid -> assertThat(invalid.parameter()).isEqualTo(parameter));
    }

    @Test
    void echoesNoControlCharactersAndNoNovels() {
        assertThatExceptionOfType(InvalidParameter.class)
                .isThrownBy(() -> parse("from", "x\r\nSet-Cookie: a=b" + "y".repeat(5_000)))
                .satisfies(invalid -> assertThat(invalid.getMessage())
                        .doesNotContain("\n", "\r")
                        .hasSizeLessThan(200));
    }

    @Test
    void limitsGroupsTimesSteps() {
        KpiQuery query = parse("from", "now-1d", "step", "1m");
        query.requireAnswerable(69); // 69 x 1441
        assertThatExceptionOfType(InvalidParameter.class)
                .isThrownBy(() -> query.requireAnswerable(70))
                .withMessageContaining("100000");
    }

    @Test
    void takesParametersThatAResourceHasOfItsOwn() {
        KpiQuery.parse(Map.of("currency", List.of("EUR")), NOW, Set.of("currency"));
        assertThatExceptionOfType(InvalidParameter.class)
                .isThrownBy(() -> KpiQuery.parse(Map.of("bogus", List.of("1")), NOW, Set.of("currency")))
                .withMessageContaining("currency");
    }

    @Test
    void comparesWithTheSameLengthBefore() {
        KpiQuery query = parse("from", "2026-03-02T00:00:00Z", "to", "2026-03-03T00:00:00Z", "step", "1h");
        assertThat(query.previous().range()).isEqualTo(range("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"));
        assertThat(query.previous().step()).isNull();
    }

    @Test
    void stepsCoverTheRangeWithoutGapOrOverlap() {
        Steps steps = parse("from", "2026-03-10T10:20:00Z", "to", "2026-03-10T12:10:00Z", "step", "1h")
                .steps();
        assertThat(steps.ranges())
                .containsExactly(
                        range("2026-03-10T10:20:00Z", "2026-03-10T11:00:00Z"),
                        range("2026-03-10T11:00:00Z", "2026-03-10T12:00:00Z"),
                        range("2026-03-10T12:00:00Z", "2026-03-10T12:10:00Z"));
        assertThat(steps.indexOf(Instant.parse("2026-03-10T10:19:59Z"))).isEqualTo(-1);
        assertThat(steps.indexOf(Instant.parse("2026-03-10T10:20:00Z"))).isZero();
        assertThat(steps.indexOf(Instant.parse("2026-03-10T11:59:59Z"))).isEqualTo(1);
        assertThat(steps.indexOf(Instant.parse("2026-03-10T12:00:00Z"))).isEqualTo(2);
        assertThat(steps.indexOf(Instant.parse("2026-03-10T12:10:00Z"))).isEqualTo(-1);
    }

    /** Berlin turns its clocks on 29 March and 25 October 2026. */
    @Test
    void daysAreCalendarDaysOfTheZone() {
        KpiQuery query = parse(
                "from", "2026-03-27T23:00:00Z", "to", "2026-03-30T22:00:00Z", "step", "1d", "tz", "Europe/Berlin");
        assertThat(query.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(query.steps().ranges().stream().map(TimeRange::duration))
                .containsExactly(Duration.ofHours(24), Duration.ofHours(23), Duration.ofHours(24));
        KpiQuery autumn = parse(
                "from", "2026-10-24T22:00:00Z", "to", "2026-10-25T23:00:00Z", "step", "1d", "tz", "Europe/Berlin");
        assertThat(autumn.steps().ranges()).hasSize(1);
        KpiQuery hours = parse(
                "from", "2026-10-24T22:00:00Z", "to", "2026-10-25T23:00:00Z", "step", "1h", "tz", "Europe/Berlin");
        assertThat(hours.steps().size()).isEqualTo(25);
    }

    @Test
    void hoursAreLocalHours() {
        Steps steps = parse(
                        "from",
                        "2026-03-10T10:00:00Z",
                        "to",
                        "2026-03-10T11:00:00Z",
                        "step",
                        "1h",
                        "tz",
                        "Asia/Kolkata")
                .steps();
        assertThat(steps.ranges().get(0).to()).isEqualTo("2026-03-10T10:30:00Z");
    }
}
