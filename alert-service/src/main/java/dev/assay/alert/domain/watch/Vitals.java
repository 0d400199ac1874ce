package dev.assay.alert.domain.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The signs of life of one project's alerting.
 *
 * @param pipeline how far each service's windows have come; a service that was never heard is absent
 * @param due whether the project's clocks have moved since it was last evaluated
 * @param evaluatedAt when that was; null if never
 * @param failed why the last notification to a receiver did not arrive, by the receiver's name; receivers whose last
 *     one arrived are absent
 * @param late since when the oldest notification that was tried waits, by the receiver's name
 */
public record Vitals(
        Map<String, Progress> pipeline,
        boolean due,
        @Nullable Instant evaluatedAt,
        Map<String, String> failed,
        Map<String, Instant> late) {
    /** A project is evaluated each minute: after so long three evaluations were missed. */
    public static final Duration UNEVALUATED = Duration.ofMinutes(3);

    /** A notification that is not there after so long is late. */
    public static final Duration LATE = Duration.ofMinutes(5);

    public Vitals {
        pipeline = Map.copyOf(pipeline);
        failed = Map.copyOf(failed);
        late = Map.copyOf(late);
    }

    /** What is wrong at {@code now}, in a fixed order. */
    public List<Finding> findings(Instant now) {
        List<Finding> findings = new ArrayList<>();
        new TreeMap<>(pipeline)
                .forEach((service, progress) -> progress.lag(service, now)
                        .ifPresent(lag -> findings.add(new Finding(Finding.Kind.PIPELINE_LAG, service, lag))));
        if (due && (evaluatedAt == null || over(evaluatedAt, now, UNEVALUATED))) {
            findings.add(new Finding(
                    Finding.Kind.MISSED_EVALUATIONS,
                    "",
                    evaluatedAt == null ? "never evaluated" : "last evaluated at " + evaluatedAt));
        }
        new TreeMap<>(failed)
                .forEach((receiver, reason) -> findings.add(new Finding(
                        Finding.Kind.DELIVERY_FAILED, receiver, "not delivered to " + receiver + ": " + reason)));
        new TreeMap<>(late).forEach((receiver, since) -> {
            if (over(since, now, LATE)) {
                findings.add(new Finding(
                        Finding.Kind.DELIVERY_LATE, receiver, receiver + " has not taken a notification of " + since));
            }
        });
        return List.copyOf(findings);
    }

    private static boolean over(Instant since, Instant now, Duration limit) {
        return Duration.between(since, now).compareTo(limit) > 0;
    }
}
