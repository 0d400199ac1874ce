package dev.assay.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.Status;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the mapping makes of telemetry that real clients sent.
 *
 * <p>The stub behind them returned the same each time: input 25 (16 of it cached), output 12 (4 of it reasoning); 8 for
 * embeddings; Anthropic 310 input (200 read from the cache, 100 written), output 12; and one 429.
 */
class RecordedClientsTest {
    private static final String FULL = "25/12 cached 16+? reasoning 4 REPORTED OK";
    private static final String CACHED = "25/12 cached 16+? reasoning ? REPORTED OK";
    private static final String PLAIN = "25/12 cached ?+? reasoning ? REPORTED OK";
    private static final String ANTHROPIC = "310/12 cached 200+100 reasoning ? REPORTED OK";
    private static final String ANTHROPIC_NOT_REASONING = ANTHROPIC.replace("reasoning ?", "reasoning 0");
    private static final String WRITTEN_NONE = "25/12 cached 16+0 reasoning ? REPORTED OK";
    private static final String EMBEDDING = "8/? cached ?+? reasoning ? REPORTED OK";
    private static final String MISSING = "?/? cached ?+? reasoning ? MISSING OK";
    private static final String LIMITED = "?/? cached ?+? reasoning ? MISSING ERROR rate_limit";
    private static final String ESTIMATED = "7/7 cached ?+? reasoning ? ESTIMATED OK";

