package dev.assay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.kubernetes.ScalingSimulation.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The scaling values under a real hour's arrivals (Azure/AzurePublicDataset, CC BY 4.0; Patel et al., Splitwise, ISCA 2024), as
 * large as two and a half pods on average. The trace is not part of this project.
 */
class RecordedLoadDataCheck {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSS");
    private static final double MEAN_PODS = 2.5;

    @Test
    void followsARealHour() throws IOException {
        Outcome outcome = new ScalingSimulation(Chart.VALUES, "cost").follow(hour());
        assertThat(outcome.folded()).isBetween(0.999999, 1.000001);
        assertThat(outcome.worstDelay()).isLessThan(60);
        assertThat(outcome.changes()).isLessThan(12);
        System.out.println("a real hour: " + outcome);
    }

    private static LoadCurve hour() throws IOException {
        List<String> lines = Files.readAllLines(
                Path.of(System.getProperty("assay.data"), "traces", "azure-llm-inference-2023-conv.csv"));
        LocalDateTime first = time(lines.get(1));
        int seconds =
                (int) Duration.between(first, time(lines.get(lines.size() - 1))).toSeconds() + 1;
        int[] calls = new int[seconds];
        lines.stream()
                .skip(1)
                .forEach(line -> calls[(int) Duration.between(first, time(line)).toSeconds()]++);
        double mean = (lines.size() - 1.0) / seconds;
        return new LoadCurve("a real hour", seconds, t -> MEAN_PODS * calls[t] / mean);
    }

    private static LocalDateTime time(String line) {
        return LocalDateTime.parse(line.substring(0, line.indexOf(',')), TIME);
    }
}
