package dev.assay.alert.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.alert.app.Delivery;
import dev.assay.alert.app.Notifier;
import dev.assay.alert.domain.notification.Attempt;
import dev.assay.platform.outbound.OutboundUrl;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;

/** A notifier that posts one JSON document made from the notification. */
abstract class PostingNotifier implements Notifier {
    private final GuardedHttp http;
    private final ObjectMapper json;

    /** What is posted where; headers beside the idempotency key. */
    record Post(OutboundUrl to, Map<String, String> headers, JsonNode body) {}

    PostingNotifier(GuardedHttp http, ObjectMapper json) {
        this.http = http;
        this.json = json;
    }

    /** The document for a notification whose body is {@code says}. */
    abstract Post post(Delivery delivery, JsonNode says, OutboundUrl target, String secret);

    @Override
    public boolean makesSecrets() {
        return false;
    }

    @Override
    public OutboundUrl target(String url) throws OutboundUrl.Invalid {
        return OutboundUrl.parse(url);
    }

    @Override
    public Uni<Attempt> send(Delivery delivery, String url, String secret) {
        Post post;
        try {
            OutboundUrl target = target(urlIsSecret() ? secret : url);
            post = post(delivery, json.readTree(delivery.body()), target, secret);
        } catch (OutboundUrl.Invalid invalid) {
            return Uni.createFrom().item(new Attempt.Forbidden("the URL " + invalid.getMessage()));
        } catch (JsonProcessingException e) {
            return Uni.createFrom().item(new Attempt.Forbidden("the notification cannot be read"));
        }
        Map<String, String> headers = new HashMap<>(post.headers());
        headers.put("Idempotency-Key", delivery.idempotencyKey());
        return http.post(post.to(), headers, post.body().toString());
    }

    ObjectMapper json() {
        return json;
    }

    /** The first line: what is wrong, or that it is over. */
    static String summary(JsonNode says, int most) {
        String text = says.path("summary").asText(says.path("rule").asText());
        return text.length() > most ? text.substring(0, most - 1) + "…" : text;
    }

    /** What people look at first, by name. */
    static Map<String, String> facts(JsonNode says) {
        Map<String, String> facts = new java.util.LinkedHashMap<>();
        facts.put("Severity", says.path("severity").asText());
        facts.put("Project", says.path("project").asText());
        says.path("labels")
                .properties()
                .forEach(label -> facts.put(label.getKey(), label.getValue().asText()));
        if (says.hasNonNull("value") && says.hasNonNull("threshold")) {
            facts.put(
                    says.path("metric").asText("Value"),
                    says.path("value").asText() + " " + says.path("op").asText("against") + " "
                            + says.path("threshold").asText());
        }
        facts.put("Began", says.path("starts_at").asText());
        if (says.hasNonNull("ends_at")) {
            facts.put("Ended", says.path("ends_at").asText());
        }
        if (says.hasNonNull("runbook")) {
            facts.put("Runbook", says.path("runbook").asText());
        }
        if (says.hasNonNull("acknowledge_url")) {
            facts.put("Acknowledge", says.path("acknowledge_url").asText());
        }
        facts.put("Incident", says.path("incident").asText());
        return facts;
    }
}
