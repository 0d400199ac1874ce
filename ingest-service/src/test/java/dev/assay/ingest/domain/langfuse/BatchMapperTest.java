package dev.assay.ingest.domain.langfuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Feedback;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.ingest.domain.mapping.Amounts;
import dev.assay.ingest.json.JsonValues;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single items of Langfuse's batch API become. Numbers are those of the scripted scenario: 25/12, 16 cached, 4 reasoning. */
class BatchMapperTest {
    private static final JsonValues JSON = new JsonValues();
    private static final String CHAT = "'id':'g1','traceId':'t1','startTime':'2026-11-24T18:00:00Z','model':'gpt-4o'";

    private static BatchItem map(String type, String body) {
        String item = ("{'id':'i1','type':'" + type + "','timestamp':'2026-11-24T18:00:01.5Z','body':{" + body + "}}")
                .replace('\'', '"');
        return new BatchMapper(JSON).map("i1", (Map<?, ?>) JSON.read(item));
    }

    private static Call call(String type, String body) {
        return ((BatchItem.Observed) map(type, body)).call().build();
    }

    private static Feedback feedback(String body) {
        return ((BatchItem.Scored) map("score-create", body)).feedback().build();
    }

    private static String refusal(BatchItem item) {
        var refusal = ((BatchItem.Refused) item).refusal();
        return refusal.field() + " " + refusal.reason();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "'usage':{'input':25,'output':12,'total':37,'unit':'TOKENS'},"
                        + "'usageDetails':{'input':25,'input_cached_tokens':16,'output':12,'output_reasoning_tokens':4,'total':37}",
                "'usageDetails':{'input':9,'input_cached_tokens':16,'output':8,'output_reasoning_tokens':4,'total':37}",
                "'usage':{'prompt_tokens':25,'completion_tokens':12,'total_tokens':37,"
                        + "'prompt_tokens_details':{'cached_tokens':16},'completion_tokens_details':{'reasoning_tokens':4}}",
                "'usage':{'input_tokens':25,'output_tokens':12,"
                        + "'input_tokens_details':{'cached_tokens':16},'output_tokens_details':{'reasoning_tokens':4}}",
            })
    void readsTheTokensOfEveryShapeOfUsage(String usage) {
        Call call = call("generation-create", CHAT + "," + usage);
        assertThat(call.getInputTokens()).isEqualTo(25);
        assertThat(call.getOutputTokens()).isEqualTo(12);
        assertThat(call.getCacheReadTokens()).isEqualTo(16);
        assertThat(call.getReasoningTokens()).isEqualTo(4);
        assertThat(call.getAnomaliesList()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "'usage':{'promptTokens':25,'completionTokens':12,'totalTokens':37}",
                "'usage':{'input':25,'output':12}",
                "'usage':{'total':37,'output':12}",
            })
    void readsTotalsWithoutParts(String usage) {
        Call call = call("generation-create", CHAT + "," + usage);
        assertThat(call.getInputTokens()).isEqualTo(25);
        assertThat(call.getOutputTokens()).isEqualTo(12);
        assertThat(call.hasCacheReadTokens()).isFalse();
    }

    @Test
    void addsTheCachedPartsOfAnthropicsUsage() {
        Call call = call(
                "generation-create",
                CHAT
                        + ",'usageDetails':{'input_tokens':10,'cache_read_input_tokens':200,'cache_creation_input_tokens':100,'output_tokens':12}");
        assertThat(call.getInputTokens()).isEqualTo(310);
        assertThat(call.getCacheReadTokens()).isEqualTo(200);
        assertThat(call.getCacheWriteTokens()).isEqualTo(100);
        assertThat(call.getOutputTokens()).isEqualTo(12);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "'costDetails':{'input':0.001,'output':0.002,'total':0.003}",
                "'usage':{'input':25,'output':12,'inputCost':0.001,'outputCost':0.002}",
                "'usage':{'input':25,'output':12,'totalCost':0.003}",
            })
    void keepsWhatTheClientReckonsTheCost(String cost) {
        Call call = call("generation-create", CHAT + "," + cost);
        assertThat(call.getReportedCost()).isEqualTo(Amounts.toProto(new BigDecimal("0.003")));
        assertThat(call.getReportedCostCurrency()).isEqualTo("USD");
    }

    @Test
    void doesNotTakeCharactersForTokens() {
        Call call = call("generation-create", CHAT + ",'usage':{'input':120,'unit':'CHARACTERS'}");
        assertThat(call.hasInputTokens()).isFalse();
        assertThat(call.getInputCharacters()).isEqualTo(120);
    }

    @ParameterizedTest(name = "{0} is a {1}, counted: {2}")
    @CsvSource({
        "generation-create, KIND_LLM, true",
        "generation-update, KIND_LLM, true",
        "embedding-create, KIND_EMBEDDING, true",
        "span-create, KIND_OTHER, false",
        "span-update, KIND_OTHER, false",
        "event-create, KIND_OTHER, false",
        "agent-create, KIND_AGENT, false",
        "tool-create, KIND_TOOL, false",
        "chain-create, KIND_CHAIN, false",
        "retriever-create, KIND_RETRIEVER, false",
        "evaluator-create, KIND_EVALUATOR, false",
        "guardrail-create, KIND_GUARDRAIL, false",
        "trace-create, KIND_OTHER, false",
    })
    void knowsTheKindsOfObservations(String type, Kind kind, boolean counted) {
        Call call = call(type, CHAT);
        assertThat(call.getKind()).isEqualTo(kind);
        assertThat(call.getCountable()).isEqualTo(counted);
        assertThat(call.getDialect()).isEqualTo("langfuse");
    }

    @Test
    void takesTheTypeOfAnObservationFromItsBody() {
        assertThat(call("observation-create", CHAT + ",'type':'GENERATION'").getKind())
                .isEqualTo(Kind.KIND_LLM);
    }

    @Test
    void saysNothingThatAnUpdateDoesNotSay() {
        Call call = call("observation-update", "'id':'g1','output':'four'");
        assertThat(call.getKind()).isEqualTo(Kind.KIND_UNSPECIFIED);
        assertThat(call.getStatus()).isEqualTo(Status.STATUS_UNSPECIFIED);
        assertThat(call.hasStartTimeUs()).isFalse();
        assertThat(call.hasDurationUs()).isFalse();
        assertThat(call.getTraceId()).isEmpty();
        assertThat(call.getOutput()).contains("four");
    }

    @Test
    void takesAnErrorFromTheLevel() {
        Call call = call("generation-update", "'id':'g1','level':'ERROR','statusMessage':'Error: 429 slow down'");
        assertThat(call.getStatus()).isEqualTo(Status.STATUS_ERROR);
        assertThat(call.getErrorClass()).isEqualTo("rate_limit");
        assertThat(call.getErrorMessage()).isEqualTo("Error: 429 slow down");
    }

    @Test
    void keepsUserSessionAndTagsOfATrace() {
        Call call = call(
                "trace-create",
                "'id':'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA','userId':'u1','sessionId':'s1','tags':['a','b'],'name':'checkout',"
                        + "'environment':'prod','metadata':{'plan':'pro'}");
        assertThat(call.getEnvelope().getEventId()).isEqualTo("trace:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        assertThat(call.getTraceId()).isEqualTo("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        assertThat(call.getUserId()).isEqualTo("u1");
        assertThat(call.getSessionId()).isEqualTo("s1");
        assertThat(call.getTagsList()).containsExactly("a", "b");
        assertThat(call.getEnvironment()).isEqualTo("prod");
        assertThat(call.getMetadataMap()).containsEntry("plan", "pro").containsEntry("name", "checkout");
    }

    @ParameterizedTest(name = "{0} = {1} is {2}")
    @CsvSource({
        "thumb, 1, up",
        "user-feedback, 0, down",
        "rating, 4, stars 4",
        "rating, 4.5, ''",
        "rating, 6, ''",
        "nps, 10, nps 10",
        "helpfulness, 0.9, ''"
    })
    void countsAScoreAsFeedbackWhereItsNameSaysSo(String name, String value, String expected) {
        Feedback feedback = feedback("'traceId':'t1','name':'" + name + "','value':" + value);
        String counted = feedback.getThumbs() == Feedback.Thumbs.THUMBS_UP
                ? "up"
                : feedback.getThumbs() == Feedback.Thumbs.THUMBS_DOWN
                        ? "down"
                        : feedback.hasRating()
                                ? "stars " + feedback.getRating()
                                : feedback.hasNps() ? "nps " + feedback.getNps() : "";
        assertThat(counted).isEqualTo(expected);
        assertThat(feedback.getScore().getName()).isEqualTo(name);
        assertThat(feedback.getScore().getValue()).isEqualTo(Double.parseDouble(value));
    }

    @Test
    void keepsWordsAsScoresToo() {
        Feedback feedback = feedback(
                "'traceId':'t1','observationId':'g1','name':'tone','value':'rude','dataType':'CATEGORICAL','comment':'really'");
        assertThat(feedback.getScore().getLabel()).isEqualTo("rude");
        assertThat(feedback.getScore().hasValue()).isFalse();
        assertThat(feedback.getScore().getExplanation()).isEqualTo("really");
        assertThat(feedback.getText()).isEmpty(); // a judge's words are no user's complaint
        assertThat(feedback.getCallEventId()).isEqualTo("g1");
    }

    @Test
    void findsTheSpanOfAScoreThatCameByOpenTelemetry() {
        Feedback feedback = feedback(
                "'traceId':'0af7651916cd43dd8448eb211c80319c','observationId':'b7ad6b7169203331','name':'x','value':1");
        assertThat(feedback.getCallEventId()).isEqualTo("0af7651916cd43dd8448eb211c80319c:b7ad6b7169203331");
    }

    @Test
    void namesTheFieldOfWhatItRefuses() {
        assertThat(refusal(map("dataset-create", ""))).startsWith("type must be trace-create, score-create");
        assertThat(refusal(map("trace-update", ""))).startsWith("type must be");
        assertThat(refusal(map("generation-update", "'output':'x'"))).isEqualTo("body.id is required");
        assertThat(refusal(map("generation-create", "'startTime':'yesterday'"))).startsWith("body.startTime must be");
        assertThat(refusal(map("generation-create", CHAT + ",'endTime':'2026-11-24T17:00:00Z'")))
                .isEqualTo("body.endTime must not be before startTime");
        assertThat(refusal(map("score-create", "'traceId':'t1','value':1"))).startsWith("body.name must be");
        assertThat(refusal(map("score-create", "'traceId':'t1','name':'x','value':'much','dataType':'NUMERIC'")))
                .isEqualTo("body.value must be a number, or a text with dataType CATEGORICAL");
        assertThat(refusal(map("score-create", "'name':'x','value':1"))).startsWith("body.traceId is required");
    }

    @Test
    void hasNothingToKeepOfWhatAnSdkTellsOfItself() {
        assertThat(map("sdk-log", "'log':'flushed'")).isInstanceOf(BatchItem.NothingToKeep.class);
    }
}
