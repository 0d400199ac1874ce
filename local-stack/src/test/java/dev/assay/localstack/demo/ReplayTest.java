package dev.assay.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final long NOW_NANOS = NOW.getEpochSecond() * 1_000_000_000L;

    private final List<Variation> variations = variations(NOW.minus(Duration.ofDays(2)), NOW);

    @Test
    void isTheSameForTheSameMinutesWheneverItRuns() {
        List<String> later = variations(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(1))).stream()
                .map(variation -> new Replay(variation).resourceSpans().toString())
                .toList();
        assertThat(variations.stream()
                        .filter(variation -> !variation.start().isBefore(NOW.minus(Duration.ofDays(1))))
                        .map(variation -> new Replay(variation).resourceSpans().toString()))
                .isNotEmpty()
                .allSatisfy(trace -> assertThat(later).contains(trace));
    }

    @Test
    void aLaterReplaySendsNothingNewForThePast() {
        List<Schedule.Moment> first = Schedule.until(NOW, Duration.ofDays(20));
        List<Schedule.Moment> second = Schedule.until(NOW.plus(Duration.ofDays(1)), Duration.ofDays(20)).stream()
                .filter(moment -> moment.start().isBefore(NOW))
                .toList();
        assertThat(second).isNotEmpty();
        assertThat(new HashSet<>(first)).containsAll(second);
    }

    @Test
    void givesEverySpanAnIdOfItsOwnAndTimesInThePast() {
        Set<String> ids = new HashSet<>();
        for (JsonNode span : spans()) {
            assertThat(span.path("traceId").asText()).matches("[0-9a-f]{32}");
            assertThat(ids.add(
                            span.path("traceId").asText() + span.path("spanId").asText()))
                    .isTrue();
            assertThat(span.path("startTimeUnixNano").asLong())
                    .isLessThanOrEqualTo(span.path("endTimeUnixNano").asLong())
                    .isLessThan(NOW_NANOS);
        }
        assertThat(ids).hasSizeGreaterThan(1_000);
    }

    @Test
    void leavesNothingOfTheRecordedUserSessionOrServiceBehind() {
        for (Variation variation : variations) {
            assertThat(new Replay(variation).resourceSpans().toString())
                    .doesNotContain("user-42")
                    .doesNotContain("sess-7")
                    .doesNotContain("demo-app\"");
        }
    }

    @Test
    void multipliesTokensSoThatTotalsStillAddUp() {
        int checked = 0;
        for (JsonNode span : spans()) {
            long input = attribute(span, "llm.token_count.prompt");
            long output = attribute(span, "llm.token_count.completion");
            long total = attribute(span, "llm.token_count.total");
            if (total > 0) {
                assertThat(input + output).isEqualTo(total);
                checked++;
            }
        }
        assertThat(checked).isPositive();
    }

    @Test
    void usesEveryApplicationAndModel() {
        assertThat(variations).extracting(Variation::app).contains(DemoApp.values());
        assertThat(variations).extracting(Variation::model).contains(DemoModel.values());
    }

    @Test
    void feedbackAndOutcomesAreWithinTheirBounds() {
        ArrayNode feedback = JsonNodeFactory.instance.arrayNode();
        ArrayNode outcomes = JsonNodeFactory.instance.arrayNode();
        for (Variation variation : variations) {
            Voices.feedback(variation, feedback);
            Voices.outcome(variation, NOW, outcomes);
        }
        assertThat(feedback).isNotEmpty().allSatisfy(item -> {
            assertThat(item.path("rating").asInt(3)).isBetween(1, 5);
            assertThat(item.path("nps").asInt(5)).isBetween(0, 10);
            assertThat(item.has("rating") || item.has("thumbs") || item.has("nps"))
                    .isTrue();
        });
        assertThat(outcomes)
                .isNotEmpty()
                .allSatisfy(
                        item -> assertThat(Instant.parse(item.path("end_time").asText()))
                                .isAfter(Instant.parse(item.path("start_time").asText()))
                                .isBeforeOrEqualTo(NOW));
    }

    private List<JsonNode> spans() {
        List<JsonNode> spans = new ArrayList<>();
        for (Variation variation : variations) {
            for (JsonNode scope : new Replay(variation).resourceSpans().path("scopeSpans")) {
                scope.path("spans").forEach(spans::add);
            }
        }
        return spans;
    }

    private static long attribute(JsonNode span, String key) {
        for (JsonNode attribute : span.path("attributes")) {
            if (attribute.path("key").asText().equals(key)) {
                return attribute.path("value").path("intValue").asLong();
            }
        }
        return 0;
    }

    private static List<Variation> variations(Instant from, Instant to) {
        try {
            Recordings recordings = Recordings.load();
            Texts texts = Texts.load();
            return Schedule.between(from, to).stream()
                    .map(moment -> Variation.of(moment, recordings, texts))
                    .filter(variation -> new Replay(variation).end().isBefore(to))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
