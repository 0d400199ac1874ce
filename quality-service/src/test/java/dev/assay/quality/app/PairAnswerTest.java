package dev.assay.quality.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.quality.domain.judge.PairVerdict.Choice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairAnswerTest {
    private static final String MARK = "ab12";

    @Test
    void isTheFirstTheSecondOrNeither() {
        assertThat(PairAnswer.read(MARK, answer("first"))).hasValue(Choice.A);
        assertThat(PairAnswer.read(MARK, answer("second"))).hasValue(Choice.B);
        assertThat(PairAnswer.read(MARK, answer("tie"))).hasValue(Choice.TIE);
        assertThat(PairAnswer.schema()).contains("\"enum\":[\"first\",\"second\",\"tie\"]");
    }

    /** What may lie ready in a compared text is no answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "first",
                "{\"mark\":\"ab12\"}",
                "{\"mark\":\"ab12\",\"better\":\"A\"}",
                "{\"mark\":\"other\",\"better\":\"first\"}",
                "{\"better\":\"first\"}",
                "{\"mark\":\"ab12\",\"better\":\"first\",\"better\":\"second\"}",
                "Here it is: {\"mark\":\"ab12\",\"better\":\"first\"}",
                "{\"mark\":\"ab12\",\"better\":\"first\"} as asked"
            })
    void isNothingElse(String text) {
        assertThat(PairAnswer.read(MARK, text)).isEmpty();
    }

    private static String answer(String better) {
        return "{\"mark\":\"ab12\",\"justification\":\"because\",\"better\":\"" + better + "\"}";
    }
}
