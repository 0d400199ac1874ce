package dev.assay.ingest.domain.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Status;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanMapperTest {
    private final SpanMapper mapper = new SpanMapper(new dev.assay.ingest.json.JsonValues());

    private Mapped map(String traceId, String spanId, long start, long end) {
        TelemetrySpan span = new TelemetrySpan(
                traceId,
                spanId,
                "",
                "chat",
                start,
                end,
                0,
                "",
                Span.chat().span().attributes(),
                List.of());
        return mapper.map(TelemetryResource.UNKNOWN, TelemetryScope.UNNAMED, span);
    }

    @Test
    void refusesSpansWithoutIds() {
        assertThat(map(null, Span.SPAN_ID, 1, 2))
                .isEqualTo(new Mapped.Refused("", "trace_id", "must be 16 bytes, not all zero"));
        assertThat(map(Span.TRACE_ID, null, 1, 2))
                .isEqualTo(new Mapped.Refused("", "span_id", "must be 8 bytes, not all zero"));
    }

    @Test
    void toleratesAClockThatStepsBackByASecond() {
        assertThat(map(Span.TRACE_ID, Span.SPAN_ID, Span.START, Span.START - 1_000_000_001L))
                .isInstanceOf(Mapped.Refused.class);
        Call call = ((Mapped.Kept) map(Span.TRACE_ID, Span.SPAN_ID, Span.START, Span.START - 1_000_000_000L))
                .call()
                .build();
        assertThat(call.getDurationUs()).isZero();
        assertThat(call.getEndTimeUs()).isEqualTo(call.getStartTimeUs());
        assertThat(call.getAnomaliesList()).containsExactly(Anomalies.END_BEFORE_START);
    }

    @Test
    void takesTheDurationFromNanoseconds() {
        Call call = Span.chat().lasting(1_999_999).call();
        assertThat(call.getDurationUs()).isEqualTo(1_999);
        assertThat(call.getStartTimeUs()).isEqualTo(Span.START / 1000);
        assertThat(call.getEnvelope().getEventId()).isEqualTo(Span.TRACE_ID + ":" + Span.SPAN_ID);
    }

    @ParameterizedTest
    @CsvSource({
        "OpenAI, openai",
        "openai.chat, openai",
        "openai.responses, openai",
        "google.generative-ai, gcp.gen_ai",
        "google.vertex.chat, gcp.vertex_ai",
        "amazon-bedrock, aws.bedrock",
        "az.ai.openai, azure.ai.openai",
        "azure, azure.ai.openai",
        "vertexai, gcp.vertex_ai",
        "mistralai, mistral_ai",
        "xai, x_ai",
        "watsonx, ibm.watsonx.ai",
        "aws.bedrock, aws.bedrock",
        "my-own-gateway, my-own-gateway",
    })
    void namesProvidersAsTheConventionsDo(String raw, String normalized) {
        Call call = Span.chat().with("gen_ai.system", raw).call();
        assertThat(call.getProvider()).isEqualTo(normalized);
        assertThat(call.getProviderRaw()).isEqualTo(raw);
    }

    @Test
    void takesNoWordForAModel() {
        Call call = Span.chat()
                .with("gen_ai.request.model", "unknown")
                .with("llm.model_name", "gpt-4o")
                .with("gen_ai.response.model", "none")
                .call();
        assertThat(call.getRequestModel()).isEqualTo("gpt-4o");
        assertThat(call.getResponseModel()).isEqualTo("gpt-4o");
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, stop",
        "end_turn, stop",
        "stop_sequence, stop",
        "completed, stop",
        "max_tokens, length",
        "tool_use, tool_call",
        "tool-calls, tool_call",
        "function_call, tool_call",
        "SAFETY, content_filter",
        "content-filter, content_filter",
        "refusal, content_filter",
        "something_new, something_new",
    })
    void foldsFinishReasons(String raw, String normal) {
        assertThat(Span.chat()
                        .with("gen_ai.response.finish_reasons", "[\"" + raw + "\"]")
                        .call()
                        .getFinishReasonsList())
                .containsExactly(normal);
        assertThat(Span.chat()
                        .with("gen_ai.response.finish_reasons", List.of(raw))
                        .call()
                        .getFinishReasonsList())
                .containsExactly(normal);
        assertThat(Span.chat().with("llm.finish_reason", raw).call().getFinishReasonsList())
                .containsExactly(normal);
    }

    @Test
    void seesAnErrorInAnyOfItsSigns() {
        assertThat(Span.chat().call().getStatus()).isEqualTo(Status.STATUS_OK);
        assertThat(Span.chat()
                        .status(1, "")
                        .event("exception", 1, Map.of())
                        .call()
                        .getStatus())
                .isEqualTo(Status.STATUS_ERROR);
        assertThat(Span.chat()
                        .with("langfuse.observation.level", "ERROR")
                        .call()
                        .getStatus())
                .isEqualTo(Status.STATUS_ERROR);
        assertThat(Span.chat().with("error.type", "X").call().getErrorType()).isEqualTo("X");
        assertThat(Span.chat().with("http.response.status_code", 503L).call().getErrorClass())
                .isEqualTo("server");
        assertThat(Span.chat()
                        .with("gen_ai.response.finish_reasons", List.of("error"))
                        .call()
                        .getStatus())
                .isEqualTo(Status.STATUS_ERROR);
        assertThat(Span.named("litellm_request")
                        .with("gen_ai.operation.name", "chat")
                        .with("error.message", "no")
                        .call()
                        .getStatus())
                .isEqualTo(Status.STATUS_ERROR);
    }

    @ParameterizedTest
    @CsvSource({
        "RateLimitError, '', rate_limit",
        "AI_APICallError, Rate limit reached, rate_limit",
        "APITimeoutError, '', timeout",
        "x, deadline exceeded, timeout",
        "AuthenticationError, '', auth",
        "x, 403 Forbidden, auth",
        "BadRequestError, '', invalid_request",
        "x, context_length_exceeded, invalid_request",
        "InternalServerError, '', server",
        "x, Overloaded, server",
        "x, blocked by content filter, content_filter",
        "AbortError, '', cancelled",
        "x, took 14290 steps, other",
    })
    void sortsErrorsIntoFewClasses(String type, String message, String errorClass) {
        assertThat(Span.chat()
                        .status(2, message)
                        .with("error.type", type)
                        .call()
                        .getErrorClass())
                .isEqualTo(errorClass);
    }

    @ParameterizedTest
    @CsvSource({"0.0012USD, 0.0012, USD", "0.5EUR, 0.5, EUR", "3, 3, USD"})
    void readsCostsInText(String text, BigDecimal amount, String currency) {
        Call call = Span.chat().with("gen_ai.client.estimated_cost", text).call();
        assertThat(new BigDecimal(
                        new BigInteger(call.getReportedCost().getUnscaled().toByteArray()),
                        call.getReportedCost().getScale()))
                .isEqualByComparingTo(amount);
        assertThat(call.getReportedCostCurrency()).isEqualTo(currency);
    }

    @Test
    void takesACostOfZeroForUnknown() {
        assertThat(Span.chat().with("gen_ai.usage.cost", 0L).call().hasReportedCost())
                .isFalse();
    }

    @Test
    void dropsATimeToFirstTokenThatCannotBe() {
        Span span = Span.chat().lasting(1_000_000_000L);
        assertThat(span.with("gen_ai.response.time_to_first_chunk", 1.0).call().getTtftUs())
                .isEqualTo(1_000_000);
        assertThat(span.with("gen_ai.response.time_to_first_chunk", 1.1).call().hasTtftUs())
                .isFalse();
        assertThat(span.with("gen_ai.response.time_to_first_chunk", -0.1).call().getAnomaliesList())
                .containsExactly(Anomalies.TTFT_IMPLAUSIBLE);
    }

    @Test
    void readsTheFirstChunkFromAnEvent() {
        Call call = Span.chat()
                .event("ai.stream.firstChunk", 180_000_000L, Map.of())
                .call();
        assertThat(call.getTtftUs()).isEqualTo(180_000);
        assertThat(call.getStream()).isTrue();
    }

    @Test
    void doesNotGuessWhetherACallWasStreamed() {
        assertThat(Span.chat().call().hasStream()).isFalse();
        assertThat(Span.chat().with("llm.is_streaming", "False").call().hasStream())
                .isTrue();
        assertThat(Span.chat().with("llm.is_streaming", "True").call().getStream())
                .isTrue();
    }

    @Test
    void takesZeroParametersOfQuarkusForUnset() {
        Call call = Span.named("completion gpt-4o")
                .with("gen_ai.provider.name", "openai")
                .with("gen_ai.operation.name", "chat")
                .with("gen_ai.request.temperature", 0.0)
                .with("gen_ai.request.top_p", 0.0)
                .with("gen_ai.request.max_tokens", 50L)
                .call();
        assertThat(call.getRequestParamsMap()).isEqualTo(Map.of("max_tokens", "50"));
    }

    @Test
    void prefersTheSpansEnvironmentToTheResources() {
        Call call = Span.chat()
                .resource("deployment.environment.name", "production")
                .with("langfuse.environment", "staging")
                .resource("service.name", "unknown_service:node")
                .resource("openinference.project.name", "demo")
                .call();
        assertThat(call.getEnvironment()).isEqualTo("staging");
        assertThat(call.getApp()).isEqualTo("demo");
    }

    @Test
    void keepsMetadataOfAllPrefixesAndSmallUnknownAttributes() {
        Call call = Span.chat()
                .with("langfuse.trace.metadata.team", "search")
                .with("traceloop.association.properties.chat_id", "c1")
                .with("server.address", "10.0.0.1")
                .with("langsmith.span.tags", "a, b")
                .call();
        assertThat(call.getMetadataMap())
                .isEqualTo(Map.of("team", "search", "chat_id", "c1", "server.address", "10.0.0.1"));
        assertThat(call.getTagsList()).containsExactly("a", "b");
    }
}
