package dev.assay.alert.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.app.Delivery;
import dev.assay.alert.config.AlertConfig;
import dev.assay.platform.outbound.OutboundUrl;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * PagerDuty's Events API v2: an incident is triggered, acknowledged and resolved under its own id as {@code dedup_key}, so a repeated send
 * adds to the open incident. The receiver's secret is the routing key.
 */
@Singleton
class PagerDutyNotifier extends PostingNotifier {
    private static final String PATH = "/v2/enqueue";
    private static final int MAX_SUMMARY = 1024;
    private static final Map<String, String> SEVERITIES =
            Map.of("critical", "critical", "high", "error", "medium", "warning", "low", "info");

    private final AlertConfig config;

    PagerDutyNotifier(GuardedHttp http, ObjectMapper json, AlertConfig config) {
        super(http, json);
        this.config = config;
    }

    @Override
    public String type() {
        return "pagerduty";
    }

    @Override
    public boolean groups() {
        return false;
    }

    @Override
    public OutboundUrl target(String url) throws OutboundUrl.Invalid {
        OutboundUrl target = OutboundUrl.parse(url.isBlank() ? config.pagerDutyUrl() : url);
        return target.isBare() ? target.withTarget(PATH) : target;
    }

    @Override
    Post post(Delivery delivery, JsonNode says, OutboundUrl target, String routingKey) {
        ObjectNode event = json().createObjectNode();
        event.put("routing_key", routingKey);
        event.put("event_action", action(delivery));
        event.put("dedup_key", delivery.incidentId());
        if (delivery.isFiring()) {
            ObjectNode payload = event.putObject("payload");
            payload.put("summary", summary(says, MAX_SUMMARY));
            payload.put("source", "assay/" + delivery.tenant());
            payload.put(
                    "severity", SEVERITIES.getOrDefault(says.path("severity").asText(), "error"));
            payload.put("timestamp", says.path("starts_at").asText());
            payload.put("component", says.path("labels").path("app").asText(""));
            payload.put("class", says.path("rule_id").asText());
            payload.set("custom_details", says);
            event.put("client", "Assay");
            config.dashboardUrl().ifPresent(address -> event.put("client_url", address));
        }
        return new Post(target, Map.of(), event);
    }

    private static String action(Delivery delivery) {
        if (delivery.isFiring()) {
            return "trigger";
        }
        return delivery.isAcknowledgement() ? "acknowledge" : "resolve";
    }
}
