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
 * Slack's incoming webhooks, whose URL is the secret.
 *
 * @see <a href="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks">Slack: incoming webhooks</a>
 */
@Singleton
class SlackNotifier extends PostingNotifier {
    private static final int MAX_TEXT = 3_000;
    private static final Map<String, String> COLOURS =
            Map.of("critical", "#b3261e", "high", "#d9822b", "medium", "#e0b000", "low", "#5b7083");
    private static final String RESOLVED = "#2e7d32";

    SlackNotifier(GuardedHttp http, ObjectMapper json) {
        super(http, json);
    }

    @Override
    public String type() {
        return "slack";
    }

    @Override
    public boolean urlIsSecret() {
        return true;
    }

    @Override
    Post post(Delivery delivery, JsonNode says, OutboundUrl target, String secret) {
        ObjectNode message = json().createObjectNode();
        String line = (delivery.isFiring() ? "[FIRING] " : "[RESOLVED] ") + summary(says, MAX_TEXT);
        message.put("text", escaped(line));
        ObjectNode attachment = message.putArray("attachments").addObject();
        attachment.put(
                "color",
                delivery.isFiring() ? COLOURS.getOrDefault(says.path("severity").asText(), "#d9822b") : RESOLVED);
        attachment.put("fallback", escaped(line));
        ArrayNode fields = attachment.putArray("fields");
        facts(says).forEach((name, value) -> {
            ObjectNode field = fields.addObject();
            field.put("title", escaped(name));
            field.put("value", escaped(value));
            field.put("short", true);
        });
        return new Post(target, Map.of(), message);
    }

    /** The three characters that Slack reads as its own: a label must not become a link or a mention. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
