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
import org.jspecify.annotations.Nullable;

/**
 * Runs the benchmarks on a private broker and PostgreSQL in a temporary home, prints a line per goal, and keeps a JSON line
 * per run in {@code bench/results.jsonl}. Ends with 1 when a goal is below its floor.
 */
public final class Bench {
    private static final String HELP = """
            Usage: ./assay bench [--only P1,P2,P4,P5,P6,P8,P11,P12,P13,P19,P20] [--turns N] [--data DIR]

              --only   the goals to measure (P1, P6, P8, P11; the others if asked for)
              --turns  how often ours and the denominator are measured in turn (3)
              --data   the folder of public data: P4 takes its arrivals from a real production hour

            P1   OTLP/HTTP protobuf ingest, answered after Kafka's acknowledgement, against a raw producer
            P2   the same by the REST API's JSON
            P4   its p99 at half of that rate, open loop, against a raw producer's acknowledgement
            P5   what gets through when twice as much comes as can be taken in
            P6   Kafka to PostgreSQL exactly once with ledger and rollups, against a bare insert of the same rows
            P8   latency p95 of 24 hours over all apps by the API, against percentile_cont on the raw rows
            P11  error of the histogram's quantiles against the exact nearest rank
            P12  insert, merge and bytes of the histogram, against DDSketch of the same accuracy
            P13  from sending a call to seeing it counted, p99, at half of what P6 measures
            P19  p99 of a read while 80 % of that comes in, against the same read when nothing does
            P20  heap that a further series takes
            """;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> options = new ArrayList<>(Arrays.asList(arguments));
        Path repository = Path.of(options.remove(0));
        Set<String> only = new LinkedHashSet<>(List.of("P1", "P6", "P8", "P11"));
        int turns = 3;
        Path data = null;
        for (int i = 0; i < options.size(); i++) {
            switch (options.get(i)) {
                case "--help", "-h" -> {
                    System.out.print(HELP);
                    return;
                }
                case "--only" ->
                    only = new LinkedHashSet<>(
                            List.of(options.get(++i).toUpperCase(Locale.ROOT).split(",")));
                case "--data" -> data = Path.of(options.get(++i));
                case "--turns" -> turns = Integer.parseInt(options.get(++i));
                default -> {
                    System.err.println("no such option: " + options.get(i) + "\n" + HELP);
                    System.exit(2);
                }
            }
        }
        System.exit(run(repository, only, turns, data) ? 0 : 1);
    }

    private static boolean run(Path repository, Set<String> only, int turns, @Nullable Path data) throws Exception {
        List<Ratio> results = new ArrayList<>();
        if (only.contains("P11")) {
            results.add(report(SketchError.measure()));
        }
        if (only.contains("P12")) {
            new SketchBench().measure().forEach(ratio -> results.add(report(ratio)));
        }
        if (only.stream().anyMatch(goal -> !goal.equals("P11") && !goal.equals("P12"))) {
            Path home = Files.createTempDirectory("assay-bench");
            say("starting a broker and PostgreSQL in " + home);
            try (LocalInstallation installation = LocalInstallation.forTest(repository, home)) {
                installation.startInfrastructure();
                results.addAll(onServices(new Subject(installation), only, turns, data));
            }
        }
        keep(repository, results);
        return results.stream().allMatch(Ratio::reachesFloor);
    }

    /** The entrances come last: what they take in is not worked off. */
    private static List<Ratio> onServices(Subject subject, Set<String> only, int turns, @Nullable Path data)
            throws Exception {
        List<Ratio> results = new ArrayList<>(ofTheLedger(subject, only, turns));
        if (only.contains("P8")) {
            subject.startIngest();
            results.add(report(new QueryBench(subject, turns).measure()));
        }
        if (only.contains("P20")) {
            results.add(report(new CardinalityBench(subject).measure()));
        }
        IngestBench otlp = new IngestBench(subject, Entrance.OTLP, turns);
        if (only.contains("P2")) {
            results.add(report(new IngestBench(subject, Entrance.REST, turns).measure()));
        }
        if (only.contains("P1") || only.contains("P4")) {
            Ratio entrance = otlp.measure();
            if (only.contains("P1")) {
                results.add(report(entrance));
            }
            if (only.contains("P4")) {
                results.add(report(new LatencyBench(subject, turns, data).measure(otlp.highest())));
            }
        }
        if (only.contains("P5")) {
            results.add(report(new OverloadBench(subject, otlp, turns).measure()));
        }
        return results;
    }

    private static List<Ratio> ofTheLedger(Subject subject, Set<String> only, int turns) throws Exception {
        List<Ratio> results = new ArrayList<>();
        if (only.contains("P6") || only.contains("P13") || only.contains("P19")) {
            subject.startIngest();
            new IngestBench(subject, Entrance.OTLP, turns).warmUp();
            Ratio sink = new SinkBench(subject, only.contains("P6") ? turns : 1).measure();
            if (only.contains("P6")) {
                results.add(report(sink));
            }
            FreshnessBench freshness = new FreshnessBench(subject, Ratio.median(sink.ours()));
            if (only.contains("P13")) {
                results.add(report(freshness.freshness()));
            }
            if (only.contains("P19")) {
                results.add(report(freshness.reads()));
            }
        }
        return results;
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
