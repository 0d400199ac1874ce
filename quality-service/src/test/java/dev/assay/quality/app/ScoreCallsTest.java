package dev.assay.quality.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.common.v1.Revision;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.contracts.llm.v1.ToolCall;
import dev.assay.contracts.llm.v1.Withdrawn;
import dev.assay.quality.domain.detect.DetectorModels;
import dev.assay.quality.domain.detect.Detectors;
import dev.assay.quality.domain.safety.Presence;
import org.junit.jupiter.api.Test;

class ScoreCallsTest {
    private final ScoreCalls scoreCalls = new ScoreCalls(new Detectors(DetectorModels.load()));

    @Test
    void judgesAnAnswer() {
        ScoredCall call = score(call().setOutput("Paris is the capital of France."));
        assertThat(call.contribution().presence()).isEqualTo(Presence.JUDGED);
        assertThat(call.contribution().words()).isEqualTo(6);
        assertThat(call.verdict()).isNotNull();
        assertThat(call.minute()).isEqualTo(60);
        assertThat(call.dimensions().getModel()).isEqualTo("served");
        assertThat(call.query()).isEqualTo("What is the capital?");
        assertThat(call.user()).isNotNull();
    }

    @Test
    void knowsAnAnswerWithoutTextAsOneThatCouldNotBeJudged() {
        ScoredCall call = score(call());
        assertThat(call.contribution().presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(call.verdict()).isNull();
    }

    @Test
    void doesNotExpectAnAnswerOfEmbeddingsFailuresAndToolCalls() {
        assertThat(score(call().setKind(Kind.KIND_EMBEDDING).setOutput("x"))
                        .contribution()
                        .presence())
                .isEqualTo(Presence.NONE);
        assertThat(score(call().setStatus(Status.STATUS_ERROR)).contribution().presence())
                .isEqualTo(Presence.NONE);
        assertThat(score(call().addToolCalls(ToolCall.newBuilder().setName("f")))
                        .contribution()
                        .presence())
                .isEqualTo(Presence.NONE);
    }

    @Test
    void countsNothingOfAWithdrawnCall() {
        ScoredCall call = scoreCalls.score(
                revised().setWithdrawn(Withdrawn.getDefaultInstance()).build(), 7);
        assertThat(call.withdrawn()).isTrue();
        assertThat(call.contribution().presence()).isEqualTo(Presence.NONE);
        assertThat(call.query()).isEmpty();
    }

    @Test
    void keepsOnlyTheOpeningOfAQueryAndNoNul() {
        ScoredCall call = score(call().setInput("a\0b" + "x".repeat(1_000)));
        assertThat(call.query()).hasSize(ScoreCalls.QUERY_LENGTH).startsWith("a\uFFFDb");
        assertThat(ScoreCalls.cut("ab\uD83D\uDE00", 3)).isEqualTo("ab");
    }

    @Test
    void countsWordsAsPeopleDo() {
        assertThat(ScoreCalls.words("It's  a well-known fact — isn't it?\n- yes"))
                .isEqualTo(7);
        assertThat(ScoreCalls.words(" … ")).isZero();
    }

    private ScoredCall score(Call.Builder call) {
        return scoreCalls.score(revised().setCall(call).build(), 7);
    }

    private static CallRevised.Builder revised() {
        return CallRevised.newBuilder()
                .setEnvelope(
                        Envelope.newBuilder().setTenant("t").setEventId("e").setEventTimeUs(3_600_000_000L))
                .setRevision(Revision.newBuilder().setPosition(3))
                .setLedgerDay(0);
    }

    private static Call.Builder call() {
        return Call.newBuilder()
                .setKind(Kind.KIND_LLM)
                .setStatus(Status.STATUS_OK)
                .setStartTimeUs(3_600_000_000L)
                .setRequestModel("asked")
                .setResponseModel("served")
                .setUserId("u")
                .setInput("What is the capital?");
    }
}
