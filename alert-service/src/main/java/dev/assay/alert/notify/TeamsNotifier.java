package dev.assay.alert.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.app.Delivery;
import dev.assay.platform.outbound.OutboundUrl;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * Microsoft Teams' webhooks (the workflow "when a webhook request is received"), whose URL is the secret: an adaptive card.
 *
 * @see <a href="https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using">
 *     Microsoft: create and send messages</a>
 */
@Singleton
class TeamsNotifier extends PostingNotifier {
    private static final int MAX_TEXT = 1_000;

    TeamsNotifier(GuardedHttp http, ObjectMapper json) {
        super(http, json);
    }

    @Override
    public String type() {
        return "teams";
    }

    @Override
    public boolean urlIsSecret() {
        return true;
    }

    @Override
    Post post(Delivery delivery, JsonNode says, OutboundUrl target, String secret) {
        ObjectNode message = json().createObjectNode();
        message.put("type", "message");
        ObjectNode attachment = message.putArray("attachments").addObject();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
        ObjectNode card = attachment.putObject("content");
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put("type", "AdaptiveCard");
        card.put("version", "1.4");
        ArrayNode body = card.putArray("body");
        ObjectNode title = body.addObject();
        title.put("type", "TextBlock");
        title.put("text", (delivery.isFiring() ? "Firing: " : "Resolved: ") + plain(summary(says, MAX_TEXT)));
        title.put("weight", "bolder");
        title.put("wrap", true);
        title.put("color", delivery.isFiring() ? "attention" : "good");
        ObjectNode set = body.addObject();
        set.put("type", "FactSet");
        ArrayNode facts = set.putArray("facts");
        facts(says).forEach((name, value) -> {
            ObjectNode fact = facts.addObject();
            fact.put("title", name);
            fact.put("value", plain(value));
        });
        return new Post(target, Map.of(), message);
    }

    /** Without what a text block reads as a link: a label must not become one. */
    private static String plain(String text) {
        return text.replace("[", "(").replace("]", ")");
    }
}
