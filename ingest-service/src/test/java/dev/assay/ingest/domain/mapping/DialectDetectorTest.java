package dev.assay.ingest.domain.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectDetectorTest {
    @ParameterizedTest(name = "{2} of scope {0} is {4}")
    @CsvSource({
        // scope, span name, attribute, value, dialect
        "x, a, langfuse.observation.type, generation, langfuse",
        "langfuse-sdk, a, gen_ai.operation.name, chat, langfuse",
        "x, a, openinference.span.kind, LLM, openinference",
        "x, a, langsmith.span.kind, llm, langsmith",
        "langsmith, a, gen_ai.operation.name, chat, langsmith",
        "ai, a, ai.operationId, ai.generateText.doGenerate, vercel_legacy",
        "gen_ai, a, gen_ai.operation.name, chat, vercel_v7",
        "@traceloop/instrumentation-openai, a, gen_ai.operation.name, chat, openllmetry",
        "opentelemetry.instrumentation.openai, a, llm.request.type, chat, openllmetry",
        "x, a, traceloop.workflow.name, qa, openllmetry",
        "@openlit/instrumentation-openai, a, gen_ai.operation.name, chat, openlit",
        "x, a, telemetry.sdk.name, openlit, openlit",
        "gcp.vertex.agent, a, gen_ai.operation.name, call_llm, google_adk",
        "x, a, gcp.vertex.agent.llm_request, {}, google_adk",
        "x, litellm_request, gen_ai.system, openai, litellm",
        "litellm, litellm_request, llm.request.type, completion, litellm",
        "x, a, gen_ai.cost.total_cost, 0.1, litellm",
        "org.springframework.boot, a, gen_ai.operation.name, chat, spring_ai",
        "x, a, spring.ai.kind, chat_client, spring_ai",
        "x, completion gpt-4o, gen_ai.provider.name, openai, quarkus_langchain4j",
        "x, a, langchain4j.aiservices.class_name, Bot, quarkus_langchain4j",
        "x, a, gen_ai.operation.name, chat, otel_genai",
        "x, a, http.request.method, GET, other",
    })
    void tellsWhoSentASpan(String scope, String name, String key, String value, String dialect) {
        Span span = Span.named(name).scope(scope).with(key, value);
        assertThat(DialectDetector.detect(TelemetryResource.UNKNOWN, new TelemetryScope(scope, ""), span.span())
                        .label())
                .isEqualTo(dialect);
    }

    @Test
    void prefersTheFirstTestThatHolds() {
        Span span = Span.chat().with("openinference.span.kind", "LLM").with("langfuse.observation.type", "generation");
        assertThat(span.call().getDialect()).isEqualTo("langfuse");
    }
}
