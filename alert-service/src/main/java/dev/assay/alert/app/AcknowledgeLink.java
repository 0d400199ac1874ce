package dev.assay.alert.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.config.AlertConfig;
import dev.assay.platform.tenancy.SecretBox;
import dev.assay.platform.tenancy.TenancyConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Links in notifications by which their reader acknowledges without a key. What they say is sealed (AES-256-GCM under a
 * key of its own), so that nobody can make one or read the project from it; each is for one incident and receiver, and
 * expires.
 */
@ApplicationScoped
public class AcknowledgeLink {
    /** For how long a link can be used. */
    static final Duration VALID = Duration.ofDays(3);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OWNER = "link";
    private static final List<String> INCIDENTS = List.of("inc-", "self-");
    private static final String DIGEST = "grp-";
    private static final int MAX_TOKEN = 2_000;

    /** What a link is for; {@code by} is the name of the receiver that it was sent to. */
    public record Claim(String tenant, String incident, String by) {}

    private final SecretBox box;
    private final Optional<String> address;

    AcknowledgeLink(TenancyConfig tenancy, AlertConfig config) {
        this.box = new SecretBox(tenancy, "assay/alert/acknowledge-link/v1");
        this.address = config.publicUrl()
                .filter(url -> !url.isBlank())
                .map(url -> url.strip().replaceAll("/+$", "") + "/v1/acknowledge/");
    }

    /** The notification with a link for each incident that it says fires, if this service's address is known. */
    Delivery into(Delivery delivery, String receiver) {
        boolean one = isIncident(delivery.incidentId());
        if (address.isEmpty()
                || !delivery.isFiring()
                || !one && !delivery.incidentId().startsWith(DIGEST)) {
            return delivery;
        }
        try {
            if (!(JSON.readTree(delivery.body()) instanceof ObjectNode says)) {
                return delivery;
            }
            if (one) {
                put(says, delivery, delivery.incidentId(), receiver);
            }
            for (JsonNode alert : says.path("alerts")) {
                String incident = alert.path("incident").asText();
                if (alert instanceof ObjectNode fires && DigestText.fires(alert) && isIncident(incident)) {
                    put(fires, delivery, incident, receiver);
                }
            }
            return delivery.saying(says.toString());
        } catch (JsonProcessingException e) {
            return delivery; // the notifier says that it cannot be read
        }
    }

    private static boolean isIncident(String id) {
        return INCIDENTS.stream().anyMatch(id::startsWith);
    }

    private void put(ObjectNode says, Delivery delivery, String incident, String receiver) {
        Claim claim = new Claim(delivery.tenant(), incident, receiver);
        says.put("acknowledge_url", address.orElseThrow() + token(claim, Instant.now()));
    }

    /** The last part of a link. */
    String token(Claim claim, Instant now) {
        ObjectNode says = JSON.createObjectNode();
        says.put("tenant", claim.tenant());
        says.put("incident", claim.incident());
        says.put("by", claim.by());
        says.put("expires", now.plus(VALID).getEpochSecond());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(box.seal(OWNER, says.toString()));
    }

    /** What a link is for; empty if it was not made here, was changed, or has expired. */
    public Optional<Claim> open(String token, Instant now) {
        if (token.length() > MAX_TOKEN) {
            return Optional.empty();
        }
        try {
            JsonNode says = JSON.readTree(box.open(OWNER, Base64.getUrlDecoder().decode(token)));
            return now.getEpochSecond() >= says.path("expires").asLong()
                    ? Optional.empty()
                    : Optional.of(new Claim(
                            says.path("tenant").asText(),
                            says.path("incident").asText(),
                            says.path("by").asText()));
        } catch (IllegalArgumentException | IllegalStateException | JsonProcessingException notOurs) {
            return Optional.empty();
        }
    }
}
