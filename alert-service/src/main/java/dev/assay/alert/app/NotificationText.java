package dev.assay.alert.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.app.ProjectOutcome.IncidentOutcome;
import dev.assay.alert.domain.incident.Incident;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.platform.window.Minutes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a notification says: the body of a webhook, and what other notifiers make theirs from. */
final class NotificationText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private NotificationText() {}

    /**
     * The JSON text.
     *
     * @param rule null if it is gone
     * @param value the metric now, if it ended, else when it fired
     */
    static String of(
            String tenant, IncidentOutcome outcome, @Nullable Rule rule, boolean firing, @Nullable Double value) {
        Incident incident = outcome.change().after();
        ObjectNode json = JSON.createObjectNode();
        json.put("project", tenant);
        json.put("rule", outcome.ruleName());
        json.put("rule_id", outcome.ruleId());
        json.put("state", firing ? "firing" : "resolved");
        json.put("incident", incident.id());
        json.put("severity", outcome.severity());
        json.put("metric", rule == null ? null : rule.metric());
        json.put("op", rule == null ? null : rule.op().symbol());
        json.put("value", value);
        json.put("threshold", incident.threshold());
        ObjectNode labels = json.putObject("labels");
        if (rule != null) {
            rule.annotations().labels().forEach(labels::put);
        }
        outcome.labels().values().forEach(labels::put);
        json.put("starts_at", Minutes.start(incident.activeSince()).toString());
        Long end = incident.endedAt();
        json.put("ends_at", end == null || firing ? null : Minutes.start(end).toString());
        json.put("summary", summary(outcome, rule, firing, value));
        if (rule != null && !rule.annotations().runbook().isEmpty()) {
            json.put("runbook", rule.annotations().runbook());
        }
        return json.toString();
    }

    /** What a test says. */
    static String test(String tenant, Instant now) {
        ObjectNode json = JSON.createObjectNode();
        json.put("project", tenant);
        json.put("rule", "Test notification");
        json.put("rule_id", "test");
        json.put("state", "firing");
        json.put("incident", "test");
        json.put("severity", "low");
        json.putNull("value");
        json.putNull("threshold");
        json.putObject("labels");
        json.put("starts_at", now.truncatedTo(ChronoUnit.SECONDS).toString());
        json.putNull("ends_at");
        json.put("summary", "A test of this receiver: nothing is wrong");
        return json.toString();
    }

    private static String summary(
            IncidentOutcome outcome, @Nullable Rule rule, boolean firing, @Nullable Double value) {
        if (firing && rule != null && !rule.annotations().summary().isEmpty()) {
            return rule.annotations().summaryOf(fields(outcome, rule, value));
        }
        StringBuilder text = new StringBuilder(outcome.ruleName());
        if (!outcome.labels().values().isEmpty()) {
            text.append(" (")
                    .append(String.join(", ", outcome.labels().values().values()))
                    .append(')');
        }
        Double threshold = outcome.change().after().threshold();
        if (!firing) {
            return text.append(": resolved").toString();
        }
        if (rule != null && value != null && threshold != null) {
            text.append(": ")
                    .append(rule.metric())
                    .append(' ')
                    .append(figure(value))
                    .append(' ')
                    .append(rule.op().symbol())
                    .append(' ')
                    .append(figure(threshold));
        }
        return text.toString();
    }

    private static Map<String, String> fields(IncidentOutcome outcome, Rule rule, @Nullable Double value) {
        Map<String, String> fields = new HashMap<>();
        AlertLabels.of(rule, outcome.labels()).forEach((name, text) -> fields.put("labels." + name, text));
        fields.put("rule", rule.name());
        fields.put("severity", rule.severity().wireName());
        Double threshold = outcome.change().after().threshold();
        if (value != null) {
            fields.put("value", figure(value));
        }
        if (threshold != null) {
            fields.put("threshold", figure(threshold));
        }
        return fields;
    }

    private static String figure(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
