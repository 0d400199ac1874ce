package dev.assay.alert.api;

import dev.assay.alert.app.AlertReads;
import dev.assay.alert.app.AlertReads.AttemptReport;
import dev.assay.alert.app.AlertReads.DeliveryReport;
import dev.assay.alert.app.AlertReads.IncidentReport;
import dev.assay.platform.window.Minutes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An incident on the wire: what it is, what happened to it, who was told. */
public record IncidentView(
        String incident,
        String rule,
        String ruleId,
        String state,
        String severity,
        Map<String, String> labels,
        @Nullable Double value,
        @Nullable Double threshold,
        Instant startsAt,
        Instant firedAt,
        @Nullable Instant endsAt,
        boolean paged,
        @Nullable String owner,
        @Nullable Instant acknowledgedTime,
        @Nullable String acknowledgedBy,
        @Nullable Instant closedTime,
        @Nullable String closedBy,
        List<Entry> timeline,
        List<DeliveryView> deliveries) {

    /** One thing that happened. */
    public record Entry(
            Instant recordedTime,
            String kind,
            String reason,
            Instant eventTime,
            boolean paged,
            @Nullable Double value,
            @Nullable Double threshold,
            String author,
            String note) {
        static Entry of(AlertReads.TimelineEntry entry) {
            return new Entry(
                    entry.recordedTime(),
                    entry.kind(),
                    entry.reason(),
                    Minutes.start(entry.eventMinute()),
                    entry.paged(),
                    entry.value(),
                    entry.threshold(),
                    entry.author(),
                    entry.note());
        }
    }

    /** One notification to one receiver. */
    public record DeliveryView(
            String receiver,
            String transition,
            String state,
            int attempts,
            Instant createdTime,
            @Nullable Instant nextAttemptTime,
            @Nullable Instant finishedTime,
            @Nullable String detail,
            List<AttemptReport> log) {
        static DeliveryView of(DeliveryReport delivery) {
            return new DeliveryView(
                    delivery.receiver(),
                    delivery.transition(),
                    delivery.state(),
                    delivery.attempts(),
                    delivery.createdTime(),
                    delivery.nextAttemptTime(),
                    delivery.finishedTime(),
                    delivery.detail(),
                    delivery.log());
        }
    }

    static IncidentView of(IncidentReport report) {
        var incident = report.incident();
        Long end = incident.endedAt();
        return new IncidentView(
                incident.id(),
                report.ruleName(),
                report.ruleId(),
                state(report),
                report.severity(),
                report.labels().values(),
                incident.value(),
                incident.threshold(),
                Minutes.start(incident.activeSince()),
                Minutes.start(incident.firedAt()),
                end == null ? null : Minutes.start(end),
                incident.paged(),
                report.care().owner(),
                report.care().acknowledgedTime(),
                report.care().acknowledgedBy(),
                report.care().closedTime(),
                report.care().closedBy(),
                report.timeline().stream().map(Entry::of).toList(),
                report.deliveries().stream().map(DeliveryView::of).toList());
    }

    private static String state(IncidentReport report) {
        if (!report.incident().isOpen() || report.care().closedTime() != null) {
            return "resolved";
        }
        if (report.care().expiredTime() != null) {
            return "expired";
        }
        return report.care().acknowledgedTime() == null ? "firing" : "acknowledged";
    }

    /** An incident in a list. */
    public record Brief(
            String incident,
            String rule,
            String ruleId,
            String state,
            String severity,
            Map<String, String> labels,
            Instant startsAt,
            Instant firedAt,
            @Nullable Instant endsAt,
            boolean paged,
            @Nullable String owner) {
        static Brief of(IncidentReport report) {
            var incident = report.incident();
            Long end = incident.endedAt();
            return new Brief(
                    incident.id(),
                    report.ruleName(),
                    report.ruleId(),
                    IncidentView.state(report),
                    report.severity(),
                    report.labels().values(),
                    Minutes.start(incident.activeSince()),
                    Minutes.start(incident.firedAt()),
                    end == null ? null : Minutes.start(end),
                    incident.paged(),
                    report.care().owner());
        }
    }
}
