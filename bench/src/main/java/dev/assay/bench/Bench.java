package dev.assay.bench;

import dev.assay.localstack.LocalInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Runs the benchmarks on a private broker and PostgreSQL in a temporary home, prints a line per goal, and keeps a JSON line
 * per run in {@code bench/results.jsonl}. Ends with 1 when a goal is below its floor.
 */
public final class Bench {
    private static final String HELP = """
            Usage: ./assay bench [--only P1,P6,P8,P11] [--turns N]

              --only   the goals to measure (all of P1, P6, P8, P11)
              --turns  how often ours and the denominator are measured in turn (3)

            P1   OTLP/HTTP protobuf ingest, answered after Kafka's acknowledgement, against a raw producer
            P6   Kafka to PostgreSQL exactly once with ledger and rollups, against a bare insert of the same rows
            P8   latency p95 of 24 hours over all apps by the API, against percentile_cont on the raw rows
            P11  error of the histogram's quantiles against the exact nearest rank
            """;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> options = new ArrayList<>(Arrays.asList(arguments));
        Path repository = Path.of(options.remove(0));
        Set<String> only = new LinkedHashSet<>(List.of("P1", "P6", "P8", "P11"));
        int turns = 3;
        for (int i = 0; i < options.size(); i++) {
            switch (options.get(i)) {
                case "--help", "-h" -> {
                    System.out.print(HELP);
                    return;
                }
                case "--only" ->
                    only = new LinkedHashSet<>(
                            List.of(options.get(++i).toUpperCase(Locale.ROOT).split(",")));
                case "--turns" -> turns = Integer.parseInt(options.get(++i));
                default -> {
                    System.err.println("no such option: " + options.get(i) + "\n" + HELP);
                    System.exit(2);
                }
            }
        }
        System.exit(run(repository, only, turns) ? 0 : 1);
    }

    private static boolean run(Path repository, Set<String> only, int turns) throws Exception {
        List<Ratio> results = new ArrayList<>();
        if (only.contains("P11")) {
            results.add(report(SketchError.measure()));
        }
        if (only.contains("P1") || only.contains("P6") || only.contains("P8")) {
            Path home = Files.createTempDirectory("assay-bench");
            say("starting a broker and PostgreSQL in " + home);
            try (LocalInstallation installation = LocalInstallation.forTest(repository, home)) {
                installation.startInfrastructure();
                Subject subject = new Subject(installation);
                if (only.contains("P1") || only.contains("P6")) {
                    subject.startIngest();
                    IngestBench ingest = new IngestBench(subject, turns);
                    if (only.contains("P1")) {
                        results.add(report(ingest.entrance()));
                    }
                    if (only.contains("P6")) {
                        results.add(report(new SinkBench(subject, turns).measure()));
                    }
                }
                if (only.contains("P8")) {
                    subject.startIngest();
                    results.add(report(new QueryBench(subject, turns).measure()));
                }
            }
        }
        keep(repository, results);
        return results.stream().allMatch(Ratio::reachesFloor);
    }

    static void say(String text) {
        System.out.println("  … " + text);
    }

    private static Ratio report(Ratio ratio) {
        System.out.println(ratio.line());
        return ratio;
    }

    private static void keep(Path repository, List<Ratio> results) throws IOException {
        StringBuilder line = new StringBuilder("{\"time\":\"" + Instant.now() + "\",\"java\":\"" + Runtime.version()
                + "\",\"processors\":" + Runtime.getRuntime().availableProcessors());
        for (Ratio ratio : results) {
            line.append(String.format(
                    Locale.ROOT,
                    ",\"%s\":{\"ours\":%.3f,\"denominator\":%.3f,\"ratio\":%.5f}",
                    ratio.goal(),
                    Ratio.median(ratio.ours()),
                    Ratio.median(ratio.denominator()),
                    ratio.median()));
        }
        Files.writeString(
                repository.resolve("bench/target/results.jsonl"),
                line.append("}\n"),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
