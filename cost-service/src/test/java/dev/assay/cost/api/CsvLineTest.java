package dev.assay.cost.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLineTest {

    @ParameterizedTest(name = "[{index}]")
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"})
    void leadsWhatASpreadsheetWouldRunByAnApostrophe(String formula) {
        assertThat(new CsvLine().text(formula).end().replace("\"", "")).startsWith("'" + formula);
    }

    @Test
    void leavesNumbersOfOurOwnAlone() {
        assertThat(new CsvLine().own("-0.5").own(null).text(null).text("a-b=c").end())
                .isEqualTo("-0.5,,,a-b=c\r\n");
    }

    @Test
    void quotesAsTheRfcSays() {
        assertThat(new CsvLine()
                        .text("a,b")
                        .text("say \"x\"")
                        .text("two\nlines")
                        .end())
                .isEqualTo("\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\r\n");
    }
}
