package dev.assay.alert.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.domain.watch.SelfAlert;
import dev.assay.alert.domain.watch.SelfWatch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What is said of alerting itself, in the words of an alert that a rule found. */
final class SelfAlertText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SelfAlertText() {}

    static String rule(SelfAlert alert) {
        return "Alerting: " + alert.finding().kind().wireName().replace('_', ' ');
    }

    static String ruleId(SelfAlert alert) {
        return "self-" + alert.finding().kind().wireName().replace('_', '-');
    }

    static String severity(SelfAlert alert) {
        return alert.finding().kind().isBlindness() ? "critical" : "high";
    }

    /** The JSON of a notification, with the fields of any other. */
    static String notification(String tenant, SelfWatch.News news, Instant now) {
        SelfAlert alert = news.alert();
        ObjectNode json = JSON.createObjectNode();
        json.put("project", tenant);
        json.put("rule", rule(alert));
        json.put("rule_id", ruleId(alert));
        json.put("state", news.firing() ? "firing" : "resolved");
        json.put("incident", alert.id());
        json.put("severity", severity(alert));
        json.putNull("value");
        json.putNull("threshold");
        ObjectNode labels = json.putObject("labels");
        if (!alert.finding().subject().isEmpty()) {
            labels.put("subject", alert.finding().subject());
        }
        json.put("starts_at", alert.since().truncatedTo(ChronoUnit.SECONDS).toString());
        json.put(
                "ends_at",
                news.firing() ? null : now.truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("summary", news.firing() ? alert.finding().detail() : rule(alert) + ": resolved");
        return json.toString();
    }
}
