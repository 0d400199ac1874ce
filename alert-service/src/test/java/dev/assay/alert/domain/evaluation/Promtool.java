package dev.assay.alert.domain.evaluation;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Asks {@code promtool test rules} what Prometheus makes of the {@link PromtoolCase}s: a test that expects no alerts at any
 * minute fails at each that has some, and says which.
 *
 * <p>Its answers are kept in {@code promtool-phases.txt}, so that the comparison needs no promtool. To record them again:
 * install Debian's {@code prometheus} (2.42 or later) and run this class's {@code main} with the file's path.
 */
final class Promtool {
    private static final Pattern TIME = Pattern.compile("time: (?:(\\d+)h)?(?:(\\d+)m)?(?:\\d+s)?,");
    private static final Pattern ALERT = Pattern.compile("alertname=\"r(\\d+)\", alertstate=\"(pending|firing)\"");

    private Promtool() {}

    /** Where it is on the PATH, if it is. */
    static Optional<Path> installed() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The phases of each case, as {@link PromtoolCase#phases()} writes them. */
    static List<String> phases(Path promtool, List<PromtoolCase> cases) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("promtool");
        Path output = folder.resolve("output.txt");
        try {
            Files.writeString(folder.resolve("rules.yml"), rules(cases));
            Files.writeString(folder.resolve("test.yml"), test(cases));
            Process process = new ProcessBuilder(promtool.toString(), "test", "rules", "test.yml")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("promtool did not end");
            }
            return parse(Files.readString(output), cases);
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static String rules(List<PromtoolCase> cases) {
        StringBuilder yaml = new StringBuilder("groups:\n- name: g\n  interval: 1m\n  rules:\n");
        for (int i = 0; i < cases.size(); i++) {
            yaml.append("  - alert: r%d\n    expr: s%d > 0.5\n    for: %dm\n    keep_firing_for: %dm\n"
                    .formatted(i, i, cases.get(i).forMinutes(), cases.get(i).keepFiringForMinutes()));
        }
        return yaml.toString();
    }

    private static String test(List<PromtoolCase> cases) {
        StringBuilder yaml = new StringBuilder(
                "rule_files: [rules.yml]\nevaluation_interval: 1m\ntests:\n- interval: 1m\n  input_series:\n");
        for (int i = 0; i < cases.size(); i++) {
            yaml.append("  - series: s%d\n    values: '%s'\n"
                    .formatted(i, cases.get(i).series()));
        }
        yaml.append("  promql_expr_test:\n");
        IntStream.range(0, cases.get(0).minutes().length())
                .forEach(minute ->
                        yaml.append("  - {expr: ALERTS, eval_time: %dm, exp_samples: []}\n".formatted(minute)));
        return yaml.toString();
    }

    private static List<String> parse(String output, List<PromtoolCase> cases) {
        char[][] phases = new char[cases.size()][cases.get(0).minutes().length()];
        for (char[] row : phases) {
            Arrays.fill(row, '-');
        }
        int minute = -1;
        for (String line : output.split("\n")) {
            Matcher time = TIME.matcher(line);
            if (time.find()) {
                minute = 60 * number(time.group(1)) + number(time.group(2));
            }
            Matcher alert = ALERT.matcher(line);
            while (alert.find()) {
                phases[Integer.parseInt(alert.group(1))][minute] =
                        alert.group(2).equals("firing") ? 'F' : 'p';
            }
        }
        if (minute < 0) {
            throw new IllegalStateException("promtool said: " + output);
        }
        return Arrays.stream(phases).map(String::new).toList();
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path promtool = installed().orElseThrow(() -> new IllegalStateException("promtool is not on the PATH"));
        Files.write(Path.of(arguments[0]), phases(promtool, PromtoolCase.all()), StandardCharsets.US_ASCII);
    }
}
