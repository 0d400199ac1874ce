package dev.assay.alert.app;

import dev.assay.alert.domain.evaluation.Labels;
import dev.assay.alert.domain.evaluation.Phase;
import dev.assay.alert.domain.evaluation.SourceTick;
import dev.assay.alert.domain.incident.Incident;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.alert.domain.watch.SelfAlert;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people ask about alerts; reads as the reader role, which sees one project alone. */
public interface AlertReads {
    /** The project's rules and the alerts that have a state. */
    Uni<Standing> standing(String tenant);

    Uni<Optional<IncidentReport>> incident(String tenant, String id);

    /** The last 1,000 incidents, the newest first, without timeline and deliveries. */
    Uni<List<IncidentReport>> incidents(String tenant);

    Uni<Status> status(String tenant);

    record Standing(List<Rule> rules, List<Alert> alerts) {}

    /**
     * An alert as it stands. Minutes count from the epoch, in event time.
     *
     * @param reason why there is no value
     */
    record Alert(
            String ruleId,
            Labels labels,
            Phase phase,
            long sinceMinute,
            @Nullable String incidentId,
            @Nullable Double value,
            @Nullable Double threshold,
            @Nullable Long samples,
            @Nullable String reason,
            long evaluatedMinute) {}

    record IncidentReport(
            String ruleId,
            String ruleName,
            String severity,
            Labels labels,
            Incident incident,
            Care care,
            List<TimelineEntry> timeline,
            List<DeliveryReport> deliveries) {}

    /** What people did about an incident, and when it expired; null where nobody did, and it did not. */
    record Care(
            @Nullable String owner,
            @Nullable Instant acknowledgedTime,
            @Nullable String acknowledgedBy,
            @Nullable Instant closedTime,
            @Nullable String closedBy,
            @Nullable Instant expiredTime) {}

    record TimelineEntry(
            Instant recordedTime,
            String kind,
            String reason,
            long eventMinute,
            boolean paged,
            @Nullable Double value,
            @Nullable Double threshold,
            String author,
            String note) {}

    record DeliveryReport(
            String receiver,
            String transition,
            String state,
            int attempts,
            Instant createdTime,
            @Nullable Instant nextAttemptTime,
            @Nullable Instant finishedTime,
            @Nullable String detail,
            List<AttemptReport> log) {}

    record AttemptReport(int attempt, Instant attemptedTime, String detail) {}

    /**
     * How alerting is doing.
     *
     * @param deliveries how many are queued, delivered and failed
     * @param evaluatedTime when the project was last evaluated; null if never
     * @param selfAlerts what is wrong with alerting itself
     * @param beat the installation's last heartbeat; null if there was none
     */
    record Status(
            Map<String, Long> deliveries,
            @Nullable Instant evaluatedTime,
            List<SourceTick> ticks,
            List<SelfAlert> selfAlerts,
            @Nullable Beat beat) {}

    /** A heartbeat; {@code sent} is false if it was withheld or did not arrive, and {@code detail} says why. */
    record Beat(Instant time, boolean sent, String detail) {}
}
