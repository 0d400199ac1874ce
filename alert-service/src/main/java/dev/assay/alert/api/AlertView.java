package dev.assay.alert.api;

import dev.assay.alert.app.ReportAlerts;
import dev.assay.platform.window.Minutes;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An alert on the wire. Unknown is null. */
public record AlertView(
        String rule,
        String ruleId,
        String state,
        @Nullable String incident,
        @Nullable Double value,
        @Nullable Double threshold,
        @Nullable Long samples,
        @Nullable Instant since,
        String severity,
        Map<String, String> labels,
        String metric,
        String op,
        @Nullable String reason,
        @Nullable Instant evaluatedAt) {

    static AlertView of(ReportAlerts.Item item) {
        var rule = item.rule();
        var alert = item.alert();
        boolean evaluated = alert.evaluatedMinute() > 0;
        return new AlertView(
                rule.name(),
                rule.id(),
                alert.phase().wireName(),
                alert.incidentId(),
                alert.value(),
                item.threshold(),
                alert.samples(),
                evaluated ? Minutes.start(alert.sinceMinute()) : null,
                rule.severity().wireName(),
                alert.labels().values(),
                rule.metric(),
                rule.op().symbol(),
                alert.reason(),
                evaluated ? Minutes.start(alert.evaluatedMinute()) : null);
    }
}