    static Stream<Arguments> clients() {
        return Stream.of(
                // the last one is a generation written by hand, without a total: parts, and flagged
                Arguments.of(
                        "langfuse-v5-otel.traces.json",
                        List.of(
                                FULL,
                                FULL,
                                FULL,
                                FULL,
                                FULL,
                                MISSING,
                                LIMITED,
                                "41/12 cached 16+? reasoning ? REPORTED OK [usage_undecidable]")),
                // the last two are the spans of Anthropic's own library inside those of the instrumentation
                Arguments.of(
                        "openinference-js.traces-json-gzip.json",
                        List.of(FULL, MISSING, FULL, FULL, FULL, MISSING, ANTHROPIC, ANTHROPIC, ANTHROPIC, ANTHROPIC)),
                Arguments.of(
                        "openinference-js.traces-protobuf-gzip.json",
                        List.of(FULL, MISSING, FULL, FULL, FULL, MISSING, ANTHROPIC, ANTHROPIC, ANTHROPIC, ANTHROPIC)),
                Arguments.of(
                        "langfuse-python-v5.traces.json", List.of(FULL, FULL, FULL, FULL, FULL, EMBEDDING, LIMITED)),
                Arguments.of(
                        "openinference-python.traces.json", List.of(FULL, FULL, FULL, FULL, FULL, EMBEDDING, LIMITED)),
                Arguments.of(
                        "litellm-python.traces.json",
                        List.of(
                                FULL,
                                FULL,
                                FULL,
                                "8/0 cached ?+? reasoning ? REPORTED OK",
                                LIMITED,
                                ANTHROPIC_NOT_REASONING,
                                ANTHROPIC_NOT_REASONING)),
                Arguments.of(
                        "openlit-python.traces.json",
                        List.of(
                                WRITTEN_NONE,
                                WRITTEN_NONE,
                                WRITTEN_NONE,
                                WRITTEN_NONE.replace("reasoning ?", "reasoning 4"),
                                WRITTEN_NONE.replace("reasoning ?", "reasoning 4"),
                                EMBEDDING,
                                LIMITED)),
                // the streamed message: the SDK adds the one token of the stream's first event to the twelve of its
                // last
                Arguments.of(
                        "traceloop-python.traces.json",
                        List.of(
                                FULL,
                                CACHED,
                                FULL,
                                FULL,
                                FULL,
                                "8/? cached 0+? reasoning ? REPORTED OK",
                                LIMITED,
                                ANTHROPIC,
                                ANTHROPIC.replace("/12", "/13"))),
                Arguments.of(
                        "openlit-js.traces.json",
                        List.of(CACHED, CACHED + " [ttft_implausible]", CACHED, FULL, FULL, EMBEDDING, LIMITED)),
                Arguments.of(
                        "otel-contrib-js.traces.json", List.of(PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, EMBEDDING, LIMITED)),
                Arguments.of("otel-contrib-js.traces-grpc.json", List.of(PLAIN, PLAIN)),
                Arguments.of(
                        "traceloop-js.traces.json",
                        List.of(PLAIN, ESTIMATED, PLAIN, PLAIN, MISSING, ANTHROPIC, ANTHROPIC)),
                Arguments.of("vercel-ai-v5.traces.json", List.of(PLAIN, PLAIN, FULL, PLAIN, PLAIN, EMBEDDING, LIMITED)),
                // of the two embeddings spans, alike in name, the inner one has the tokens; the ledger counts one
                Arguments.of(
                        "vercel-ai-v7.traces.json",
                        List.of(CACHED, CACHED, CACHED, CACHED, CACHED, EMBEDDING, MISSING, LIMITED)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clients")
    void countTheCallsThatWereMade(String recording, List<String> expected) throws IOException {
        assertThat(countable(Recording.of(recording).calls()))
                .extracting(RecordedClientsTest::figures)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openinference-js.traces-protobuf-gzip.json",
                "otel-contrib-js.traces.json",
                "otel-contrib-js.traces-grpc.json",
                "traceloop-js.traces.json"
            })
    void sayTheSameInProtobufAndInJson(String recording) throws IOException {
        assertThat(Recording.of(recording).callsOfWire())
                .isEqualTo(Recording.of(recording).calls());
    }

    @Test
    void sendLogsThatBearTheirSpansIds() throws IOException {
        List<Call> spans = Recording.of("otel-contrib-js.traces.json").calls();
        List<Call> logs = Recording.of("otel-contrib-js.logs.json").logCallsOfWire();
        assertThat(logs).isEqualTo(Recording.of("otel-contrib-js.logs.json").logCalls());
        assertThat(spans)
                .extracting(RecordedClientsTest::id)
                .containsAll(logs.stream().map(RecordedClientsTest::id).toList());
        // per-message events are content only; details events are calls of their own accord
        Call chat = logs.stream()
                .filter(log -> id(log).equals(id(spans.get(0))))
                .findFirst()
                .orElseThrow();
        assertThat(chat.getCountable()).isFalse();
        assertThat(chat.getInput())
                .isEqualTo("[{\"role\":\"system\",\"parts\":[{\"type\":\"text\",\"content\":\"Be brief.\"}]},"
                        + "{\"role\":\"user\",\"parts\":[{\"type\":\"text\","
                        + "\"content\":\"What is the capital of France?\"}]}]");
        assertThat(chat.getOutput()).contains("Paris is the capital of France.");
        assertThat(countable(logs)).hasSize(4);
    }

    @Test
    void repeatTheirSpansTokensInDetailsEvents() throws IOException {
        List<Call> logs = Recording.of("openlit-js.logs.json").logCalls();
        List<Call> spans = Recording.of("openlit-js.traces.json").calls();
        assertThat(spans)
                .extracting(RecordedClientsTest::id)
                .containsAll(logs.stream().map(RecordedClientsTest::id).toList());
        assertThat(logs).hasSize(5).allSatisfy(log -> {
            assertThat(log.getCountable()).isTrue();
            assertThat(log.getInputTokens()).isEqualTo(25);
            assertThat(log.hasDurationUs()).isFalse();
        });
    }

    @Test
    void tellWhoAskedAndWhere() throws IOException {
        Call call =
                Recording.of("openinference-js.traces-json-gzip.json").calls().get(0);
        assertThat(call.getUserId()).isEqualTo("user-42");
        assertThat(call.getSessionId()).isEqualTo("sess-7");
        assertThat(call.getTagsList()).containsExactly("beta", "demo");
        assertThat(call.getApp()).isEqualTo("demo-app");
        assertThat(call.getEnvironment()).isEqualTo("staging");
        assertThat(call.getRequestModel()).isEqualTo("gpt-4o-mini");
        assertThat(call.getResponseModel()).isEqualTo("gpt-4o-mini-2024-07-18");
        assertThat(call.getResponseId()).isEqualTo("chatcmpl-stub-1");
        assertThat(call.getMetadataMap()).containsEntry("feature", "qa");
        assertThat(call.getRequestParamsMap()).containsEntry("temperature", "0.2");
    }

    @Test
    void keepTheToolsTheyCalled() throws IOException {
        for (String recording : List.of(
                "langfuse-v5-otel.traces.json",
                "openinference-js.traces-json-gzip.json",
                "openlit-js.traces.json",
                "traceloop-js.traces.json",
                "vercel-ai-v5.traces.json",
                "vercel-ai-v7.traces.json")) {
            Call call = Recording.of(recording).calls().stream()
                    .filter(c -> c.getKind() == Kind.KIND_LLM && c.getToolCallsCount() > 0)
                    .findFirst()
                    .orElseThrow();
            assertThat(call.getToolCalls(0).getName()).as(recording).isEqualTo("get_weather");
            assertThat(call.getToolCalls(0).getId()).isEqualTo("call_stub_1");
            assertThat(call.getToolCalls(0).getArguments()).isEqualTo("{\"location\":\"Paris\"}");
        }
    }

    @Test
    void tellAFirstTokenOfStreamsOnly() throws IOException {
        List<Call> calls = Recording.of("openlit-python.traces.json").calls();
        assertThat(calls).extracting(Call::hasTtftUs).containsExactly(false, true, false, false, true, false, false);
        assertThat(calls).extracting(Call::hasTpotUs).containsExactly(false, true, false, false, true, false, false);
    }

    @Test
    void nameTheirDialect() throws IOException {
        assertThat(Recording.of("litellm-python.traces.json").calls())
                .extracting(Call::getDialect)
                .containsOnly("litellm");
    }

    @Test
    void waitForTheFirstToken() throws IOException {
        Call vercel = Recording.of("vercel-ai-v7.traces.json").calls().stream()
                .filter(Call::hasTtftUs)
                .findFirst()
                .orElseThrow();
        assertThat(vercel.getTtftUs()).isEqualTo(200_435);
        assertThat(vercel.getTpotApproximate()).isTrue();
        assertThat(vercel.getStream()).isTrue();
        Call langfuse = Recording.of("langfuse-v5-otel.traces.json").calls().get(1);
        assertThat(langfuse.getTtftUs()).isEqualTo(89_000);
        assertThat(Recording.of("openlit-js.traces.json").calls()).noneMatch(Call::hasTtftUs);
    }

    private static List<Call> countable(List<Call> calls) {
        return calls.stream().filter(Call::getCountable).toList();
    }

    private static String id(Call call) {
        return call.getEnvelope().getEventId();
    }

    private static String figures(Call call) {
        return orUnknown(call.hasInputTokens(), call.getInputTokens())
                + "/" + orUnknown(call.hasOutputTokens(), call.getOutputTokens())
                + " cached " + orUnknown(call.hasCacheReadTokens(), call.getCacheReadTokens())
                + "+" + orUnknown(call.hasCacheWriteTokens(), call.getCacheWriteTokens())
                + " reasoning " + orUnknown(call.hasReasoningTokens(), call.getReasoningTokens())
                + " " + call.getUsageState().name().replace("USAGE_STATE_", "")
                + (call.getStatus() == Status.STATUS_ERROR ? " ERROR " + call.getErrorClass() : " OK")
                + (call.getAnomaliesCount() == 0 ? "" : " " + call.getAnomaliesList());
    }

    private static String orUnknown(boolean known, long tokens) {
        return known ? String.valueOf(tokens) : "?";
    }
}
