package dev.assay.alert.domain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** {@code for} and {@code keep_firing_for} on 200 random series, minute by minute, against Prometheus itself. */
class PromtoolDifferentialTest {
    private static List<String> recorded() throws IOException {
        try (var in = PromtoolDifferentialTest.class.getResourceAsStream("/promtool-phases.txt")) {
            return new String(Optional.ofNullable(in).orElseThrow().readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }

    @Test
    void everyMinuteOf200RandomSeriesIsAsPrometheusHasIt() throws IOException {
        List<PromtoolCase> cases = PromtoolCase.all();
        List<String> recorded = recorded();
        assertThat(recorded).hasSize(PromtoolCase.COUNT);
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < cases.size(); i++) {
            softly.assertThat(cases.get(i).phases()).as(cases.get(i).toString()).isEqualTo(recorded.get(i));
        }
        softly.assertAll();
        assertThat(String.join("", recorded)).contains("pF", "Fp", "F-", "p-");
    }

    @Test
    void whatWasRecordedIsWhatAnInstalledPromtoolSays() throws Exception {
        List<String> recorded = recorded();
        var promtool = Promtool.installed();
        assertThat(promtool.isPresent() ? Promtool.phases(promtool.get(), PromtoolCase.all()) : recorded)
                .isEqualTo(recorded);
    }
}
