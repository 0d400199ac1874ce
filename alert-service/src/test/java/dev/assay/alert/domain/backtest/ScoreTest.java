package dev.assay.alert.domain.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.alert.domain.evaluation.Labels;
import dev.assay.alert.domain.evaluation.Observation;
import dev.assay.alert.domain.incident.Episode;
import dev.assay.alert.domain.rule.DefaultRules;
import dev.assay.alert.domain.rule.Threshold;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoreTest {
    private static final long END = 1_000;

    private static Page page(String app, long from, @Nullable Long to) {
        return new Page(Labels.of(Map.of("app", app)), new Episode(from, from + 5, to, 1.0, 0.5));
    }

    private static Labelled incident(long from, long to, String app) {
        return new Labelled(from, to, Map.of("app", app));
    }

    @Test
    void precisionIsOfPagesAndRecallOfIncidents() {
        List<Page> pages = List.of(page("chat", 100, 150L), page("chat", 300, 310L), page("search", 100, 150L));
        List<Labelled> incidents = List.of(incident(90, 120, "chat"), incident(600, 700, "chat"));

        assertThat(Score.of(pages, incidents, END)).isEqualTo(new Score(1 / 3.0, 0.5));
    }

    @Test
    void twoPagesOfOneIncidentAreBothRight() {
        List<Page> pages = List.of(page("chat", 100, 110L), page("chat", 120, 130L));
        assertThat(Score.of(pages, List.of(new Labelled(90, 200, Map.of())), END))
                .isEqualTo(new Score(1.0, 1.0));
    }

    @Test
    void aPageThatJustMissesAnIncidentIsWrongAndOneThatStillFiresLastsToTheEnd() {
        assertThat(Score.of(List.of(page("chat", 100, 110L)), List.of(incident(110, 120, "chat")), END))
                .isEqualTo(new Score(0.0, 0.0));
        assertThat(Score.of(List.of(page("chat", 100, null)), List.of(incident(999, 1_001, "chat")), END))
                .isEqualTo(new Score(1.0, 1.0));
        assertThat(page("chat", 100, null).minutes(END)).isEqualTo(895);
    }

    @Test
    void whatCannotBeSaidIsUnknown() {
        assertThat(Score.of(List.of(), List.of(), END)).isEqualTo(new Score(null, null));
        assertThat(Score.of(List.of(), List.of(incident(1, 2, "chat")), END)).isEqualTo(new Score(null, 0.0));
    }

    @Test
    void otherThresholdsAreTheQuantilesOfWhatWasMeasuredFromTheMostSensitiveOn() {
        var rule = DefaultRules.find("error-rate").orElseThrow(); // > 0.01
        List<Observation.Measured> measured = IntStream.rangeClosed(1, 100)
                .mapToObj(percent -> new Observation.Measured(percent / 100.0, 0.01, 100, true))
                .toList();
        List<Double> values = Scaling.candidates(rule, measured).stream()
                .map(threshold -> ((Threshold.Constant) threshold).value())
                .toList();
        assertThat(values).isSorted().endsWith(1.0);
        assertThat(values.get(0)).isLessThan(0.1);
        assertThat(Scaling.candidates(DefaultRules.find("quality-drop").orElseThrow(), measured))
                .extracting(threshold -> ((Threshold.Constant) threshold).value())
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(Scaling.candidates(rule, List.of())).isEmpty();
    }
}
