package dev.assay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * When requests come, whether or not earlier ones are answered: with the gaps of a real production hour (Azure/AzurePublicDataset,
 * CC BY 4.0; Patel et al., Splitwise, ISCA 2024), speeded up evenly, if its folder is given, else of a Poisson process.
 */
final class Arrivals {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSS");

    private Arrivals() {}

    /**
     * Times in nanoseconds from a start, ascending.
     *
     * @param data the folder with the trace, or null
     * @param perSecond how many a second on average
     */
    static long[] over(Duration howLong, double perSecond, @Nullable Path data) throws IOException {
        int n = (int) (howLong.toNanos() / 1e9 * perSecond);
        double[] gaps = data == null ? poisson(n) : trace(n, data);
        double scale = howLong.toNanos() / java.util.Arrays.stream(gaps).sum();
        long[] times = new long[n];
        double at = 0;
        for (int i = 0; i < n; i++) {
            at += gaps[i] * scale;
            times[i] = (long) at;
        }
        return times;
    }

    private static double[] poisson(int n) {
        Random random = new Random(4);
        return random.doubles(n).map(u -> -Math.log1p(-u)).toArray();
    }

    private static double[] trace(int n, Path data) throws IOException {
        List<LocalDateTime> times =
                Files.readAllLines(data.resolve("traces/azure-llm-inference-2023-conv.csv")).stream()
                        .skip(1)
                        .map(line -> LocalDateTime.parse(line.substring(0, line.indexOf(',')), TIME))
                        .toList();
        double[] gaps = new double[n];
        for (int i = 0; i < n; i++) {
            int at = i % (times.size() - 1);
            gaps[i] = Duration.between(times.get(at), times.get(at + 1)).toNanos();
        }
        return gaps;
    }
}
