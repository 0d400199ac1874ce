package dev.assay.ingest.domain.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.llm.v1.Feedback;
import dev.assay.ingest.json.JsonValues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationsTest {
    private static final JsonValues JSON = new JsonValues();
    private static final Map<String, Object> RELEVANCE = Map.of(
            "gen_ai.evaluation.name", "Relevance",
            "gen_ai.evaluation.score.value", 4.0,
            "gen_ai.evaluation.score.label", "pass",
            "gen_ai.evaluation.explanation", "on topic");

    private static Mapped ofLog(String spanId, Map<String, Object> fields) {
        Attributes attributes = new Attributes();
        fields.forEach(attributes::put);
        return new LogMapper(JSON)
                .map(
                        TelemetryResource.UNKNOWN,
                        TelemetryScope.UNNAMED,
                        new TelemetryLog(
                                "gen_ai.evaluation.result", Span.TRACE_ID, spanId, Span.START, null, attributes));
    }

    @Test
    void belongToTheCallOfTheirSpan() {
        Feedback feedback =
                ((Mapped.Evaluated) ofLog(Span.SPAN_ID, RELEVANCE)).feedback().build();
        assertThat(feedback.getCallEventId()).isEqualTo(Span.TRACE_ID + ":" + Span.SPAN_ID);
        assertThat(feedback.getScore().getName()).isEqualTo("Relevance");
        assertThat(feedback.getScore().getValue()).isEqualTo(4);
        assertThat(feedback.getScore().getLabel()).isEqualTo("pass");
        assertThat(feedback.getScore().getExplanation()).isEqualTo("on topic");
        assertThat(feedback.hasRating()).isFalse(); // a judge's score is nobody's rating
    }

    @Test
    void areTheSameEventWhenTheyAreSentAgain() {
        Mapped.Evaluated once = (Mapped.Evaluated) ofLog(Span.SPAN_ID, RELEVANCE);
        assertThat(((Mapped.Evaluated) ofLog(Span.SPAN_ID, RELEVANCE)).eventId())
                .isEqualTo(once.eventId());
        assertThat(once.eventId()).hasSizeLessThan(200);
    }

    @Test
    void comeAsEventsOfSpansToo() {
        TelemetrySpan span =
                Span.chat().event("gen_ai.evaluation.result", 1, RELEVANCE).span();
        List<Mapped> evaluations = SpanMapper.evaluations(span);
        assertThat(evaluations).singleElement().isInstanceOf(Mapped.Evaluated.class);
        assertThat(((Mapped.Evaluated) evaluations.get(0)).timeUs()).isEqualTo(Span.START / 1000);
    }

    @Test
    void needANameAndASpan() {
        assertThat(ofLog(Span.SPAN_ID, Map.of("gen_ai.evaluation.score.value", 1.0)))
                .isEqualTo(new Mapped.Refused("", "gen_ai.evaluation.name", "is required"));
        assertThat(ofLog("", RELEVANCE))
                .isEqualTo(new Mapped.Refused("", "span_id", "must name the span that was evaluated"));
    }

    @Test
    void areLeftOutWhereTheEvaluationFailed() {
        assertThat(ofLog(Span.SPAN_ID, Map.of("gen_ai.evaluation.name", "x", "error.type", "timeout")))
                .isSameAs(Mapped.LeftOut.INSTANCE);
    }
}
