package dev.assay.alert.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.app.Delivery;
import dev.assay.platform.outbound.OutboundUrl;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Alertmanager's API v2. Without an end Alertmanager would take a firing alert for resolved after five minutes, since
 * Prometheus says it again each minute; here it is said once, with an end a week ahead, and its resolving brings the real
 * one. The incident is an annotation: as a label it would make each episode an alert of its own.
 *
 * @see <a href="https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml">Alertmanager: openapi.yaml</a>
 */
@Singleton
class AlertmanagerNotifier extends PostingNotifier {
    private static final String PATH = "/api/v2/alerts";
    private static final int MAX_TEXT = 1_000;
    private static final int OPEN_DAYS = 7;

    AlertmanagerNotifier(GuardedHttp http, ObjectMapper json) {
        super(http, json);
    }

    @Override
    public String type() {
        return "alertmanager";
    }

    @Override
    public boolean needsSecret() {
        return false;
    }

    @Override
    public boolean groups() {
        return false;
    }

    @Override
    public OutboundUrl target(String url) throws OutboundUrl.Invalid {
        OutboundUrl target = OutboundUrl.parse(url);
        return target.isBare() ? target.withTarget(PATH) : target;
    }

    @Override
    Post post(Delivery delivery, JsonNode says, OutboundUrl target, String secret) {
        ArrayNode alerts = json().createArrayNode();
        ObjectNode alert = alerts.addObject();
        ObjectNode labels = alert.putObject("labels");
        says.path("labels")
                .properties()
                .forEach(label -> put(labels, label.getKey(), label.getValue().asText()));
        put(labels, "alertname", says.path("rule").asText());
        put(labels, "rule_id", says.path("rule_id").asText());
        put(labels, "severity", says.path("severity").asText());
        put(labels, "project", delivery.tenant());
        ObjectNode annotations = alert.putObject("annotations");
        put(annotations, "summary", summary(says, MAX_TEXT));
        put(annotations, "incident", delivery.incidentId());
        put(annotations, "runbook_url", says.path("runbook").asText(""));
        if (says.hasNonNull("value")) {
            put(annotations, "value", says.get("value").asText());
        }
        alert.put("startsAt", says.path("starts_at").asText());
        alert.put("endsAt", delivery.isFiring() ? open() : says.path("ends_at").asText());
        Map<String, String> headers = secret.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + secret);
        return new Post(target, headers, alerts);
    }

    /** An empty label is no label to Alertmanager, and an empty annotation no use. */
    private static void put(ObjectNode into, String name, String value) {
        if (!value.isEmpty()) {
            into.put(name, value);
        }
    }

    private static String open() {
        return Instant.now()
                .plus(OPEN_DAYS, ChronoUnit.DAYS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }
}
