package dev.assay.localstack.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The lines of a log that say why a process did not start: its last errors, else its last lines. */
final class LogTail {
    private static final int LINES = 12;
    private static final int LINE_LENGTH = 240;
    private static final long READ_BYTES = 256 * 1024;

    /** Indented lines, each after a line break; empty when there is no log. */
    static String of(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        List<String> lines = end(log).lines().filter(line -> !line.isBlank()).toList();
        List<String> errors = lines.stream()
                .filter(line -> line.matches(".*(ERROR|FATAL|SEVERE|Caused by|Exception:|Error:).*"))
                .toList();
        List<String> shown = errors.isEmpty() ? lines : errors;
        return shown.subList(Math.max(0, shown.size() - LINES), shown.size()).stream()
                .map(line -> "\n    " + printable(line))
                .collect(Collectors.joining());
    }

    private static String end(Path log) throws IOException {
        try (var in = Files.newInputStream(log)) {
            in.skipNBytes(Math.max(0, Files.size(log) - READ_BYTES));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String printable(String line) {
        String clean = line.replaceAll("[^\\x20-\\x7E]+", "?");
        return clean.length() > LINE_LENGTH ? clean.substring(0, LINE_LENGTH) + " ..." : clean;
    }

    private LogTail() {}
}
