package dev.assay.ingest.domain.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.contracts.llm.v1.UsageState;
import dev.assay.ingest.json.JsonValues;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallDraftTest {
    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final AcceptedTimes TIMES = AcceptedTimes.at(NOW, Duration.ofDays(90));
    private static final JsonValues JSON = new JsonValues();

    private static CallDraft draft() {
        CallDraft draft = new CallDraft(JSON);
        draft.set("start_time", "2026-06-15T11:59:00Z");
        draft.set("request_model", "gpt-4o");
        return draft;
    }

    private static Call good(String name, Object value) {
        CallDraft draft = draft();
        draft.set(name, value);
        assertThat(draft.complete(TIMES)).isNull();
        return draft.call().build();
    }

    private static String refusal(Object... namesAndValues) {
        CallDraft draft = draft();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            draft.set((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        Refusal refusal = draft.complete(TIMES);
        return refusal == null ? "" : refusal.field() + " " + refusal.reason();
    }

    private static Object json(String text) {
        return JSON.read(text.replace('\'', '"'));
    }

    @Test
    void needsAStartAndAModel() {
        assertThat(new CallDraft(JSON).complete(TIMES)).isEqualTo(new Refusal("start_time", "is required"));
        CallDraft noModel = new CallDraft(JSON);
        noModel.set("start_time", "2026-06-15T11:59:00Z");
        assertThat(noModel.complete(TIMES)).isEqualTo(new Refusal("request_model", "is required (or response_model)"));
        assertThat(refusal()).isEmpty();
        CallDraft tool = new CallDraft(JSON);
        tool.set("start_time", "2026-06-15T11:59:00Z");
        tool.set("kind", "tool");
        assertThat(tool.complete(TIMES)).isNull();
        assertThat(tool.call().getCountable()).isFalse();
    }

    @Test
    void isACountableModelCallWithUnknownUsage() {
        Call call = good("app", "shop");
        assertThat(call.getKind()).isEqualTo(Kind.KIND_LLM);
        assertThat(call.getCountable()).isTrue();
        assertThat(call.getStatus()).isEqualTo(Status.STATUS_OK);
        assertThat(call.getUsageState()).isEqualTo(UsageState.USAGE_STATE_MISSING);
        assertThat(call.hasInputTokens()).isFalse();
        assertThat(call.hasStream()).isFalse();
        assertThat(call.hasEndTimeUs()).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1} is refused: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "input_tokens | -3 | must be >= 0, got -3",
                "input_tokens | 2.5 | must be a whole number, got 2.5",
                "input_tokens | 9223372036854775808 | must be <= 1000000000000, got 9.223372036854776E18",
                "input_tokens | 1e300 | must be <= 1000000000000, got 1.0E300",
                "input_tokens | '25' | must be a whole number, got a string",
                "input_tokens | true | must be a whole number, got true",
                "input_tokens | [1] | must be a whole number, got an array",
                "duration_ms | -1 | must be >= 0, got -1",
                "duration_ms | 1e999 | must be <= 2.592E9, got Infinity",
                "duration_ms | {'a':1} | must be a number, got an object",
                "ttft_ms | '12' | must be a number, got a string",
                "http_status | 99 | must be >= 100, got 99",
                "http_status | 600 | must be <= 599, got 600",
                "kind | 'spell' | must be one of agent, chain, embedding, evaluator, guardrail, llm, other, reranker,"
                        + " retriever, tool",
                "status | 'great' | must be one of error, ok",
                "service_tier | 'gold' | must be one of batch, flex, priority, standard",
                "stream | 'yes' | must be true or false, got a string",
                "trace_id | '00000000000000000000000000000000' | must be 32 hex digits, not all zero",
                "trace_id | 'abc' | must be 32 hex digits, not all zero",
                "span_id | 'zzzzzzzzzzzzzzzz' | must be 16 hex digits, not all zero",
                "start_time | 1750000000 | must be a time as in 2026-01-31T12:00:00Z, got 1750000000",
                "start_time | 'yesterday' | must be a time as in 2026-01-31T12:00:00Z",
                "event_id | '' | must not be blank",
                "event_id | 7 | must be a string, got 7",
                "tags | 'a' | must be an array, got a string",
                "tags | [1] | must be strings of at most 200 characters",
                "metadata | 'a' | must be an object, got a string",
                "tool_calls | [{'id':'x'}] | must each have a name",
                "reported_cost | 'much' | must be a decimal amount as in \"0.0012\"",
                "reported_cost | -1 | must be >= 0, got -1",
                "reported_cost_currency | 'dollars' | must be an ISO 4217 code such as USD",
            })
    void namesTheFieldAndTheRule(String field, String value, String reason) {
        assertThat(refusal(field, json(value))).isEqualTo(field + " " + reason);
    }

    @Test
    void doesNotRepeatWhatAUserTyped() {
        assertThat(refusal("kind", "my secret")).doesNotContain("secret");
        assertThat(refusal("start_time", "my secret")).doesNotContain("secret");
        assertThat(refusal("reported_cost", "my secret")).doesNotContain("secret");
    }

    @Test
    void isTakenFromRetentionToADayAhead() {
        assertThat(refusal("start_time", NOW.minus(Duration.ofDays(90)))).isEmpty();
        assertThat(refusal("start_time", NOW.minus(Duration.ofDays(90)).minusNanos(1_000)))
                .isEqualTo("start_time must not be before 2026-03-17T12:00:00Z (the retention)");
        assertThat(refusal("start_time", NOW.plus(Duration.ofHours(24)))).isEmpty();
        assertThat(refusal("start_time", NOW.plus(Duration.ofHours(24)).plusNanos(1_000)))
                .isEqualTo("start_time must not be after 2026-06-16T12:00:00Z (24 h ahead)");
        assertThat(refusal("start_time", "1970-01-01T00:00:00Z")).contains("must not be before");
        assertThat(refusal("start_time", "2100-01-01T00:00:00Z")).contains("must not be after");
        assertThat(refusal("start_time", "+999999999-01-01T00:00:00Z")).startsWith("start_time ");
        assertThat(refusal("end_time", "2100-01-01T00:00:00Z")).contains("end_time must not be after");
    }

    @Test
    void isSkewedFromFiveMinutesAhead() {
        assertThat(TIMES.isSkewed(TIMES.nowUs() + 300_000_000)).isFalse();
        assertThat(TIMES.isSkewed(TIMES.nowUs() + 300_000_001)).isTrue();
    }

    @Test
    void takesTheDurationOrTheEnd() {
        Call byDuration = good("duration_ms", 1234.5);
        assertThat(byDuration.getDurationUs()).isEqualTo(1_234_500);
        assertThat(byDuration.getEndTimeUs()).isEqualTo(byDuration.getStartTimeUs() + 1_234_500);
        assertThat(good("end_time", "2026-06-15T11:59:02.5+00:00").getDurationUs())
                .isEqualTo(2_500_000);
        assertThat(refusal("end_time", "2026-06-15T11:58:59Z")).isEqualTo("end_time must not be before start_time");
        assertThat(refusal("end_time", "2026-06-15T11:59:02Z", "duration_ms", 2000L))
                .isEmpty();
        assertThat(refusal("end_time", "2026-06-15T11:59:02Z", "duration_ms", 2002L))
                .isEqualTo("duration_ms must be end_time - start_time, or absent");
    }

    @Test
    void keepsSubsetsWithinTheirTotals() {
        assertThat(refusal("input_tokens", 25L, "cache_read_tokens", 25L)).isEmpty();
        assertThat(refusal("input_tokens", 25L, "cache_read_tokens", 20L, "cache_write_tokens", 6L))
                .isEqualTo("cache_read_tokens are part of input_tokens: with cache_write_tokens they must be <= 25");
        assertThat(refusal("output_tokens", 12L, "reasoning_tokens", 13L))
                .isEqualTo("reasoning_tokens are part of output_tokens: must be <= 12");
        assertThat(refusal("cache_write_tokens", 5L, "cache_write_1h_tokens", 6L))
                .isEqualTo("cache_write_1h_tokens are part of cache_write_tokens: must be <= 5");
        assertThat(refusal("duration_ms", 100L, "ttft_ms", 102L)).isEqualTo("ttft_ms must be <= the duration");
        assertThat(good("cache_read_tokens", 3L).getAnomaliesList()).containsExactly("usage_incomplete");
    }

    @Test
    void saysWhatUsageItHas() {
        assertThat(good("output_tokens", 12L).getUsageState()).isEqualTo(UsageState.USAGE_STATE_REPORTED);
        CallDraft estimated = draft();
        estimated.set("input_tokens", 0L);
        estimated.set("usage_state", "estimated");
        assertThat(estimated.complete(TIMES)).isNull();
        assertThat(estimated.call().getUsageState()).isEqualTo(UsageState.USAGE_STATE_ESTIMATED);
        assertThat(good("usage_state", "reported").getUsageState()).isEqualTo(UsageState.USAGE_STATE_MISSING);
    }

    @Test
    void seesAnErrorByItsSigns() {
        assertThat(good("http_status", 429L).getErrorClass()).isEqualTo("rate_limit");
        assertThat(good("error_type", "TimeoutError").getErrorClass()).isEqualTo("timeout");
        assertThat(good("http_status", 200L).getStatus()).isEqualTo(Status.STATUS_OK);
    }

    @Test
    void takesMessagesInAnyShape() {
        String canonical = "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"hi\"}]}]";
        assertThat(good("input", "hi").getInput()).isEqualTo(canonical);
        assertThat(good("input", json("[{'role':'user','content':'hi'}]")).getInput())
                .isEqualTo(canonical);
        assertThat(good("output", "hi").getOutput()).contains("\"assistant\"");
    }

    @Test
    void keepsUnknownFieldsAsBoundedMetadata() {
        assertThat(good("team", "search").getMetadataMap()).isEqualTo(Map.of("team", "search"));
        assertThat(good("nested", json("{'a':[1]}")).getMetadataMap()).isEqualTo(Map.of("nested", "{\"a\":[1]}"));
        Call cut = good("long", "x".repeat(5_000));
        assertThat(cut.getMetadataOrThrow("long")).hasSize(4_096);
        assertThat(cut.getTruncatedList()).containsExactly("metadata");
        CallDraft many = draft();
        for (int i = 0; i < 100; i++) {
            many.set("unknown" + i, 1L);
        }
        assertThat(many.complete(TIMES)).isNull();
        assertThat(many.call().getMetadataCount()).isEqualTo(64);
    }

    @Test
    void boundsLabelsTagsAndMetadata() {
        assertThat(refusal("app", "x".repeat(201))).isEqualTo("app must have at most 200 characters, got 201");
        assertThat(refusal("app", "x".repeat(200))).isEmpty();
        assertThat(refusal("event_id", "x".repeat(201))).startsWith("event_id must have at most 200");
        assertThat(refusal("tags", Collections.nCopies(65, "t"))).startsWith("tags must have at most 64");
        assertThat(refusal("metadata", Map.of("k", "v".repeat(4_097)))).startsWith("metadata values must have");
        Map<String, Object> wide = new HashMap<>();
        for (int i = 0; i < 65; i++) {
            wide.put("k" + i, "v");
        }
        assertThat(refusal("metadata", wide)).isEqualTo("metadata must have at most 64 entries");
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "superseded_by", "error_class", "anomalies", "received_time"})
    void takesNoOrdersAboutWhatTheServerDecides(String field) {
        assertThat(good(field, "x").getMetadataMap()).isEmpty();
    }

    @Test
    void refusesAnIdThatNoDatabaseHolds() {
        assertThat(refusal("event_id", Texts.clean("a\0b")))
                .isEqualTo("event_id must not contain NUL or broken characters");
    }

    @Test
    void readsCosts() {
        assertThat(good("reported_cost", "0.0012").getReportedCostCurrency()).isEqualTo("USD");
        Call euro = good("reported_cost", json("{'amount':'1.5','currency':'EUR'}"));
        assertThat(euro.getReportedCostCurrency()).isEqualTo("EUR");
        assertThat(euro.getReportedCost().getScale()).isEqualTo(1);
        assertThat(good("reported_cost_currency", "EUR").getReportedCostCurrency())
                .isEmpty();
    }

    @Test
    void takesNullsForAbsent() {
        assertThat(good("input_tokens", null).hasInputTokens()).isFalse();
    }

    @Test
    void knowsToolCalls() {
        Call call = good("tool_calls", json("[{'id':'c1','name':'f','arguments':{'a':1}}]"));
        assertThat(call.getToolCalls(0).getArguments()).isEqualTo("{\"a\":1}");
        assertThat(good("finish_reasons", List.of("tool_calls")).getFinishReasonsList())
                .containsExactly("tool_call");
    }
}
