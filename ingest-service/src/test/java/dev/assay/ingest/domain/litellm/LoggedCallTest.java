package dev.assay.ingest.domain.litellm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.contracts.llm.v1.UsageState;
import dev.assay.ingest.domain.call.Refusal;
import dev.assay.ingest.domain.litellm.LoggedCall.Outcome;
import dev.assay.ingest.domain.mapping.Amounts;
import dev.assay.ingest.json.JsonValues;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LiteLLM's StandardLoggingPayload, with the fields that its reference lists. */
class LoggedCallTest {
    private static final JsonValues JSON = new JsonValues();

    private static final String SUCCESS = """
        "id":"chatcmpl-1","trace_id":"5e0f-trace","call_type":"acompletion","stream":true,"response_cost":0.00021,
        "status":"success","custom_llm_provider":"openai","total_tokens":37,"prompt_tokens":25,"completion_tokens":12,
        "startTime":1795545595.25,"endTime":1795545596.85,"completionStartTime":1795545595.75,"response_time":0.5,
        "model":"openai/gpt-4o-mini","model_id":"d1","model_group":"fast","api_base":"https://api.openai.com",
        "metadata":{"user_api_key_hash":"88dc","user_api_key_alias":"ci","user_api_key_team_id":"t1",
          "user_api_key_team_alias":"search","user_api_key_user_id":"owner","requester_ip_address":"10.0.0.1",
          "requester_metadata":{"session_id":"s1","app":"shop","plan":"pro"},
          "usage_object":{"prompt_tokens":25,"completion_tokens":12,"total_tokens":37,
            "prompt_tokens_details":{"cached_tokens":16},"completion_tokens_details":{"reasoning_tokens":4}}},
        "cache_hit":false,"request_tags":["beta"],"end_user":"u1","model_parameters":{"temperature":0.2,"stream":true},
        "messages":[{"role":"user","content":"2+2?"}],
        "response":{"id":"chatcmpl-1","model":"gpt-4o-mini-2024-07-18",
          "choices":[{"finish_reason":"stop","message":{"role":"assistant","content":"4"}}]}""";

    private static Outcome map(String fields) {
        return new LoggedCall(JSON).map((Map<?, ?>) JSON.read("{" + fields + "}"));
    }

    private static Call call(String fields) {
        return ((Outcome.Kept) map(fields)).call().build();
    }

    private static Refusal refusal(String fields) {
        return ((Outcome.Refused) map(fields)).refusal();
    }

    @Test
    void tellsTokensTimesAndModels() {
        Call call = call(SUCCESS);
        assertThat(call.getEnvelope().getEventId()).isEqualTo("chatcmpl-1");
        assertThat(call.getTraceId()).isEqualTo("5e0f-trace");
        assertThat(call.getKind()).isEqualTo(Kind.KIND_LLM);
        assertThat(call.getCountable()).isTrue();
        assertThat(call.getInputTokens()).isEqualTo(25);
        assertThat(call.getOutputTokens()).isEqualTo(12);
        assertThat(call.getCacheReadTokens()).isEqualTo(16);
        assertThat(call.getReasoningTokens()).isEqualTo(4);
        assertThat(call.getDurationUs()).isEqualTo(1_600_000);
        assertThat(call.getTtftUs()).isEqualTo(500_000);
        assertThat(call.getProvider()).isEqualTo("openai");
        assertThat(call.getRequestModel()).isEqualTo("gpt-4o-mini");
        assertThat(call.getResponseModel()).isEqualTo("gpt-4o-mini-2024-07-18");
        assertThat(call.getStream()).isTrue();
        assertThat(call.getStatus()).isEqualTo(Status.STATUS_OK);
        assertThat(call.getFinishReasonsList()).containsExactly("stop");
        assertThat(call.getRequestParamsMap()).containsEntry("temperature", "0.2");
        assertThat(call.getAnomaliesList()).isEmpty();
    }

    @Test
    void tellsWhoCalledAndWhoPaid() {
        Call call = call(SUCCESS);
        assertThat(call.getReportedCost()).isEqualTo(Amounts.toProto(BigDecimal.valueOf(0.00021)));
        assertThat(call.getReportedCostCurrency()).isEqualTo("USD");
        assertThat(call.getUserId()).isEqualTo("u1");
        assertThat(call.getSessionId()).isEqualTo("s1");
        assertThat(call.getApp()).isEqualTo("shop");
        assertThat(call.getTagsList()).containsExactly("beta");
        assertThat(call.getMetadataMap())
                .containsEntry("user_api_key_hash", "88dc")
                .containsEntry("user_api_key_alias", "ci")
                .containsEntry("user_api_key_team_id", "t1")
                .containsEntry("user_api_key_team_alias", "search")
                .containsEntry("model_group", "fast")
                .containsEntry("plan", "pro")
                .doesNotContainKey("requester_ip_address");
        assertThat(call.getInput()).contains("2+2?");
        assertThat(call.getOutput()).contains("\"4\"");
    }

