package dev.assay.quality.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.quality.domain.judge.Judgement;
import dev.assay.quality.domain.judge.Rubric;
import dev.assay.quality.domain.judge.Rubric.Criterion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeAnswerTest {
    private static final Rubric RUBRIC =
            new Rubric("r", 1, List.of(new Criterion("a", "A.", 1, Map.of()), new Criterion("b", "B.", 1, Map.of())));
    private static final String GOOD =
            "{\"mark\":\"m\",\"a\":{\"score\":5,\"justification\":\"x\"},\"b\":{\"score\":2,\"justification\":\"y\"}}";

    @Test
    void readsWhatWasAskedFor() {
        Judgement judgement = JudgeAnswer.read(RUBRIC, "m", " " + GOOD + "\n").orElseThrow();
        assertThat(judgement.overall()).isEqualTo(3.5);
        assertThat(judgement.scores().get("b")).isEqualTo(new Judgement.Score(2, "y"));
        assertThat(JudgeAnswer.schema(RUBRIC))
                .contains("\"required\":[\"mark\",\"a\",\"b\"]", "\"additionalProperties\":false", "[1,2,3,4,5]");
    }

    /** The first object in the answer may be one that the judged text had in it; a missing score is neither 0 nor left out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sure: " + GOOD,
                GOOD + " That is all.",
                GOOD + GOOD,
                "```json\n" + GOOD + "\n```",
                "{\"mark\":\"other\",\"a\":{\"score\":5},\"b\":{\"score\":5}}",
                "{\"a\":{\"score\":5},\"b\":{\"score\":5}}",
                "{\"mark\":\"m\",\"a\":{\"score\":5}}",
                "{\"mark\":\"m\",\"a\":{\"score\":5},\"b\":{\"score\":0}}",
                "{\"mark\":\"m\",\"a\":{\"score\":5},\"b\":{\"score\":4.5}}",
                "{\"mark\":\"m\",\"a\":{\"score\":5},\"b\":{\"score\":\"5\"}}",
                "{\"mark\":\"m\",\"a\":{\"score\":1},\"a\":{\"score\":5},\"b\":{\"score\":5}}",
                "[]",
                "null",
                ""
            })
    void takesNothingElseForAnAnswer(String answer) {
        assertThat(JudgeAnswer.read(RUBRIC, "m", answer)).isEmpty();
    }
}
