package dev.assay.ingest.domain.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanKindsTest {
    @ParameterizedTest
    @CsvSource({
        "gen_ai.operation.name, chat, KIND_LLM, chat",
        "gen_ai.operation.name, completion, KIND_LLM, text_completion",
        "gen_ai.operation.name, generate_content, KIND_LLM, generate_content",
        "gen_ai.operation.name, embedding, KIND_EMBEDDING, embeddings",
        "ai.operationId, ai.streamText.doStream, KIND_LLM, chat",
        "ai.operationId, ai.embedMany.doEmbed, KIND_EMBEDDING, embeddings",
        "openinference.span.kind, LLM, KIND_LLM, chat",
        "langfuse.observation.type, embedding, KIND_EMBEDDING, embeddings",
        "langsmith.span.kind, llm, KIND_LLM, chat",
        "llm.request.type, completion, KIND_LLM, text_completion",
    })
    void countModelCalls(String key, String value, Kind kind, String operation) {
        Call call = Span.named("x")
                .with(key, value)
                .with("gen_ai.usage.input_tokens", 1L)
                .call();
        assertThat(call.getKind()).isEqualTo(kind);
        assertThat(call.getOperation()).isEqualTo(operation);
        assertThat(call.getCountable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "gen_ai.operation.name, invoke_agent",
        "gen_ai.operation.name, create_agent",
        "gen_ai.operation.name, agent_step",
        "gen_ai.operation.name, invoke_workflow",
        "gen_ai.operation.name, invoke_anything_new",
        "gen_ai.operation.name, plan",
        "gen_ai.operation.name, execute_tool",
        "gen_ai.operation.name, retrieval",
        "gen_ai.operation.name, search_memory",
        "ai.operationId, ai.generateText",
        "ai.operationId, ai.streamObject",
        "ai.operationId, ai.embedMany",
        "ai.operationId, ai.toolCall",
        "traceloop.span.kind, workflow",
        "openinference.span.kind, CHAIN",
        "langfuse.observation.type, span",
        "langsmith.span.kind, parser",
    })
    void leaveOutWhatRepeatsItsChildren(String key, String value) {
        Span span = Span.named("x")
                .with(key, value)
                .with("gen_ai.request.model", "gpt-4o")
                .with("user.id", "u")
                .with("gen_ai.usage.input_tokens", 25L);
        assertThat(span.call().getCountable()).isFalse();
    }

    @Test
    void leaveOutAnAgentEvenIfItCallsItselfAModelCall() {
        Span span = Span.chat().with("openinference.span.kind", "LLM").with("gen_ai.operation.name", "invoke_agent");
        assertThat(span.call().getCountable()).isFalse();
    }

    @Test
    void leaveOutTheInnerSpanOfLiteLlm() {
        assertThat(Span.named("litellm_request")
                        .with("gen_ai.operation.name", "chat")
                        .call()
                        .getCountable())
                .isTrue();
        assertThat(Span.named("raw_gen_ai_request")
                        .with("gen_ai.operation.name", "chat")
                        .call()
                        .getCountable())
                .isFalse();
    }

    @Test
    void takeAModelWithTokensForACall() {
        Call call = Span.named("x")
                .with("llm.model_name", "gpt-4o")
                .with("llm.token_count.prompt", 3L)
                .call();
        assertThat(call.getKind()).isEqualTo(Kind.KIND_LLM);
        assertThat(call.getCountable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http.request.method", "db.system"})
    void dropSpansOfOtherWork(String key) {
        assertThat(Span.named("GET /").with(key, "x").map()).isInstanceOf(Mapped.LeftOut.class);
    }

    @Test
    void keepOtherWorkThatKnowsTheUser() {
        Call call = Span.named("GET /").with("enduser.id", "u1").call();
        assertThat(call.getKind()).isEqualTo(Kind.KIND_OTHER);
        assertThat(call.getUserId()).isEqualTo("u1");
        assertThat(call.getCountable()).isFalse();
    }
}
