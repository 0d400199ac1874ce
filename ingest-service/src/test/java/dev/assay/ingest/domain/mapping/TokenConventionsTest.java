package dev.assay.ingest.domain.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.UsageState;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenConventionsTest {
    private static Span chat(long input, long output) {
        return Span.chat().with("gen_ai.usage.input_tokens", input).with("gen_ai.usage.output_tokens", output);
    }

    private static String totals(Call call) {
        return call.getInputTokens() + "/" + call.getOutputTokens();
    }

    @Test
    void takeTheInputAsInclusiveWhereNothingSpeaksAgainstIt() {
        Call call =
                chat(310, 12).with("gen_ai.usage.cache_read.input_tokens", 200L).call();
        assertThat(totals(call)).isEqualTo("310/12");
        assertThat(call.getCacheReadTokens()).isEqualTo(200);
        assertThat(call.getAnomaliesList()).isEmpty();
    }

    @Test
    void addTheCacheForClientsKnownToLeaveItOut() {
        Call call = chat(100, 12)
                .scope("@traceloop/instrumentation-anthropic")
                .with("gen_ai.usage.cache_creation.input_tokens", 10L)
                .with("gen_ai.usage.cache_read.input_tokens", 20L)
                .with("gen_ai.usage.total_tokens", 112L)
                .call();
        assertThat(totals(call)).isEqualTo("130/12");
    }

    @Test
    void addTheCacheWhenTheTotalSaysSo() {
        Call call = chat(100, 12)
                .with("gen_ai.usage.cache_read.input_tokens", 50L)
                .with("gen_ai.usage.total_tokens", 162L)
                .call();
        assertThat(totals(call)).isEqualTo("150/12");
    }

    @Test
    void addTheCacheWhenThereIsMoreOfItThanInput() {
        assertThat(totals(chat(10, 12)
                        .with("gen_ai.usage.cache_read.input_tokens", 200L)
                        .call()))
                .isEqualTo("210/12");
    }

    @Test
    void addReasoningThatTheTotalShowsToBeLeftOut() {
        Call call = chat(25, 8)
                .with("gen_ai.usage.reasoning_tokens", 4L)
                .with("gen_ai.usage.total_tokens", 37L)
                .call();
        assertThat(totals(call)).isEqualTo("25/12");
    }

    @Test
    void deriveAMissingSideFromTheTotal() {
        Call call = Span.chat()
                .with("gen_ai.usage.output_tokens", 12L)
                .with("gen_ai.usage.total_tokens", 37L)
                .call();
        assertThat(totals(call)).isEqualTo("25/12");
    }

    @Test
    void flagATotalThatNothingExplains() {
        assertThat(chat(25, 12).with("gen_ai.usage.total_tokens", 40L).call().getAnomaliesList())
                .containsExactly(Anomalies.USAGE_MISMATCH);
    }

    @Test
    void readTextAsNumbersAndRefuseNonsense() {
        Call call = Span.chat()
                .with("gen_ai.usage.input_tokens", "25")
                .with("gen_ai.usage.output_tokens", 12.0)
                .call();
        assertThat(totals(call)).isEqualTo("25/12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-3", "NaN", "Infinity", "1e30", "9223372036854775808", "2.5", "many"})
    void leaveOutWhatIsNoCount(String value) {
        Call call = Span.chat().with("gen_ai.usage.input_tokens", value).call();
        assertThat(call.hasInputTokens()).isFalse();
        assertThat(call.getUsageState()).isEqualTo(UsageState.USAGE_STATE_MISSING);
        assertThat(call.getAnomaliesList()).containsExactly(Anomalies.BAD_TOKEN_VALUE);
    }

    @Test
    void readTheWholeOfHandWrittenLangfuseUsage() {
        Call call = Span.named("x")
                .with("langfuse.observation.type", "generation")
                .with(
                        "langfuse.observation.usage_details",
                        "{\"input\":25,\"input_cached_tokens\":16,\"output\":12,\"total\":37}")
                .call();
        assertThat(totals(call)).isEqualTo("25/12");
        assertThat(call.getCacheReadTokens()).isEqualTo(16);
    }

    @Test
    void readSubsetsFromJsonObjects() {
        Call call = chat(25, 12)
                .with("gen_ai.usage.input_token_details", "{\"cache_read\":16,\"audio\":2}")
                .with("gen_ai.usage.output_token_details", Map.of("reasoning", 4L))
                .call();
        assertThat(call.getCacheReadTokens()).isEqualTo(16);
        assertThat(call.getInputAudioTokens()).isEqualTo(2);
        assertThat(call.getReasoningTokens()).isEqualTo(4);
    }

    @Test
    void takeAProvedLowFigureOfOpenLlmetryForAnEstimate() {
        Span span = chat(7, 7)
                .scope("@traceloop/instrumentation-openai")
                .with(
                        "gen_ai.input.messages",
                        "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"What is the capital of"
                                + " France?\"}]}]");
        // six words, the frame of one message (4) and of the reply (3): at least 13
        assertThat(span.call().getUsageState()).isEqualTo(UsageState.USAGE_STATE_ESTIMATED);
        assertThat(span.with("gen_ai.usage.input_tokens", 13L).call().getUsageState())
                .isEqualTo(UsageState.USAGE_STATE_REPORTED);
    }
}
