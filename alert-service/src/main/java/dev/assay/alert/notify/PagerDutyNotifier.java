package dev.assay.alert.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.app.Delivery;
import dev.assay.alert.app.Notifier;
import dev.assay.alert.config.AlertConfig;
import dev.assay.alert.domain.notification.Attempt;
import dev.assay.alert.domain.notification.TargetUrl;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * PagerDuty's Events API v2: an incident is triggered, acknowledged and resolved under its own id as {@code dedup_key}, so a repeated send
 * adds to the open incident. The receiver's secret is the routing key.
 */
@ApplicationScoped
class PagerDutyNotifier implements Notifier {
    private static final String PATH = "/v2/enqueue";
    private static final int MAX_SUMMARY = 1024;
    private static final Map<String, String> SEVERITIES =
            Map.of("critical", "critical", "high", "error", "medium", "warning", "low", "info");

    private final GuardedHttp http;
    private final ObjectMapper json;
    private final AlertConfig config;

    PagerDutyNotifier(GuardedHttp http, ObjectMapper json, AlertConfig config) {
        this.http = http;
        this.json = json;
        this.config = config;
    }

    @Override
    public String type() {
        return "pagerduty";
    }

    @Override
    public boolean makesSecrets() {
        return false;
    }

    @Override
    public TargetUrl target(String url) throws TargetUrl.Invalid {
        TargetUrl target = TargetUrl.parse(url.isBlank() ? config.pagerDutyUrl() : url);
        return target.isBare() ? target.withTarget(PATH) : target;
    }

    @Override
    public Uni<Attempt> send(Delivery delivery, String url, String secret) {
        TargetUrl target;
        String event;
        try {
            target = target(url);
            event = event(delivery, secret);
        } catch (TargetUrl.Invalid invalid) {
            return Uni.createFrom().item(new Attempt.Forbidden("the URL " + invalid.getMessage()));
        } catch (JsonProcessingException e) {
            return Uni.createFrom().item(new Attempt.Forbidden("the notification cannot be read"));
        }
        return http.post(target, Map.of("Idempotency-Key", delivery.idempotencyKey()), event);
    }

    /** The event's JSON. */
    String event(Delivery delivery, String routingKey) throws JsonProcessingException {
        JsonNode body = json.readTree(delivery.body());
        ObjectNode event = json.createObjectNode();
        event.put("routing_key", routingKey);
        event.put("event_action", action(delivery));
        event.put("dedup_key", delivery.incidentId());
        if (!delivery.isFiring()) {
            return event.toString();
        }
        String summary = body.path("summary").asText(body.path("rule").asText());
        ObjectNode payload = event.putObject("payload");
        payload.put("summary", summary.length() > MAX_SUMMARY ? summary.substring(0, MAX_SUMMARY) : summary);
        payload.put("source", "assay/" + delivery.tenant());
        payload.put("severity", SEVERITIES.getOrDefault(body.path("severity").asText(), "error"));
        payload.put("timestamp", body.path("starts_at").asText());
        payload.put("component", body.path("labels").path("app").asText(""));
        payload.put("class", body.path("rule_id").asText());
        payload.set("custom_details", body);
        event.put("client", "Assay");
        config.dashboardUrl().ifPresent(address -> event.put("client_url", address));
        return event.toString();
    }

    private static String action(Delivery delivery) {
        if (delivery.isFiring()) {
            return "trigger";
        }
        return delivery.isAcknowledgement() ? "acknowledge" : "resolve";
    }
}