    @Test
    void addsAnthropicsCachedTokensOnlyWhereTheyAreLeftOut() {
        String usage = "\"id\":\"a\",\"model\":\"claude-sonnet-4-5\",\"startTime\":1795545595,\"endTime\":1795545596,"
                + "\"prompt_tokens\":%d,\"completion_tokens\":12,\"total_tokens\":%d,\"metadata\":{\"usage_object\":"
                + "{\"cache_read_input_tokens\":200,\"cache_creation_input_tokens\":100}}";
        for (String fields : new String[] {usage.formatted(310, 322), usage.formatted(10, 22)}) {
            Call call = call(fields);
            assertThat(call.getInputTokens()).isEqualTo(310);
            assertThat(call.getCacheReadTokens()).isEqualTo(200);
            assertThat(call.getCacheWriteTokens()).isEqualTo(100);
        }
    }

    @Test
    void countsNoTokensForAnAnswerOutOfTheGatewaysCache() {
        Call call = call(
                SUCCESS.replace("\"cache_hit\":false", "\"cache_hit\":true").replace("0.00021", "0.0"));
        assertThat(call.getInputTokens()).isZero();
        assertThat(call.getOutputTokens()).isZero();
        assertThat(call.hasReportedCost()).isFalse();
        assertThat(call.getUsageState()).isEqualTo(UsageState.USAGE_STATE_REPORTED);
        assertThat(call.getMetadataMap())
                .containsEntry("cache_hit", "true")
                .containsEntry("cached_prompt_tokens", "25")
                .containsEntry("cached_completion_tokens", "12");
    }

    @Test
    void tellsFailuresWithoutInventingTheirTokens() {
        Call call = call("""
            "id":"f1","call_type":"completion","status":"failure","model":"gpt-4o","custom_llm_provider":"openai",
            "response_cost":0,"total_tokens":0,"prompt_tokens":0,"completion_tokens":0,
            "startTime":1795545595.25,"endTime":1795545595.5,"error_str":"litellm.RateLimitError: slow down",
            "error_information":{"error_code":"429","error_class":"RateLimitError","llm_provider":"openai"}""");
        assertThat(call.getStatus()).isEqualTo(Status.STATUS_ERROR);
        assertThat(call.getErrorClass()).isEqualTo("rate_limit");
        assertThat(call.getErrorType()).isEqualTo("RateLimitError");
        assertThat(call.getErrorMessage()).isEqualTo("litellm.RateLimitError: slow down");
        assertThat(call.getHttpStatus()).isEqualTo(429);
        assertThat(call.hasInputTokens()).isFalse();
        assertThat(call.hasOutputTokens()).isFalse();
        assertThat(call.hasReportedCost()).isFalse();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "aembedding, KIND_EMBEDDING, embeddings",
        "atext_completion, KIND_LLM, text_completion",
        "arerank, KIND_RERANKER, rerank",
        "image_generation, KIND_LLM, image_generation",
        "aresponses, KIND_LLM, chat",
    })
    void countsEveryTypeOfCallToAModel(String callType, Kind kind, String operation) {
        Call call = call(SUCCESS.replace("acompletion", callType));
        assertThat(call.getKind()).isEqualTo(kind);
        assertThat(call.getOperation()).isEqualTo(operation);
        assertThat(call.getCountable()).isTrue();
    }

    @Test
    void namesTheFieldOfWhatItRefuses() {
        assertThat(refusal("\"model\":\"m\"").field()).isEqualTo("id");
        assertThat(refusal("\"id\":\"a\"").field()).isEqualTo("model");
        assertThat(refusal("\"id\":\"a\",\"model\":\"m\",\"startTime\":\"soon\"")
                        .field())
                .isEqualTo("startTime");
        assertThat(refusal("\"id\":\"a\",\"model\":\"m\",\"startTime\":1795545595,\"endTime\":1795545594")
                        .field())
                .isEqualTo("endTime");
    }
}
