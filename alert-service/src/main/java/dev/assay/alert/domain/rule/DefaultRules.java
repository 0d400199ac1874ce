package dev.assay.alert.domain.rule;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The rules that every project has from the start. A project may change each under its id, or switch it off.
 *
 * <p>A window is never longer than its {@code for}, so that one bad minute, which stays in the window for the window's
 * length, cannot fire alone as long as calls go on. Uptime is the exception: its objective leaves no down minute in an hour.
 */
public final class DefaultRules {
    private static final List<Rule> ALL = List.of(
            rule("quality-drop", "Quality drop", "accuracy_ratio", Severity.CRITICAL)
                    .over(60)
                    .when(Comparison.LESS, 0.85)
                    .lasting(Duration.ofHours(1))
                    .withSamples(30)
                    .build(),
            rule("latency-spike", "Latency spike", "latency_p95_ms", Severity.HIGH)
                    .over(15)
                    .whenOver(2, Baseline.MOVING_MEDIAN)
                    .lasting(Duration.ofMinutes(15))
                    .withSamples(20)
                    .build(),
            rule("cost-anomaly", "Cost anomaly", "list_cost", Severity.MEDIUM)
                    .overTheDay()
                    .grouped(List.of())
                    .whenOver(2, Baseline.MOVING_AVERAGE)
                    .build(),
            rule("error-rate", "Error rate", "error_rate", Severity.CRITICAL)
                    .over(5)
                    .when(Comparison.GREATER, 0.01)
                    .lasting(Duration.ofMinutes(5))
                    .withSamples(20)
                    .build(),
            rule("safety-violation", "Safety violation", "toxic_page_responses", Severity.CRITICAL)
                    .overTheDay()
                    .when(Comparison.GREATER, 0)
                    .build(),
            rule("user-satisfaction", "User satisfaction", "csat_mean", Severity.HIGH)
                    .over(RuleWindow.DAY_MINUTES)
                    .when(Comparison.LESS, 3.5)
                    .lasting(Duration.ofDays(1))
                    .withSamples(10)
                    .build(),
            rule("capacity-warning", "Capacity warning", "utilization_ratio", Severity.MEDIUM)
                    .over(5)
                    .when(Comparison.GREATER, 0.85)
                    .lasting(Duration.ofMinutes(30))
                    .build(),
            slow("ttft", "Time to first token", "ttft_p50_ms", 1_000),
            slow("tpot", "Time per output token", "tpot_p50_ms", 100),
            slow("latency-p50", "Median latency", "latency_p50_ms", 3_000),
            slow("latency-p95", "p95 latency", "latency_p95_ms", 8_000),
            slow("latency-p99", "p99 latency", "latency_p99_ms", 15_000),
            rule("throughput", "Throughput drop", "throughput_rps", Severity.MEDIUM)
                    .over(15)
                    .whenUnder(0.5, Baseline.SAME_HOUR)
                    .lasting(Duration.ofMinutes(15))
                    .build(),
            rule("uptime", "Uptime", "uptime_ratio", Severity.HIGH)
                    .over(60)
                    .when(Comparison.LESS, 0.995)
                    .withSamples(30)
                    .build());

    private DefaultRules() {}

    /** The guide's seven alerts in its order, then the thresholds of its operations table. */
    public static List<Rule> all() {
        return ALL;
    }

    public static Optional<Rule> find(String id) {
        return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    private static Draft rule(String id, String name, String metric, Severity severity) {
        return new Draft(id, name, metric, severity);
    }

    /** Over a limit in each of five minutes' windows for five minutes. */
    private static Rule slow(String id, String name, String metric, double limitMillis) {
        return rule(id, name, metric, Severity.MEDIUM)
                .over(5)
                .when(Comparison.GREATER, limitMillis)
                .lasting(Duration.ofMinutes(5))
                .withSamples(20)
                .build();
    }
}
