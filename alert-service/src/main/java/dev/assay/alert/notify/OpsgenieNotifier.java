package dev.assay.alert.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.app.Delivery;
import dev.assay.platform.outbound.OutboundUrl;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * Opsgenie's alert API: an incident's id is the alert's alias, under which it is created, acknowledged and closed, so a
 * repeated send counts the open alert up. The receiver's secret is the API key.
 *
 * @see <a href="https://docs.opsgenie.com/docs/alert-api">Opsgenie: alert API</a>
 */
@Singleton
class OpsgenieNotifier extends PostingNotifier {
    private static final String DEFAULT_URL = "https://api.opsgenie.com";
    private static final String PATH = "/v2/alerts";
    private static final int MAX_MESSAGE = 130;
    private static final Map<String, String> PRIORITIES =
            Map.of("critical", "P1", "high", "P2", "medium", "P3", "low", "P4");

    OpsgenieNotifier(GuardedHttp http, ObjectMapper json) {
        super(http, json);
    }

    @Override
    public String type() {
        return "opsgenie";
    }

    @Override
    public boolean groups() {
        return false;
    }

    @Override
    public OutboundUrl target(String url) throws OutboundUrl.Invalid {
        OutboundUrl target = OutboundUrl.parse(url.isBlank() ? DEFAULT_URL : url);
        return target.isBare() ? target.withTarget(PATH) : target;
    }

    @Override
    Post post(Delivery delivery, JsonNode says, OutboundUrl target, String secret) {
        Map<String, String> headers = Map.of("Authorization", "GenieKey " + secret);
        ObjectNode alert = json().createObjectNode();
        alert.put("source", "Assay");
        if (!delivery.isFiring()) {
            String act = delivery.isAcknowledgement() ? "/acknowledge" : "/close";
            alert.put(
                    "user",
                    says.path("acknowledged_by").asText(says.path("resolved_by").asText("Assay")));
            return new Post(
                    target.withTarget(target.target() + "/" + delivery.incidentId() + act + "?identifierType=alias"),
                    headers,
                    alert);
        }
        alert.put("message", summary(says, MAX_MESSAGE));
        alert.put("alias", delivery.incidentId());
        alert.put("entity", says.path("labels").path("app").asText(delivery.tenant()));
        alert.put("priority", PRIORITIES.getOrDefault(says.path("severity").asText(), "P3"));
        ObjectNode details = alert.putObject("details");
        facts(says).forEach(details::put);
        return new Post(target, headers, alert);
    }
}
