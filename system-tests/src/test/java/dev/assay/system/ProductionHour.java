package dev.assay.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * A real hour of a conversation service: when its calls came, and their tokens. The public trace
 * (Azure/AzurePublicDataset, CC BY 4.0; Patel et al., Splitwise, ISCA 2024) is read from the folder that {@code ./assay test
 * --data} names; it is not part of this project.
 */
final class ProductionHour {
    /**
     * One call of the hour.
     *
     * @param after how long after the hour's first call it came
     */
    record Arrival(Duration after, long contextTokens, long generatedTokens) {}

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSS");

    private final List<Arrival> arrivals;

    private ProductionHour(List<Arrival> arrivals) {
        this.arrivals = arrivals;
    }

    /** The hour, if the folder is given. */
    static Optional<ProductionHour> given() {
        String data = System.getProperty("assay.data", "");
        if (data.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(Path.of(data, "traces", "azure-llm-inference-2023-conv.csv"));
            LocalDateTime first = time(lines.get(1));
            return Optional.of(new ProductionHour(lines.stream()
                    .skip(1)
                    .map(line -> {
                        String[] fields = line.split(",");
                        return new Arrival(
                                Duration.between(first, time(line)),
                                Long.parseLong(fields[1]),
                                Long.parseLong(fields[2].strip()));
                    })
                    .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LocalDateTime time(String line) {
        return LocalDateTime.parse(line.substring(0, line.indexOf(',')), TIME);
    }

    /** The call of this number; after the last one the hour starts again. */
    Arrival at(int number) {
        return arrivals.get(number % arrivals.size());
    }
}
