package dev.assay.quality.domain.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.quality.domain.gate.GateVerdict.Demand;
import dev.assay.quality.domain.gate.GateVerdict.Result;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

class GateVerdictTest {

    @ParameterizedTest(name = "{0}: {1} / {2} is {3}")
    @CsvSource({
        "EXACT, 'Paris.', 'paris', 1",
        "EXACT, 'Paris', 'It is Paris', 0",
        "CONTAINS, 'New York', 'It is in New York, I think', 1",
        "CONTAINS, 'New York', 'York is not New', 0",
        "CONTAINS, 'art', 'a party', 0", // words, not letters
        "TOKEN_F1, 'the red car', 'a red car', 0.6666666666666666",
        "TOKEN_F1, 'red red', 'red', 0.6666666666666666",
        "TOKEN_F1, 'red', '', 0"
    })
    void scores(Scorer scorer, String expected, String answer, double score) {
        assertThat(scorer.score(expected, answer)).isCloseTo(score, within(1e-12));
    }

    private static Map<String, Result> run(int cases, int from, int failed) {
        Map<String, Result> results = new TreeMap<>();
        for (int i = 0; i < cases; i++) {
            boolean passed = i < from || i >= from + failed;
            results.put("c" + i, new Result(passed ? 1 : 0, passed));
        }
        return results;
    }

    /** 10 broken and none fixed: p = 2 / 2^10. Three broken might be chance: p = 1/4. */
    @Test
    void failsOnASignificantFallAlone() {
        Demand demand = new Demand(null, 0);
        GateVerdict broken = GateVerdict.of(run(200, 50, 10), run(200, 0, 0), demand);
        assertThat(broken.passed()).isFalse();
        assertThat(broken.reasons().get(0)).contains("5.0 points below the baseline (10 cases broken, 0 fixed");
        assertThat(compared(broken).rates().pValue()).isCloseTo(2 / 1024.0, within(1e-12));
        assertThat(Objects.requireNonNull(compared(broken).scores()).high()).isNegative();
        assertThat(GateVerdict.of(run(200, 50, 3), run(200, 0, 0), demand).passed())
                .isTrue();
        assertThat(GateVerdict.of(run(200, 50, 10), run(200, 0, 0), new Demand(null, 0.06))
                        .passed())
                .isTrue();
        // the same rate, but other cases: no fall, and yet it is told what changed
        GateVerdict other = GateVerdict.of(run(200, 50, 10), run(200, 100, 10), demand);
        assertThat(other.passed()).isTrue();
        assertThat(compared(other).fixed()).hasSize(10);
        assertThat(compared(other).broken()).hasSize(10);
    }

    private static GateVerdict.Comparison compared(GateVerdict verdict) {
        return Objects.requireNonNull(verdict.comparison());
    }

    @Test
    void failsUnderTheShareThatMustPass() {
        assertThat(GateVerdict.of(run(100, 0, 11), null, new Demand(0.9, 0)).reasons())
                .containsExactly("89 of 100 cases passed (89.0 %), and 90.0 % must");
        assertThat(GateVerdict.of(run(100, 0, 10), null, new Demand(0.9, 0)).passed())
                .isTrue();
    }

    @Test
    void reportsInFormsThatOthersRead() throws Exception {
        GateVerdict verdict = GateVerdict.of(run(2, 0, 1), null, new Demand(0.9, 0));
        List<GateReport.Line> lines = List.of(
                new GateReport.Line("c0", false, 0, "expected: <a> & \"b\"; got: x|y\n\u0001"),
                new GateReport.Line("c1", true, 1, ""));
        String markdown = GateReport.markdown("g", "new prompt", verdict, lines);
        assertThat(markdown)
                .startsWith("# Failed: g — new prompt")
                .contains("| 2 | 1 | 50.0 % |", "| c0 | 0.000 | expected: &lt;a> & \"b\"; got: x y");
        String xml = GateReport.junit("g", verdict, lines);
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(((Element) suite.getElementsByTagName("skipped").item(0)).getAttribute("message"))
                .contains("<a> & \"b\"");
    }
}
