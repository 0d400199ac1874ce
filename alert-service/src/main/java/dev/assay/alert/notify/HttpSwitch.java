package dev.assay.alert.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.app.Heartbeat;
import dev.assay.alert.config.AlertConfig;
import dev.assay.alert.domain.notification.Attempt;
import dev.assay.alert.domain.notification.Signature;
import dev.assay.platform.outbound.OutboundUrl;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * A dead man's switch that takes a POST, such as those of Healthchecks or Dead Man's Snitch; signed as webhooks are.
 */
@Startup // a wrong address is refused at start
@ApplicationScoped
class HttpSwitch implements Heartbeat.Switch {
    private final GuardedHttp http;
    private final ObjectMapper json;
    private final Optional<OutboundUrl> url;
    private final Optional<String> secret;

    HttpSwitch(GuardedHttp http, ObjectMapper json, AlertConfig config) {
        this.http = http;
        this.json = json;
        this.url = config.heartbeatUrl().filter(text -> !text.isBlank()).map(HttpSwitch::parsed);
        this.secret = config.heartbeatSecret().filter(text -> !text.isBlank());
    }

    private static OutboundUrl parsed(String text) {
        try {
            return OutboundUrl.parse(text);
        } catch (OutboundUrl.Invalid invalid) {
            // the address may hold a token, so it is not repeated
            throw new IllegalStateException(
                    "assay.alert.heartbeat-url (ASSAY_HEARTBEAT_URL) " + invalid.getMessage(), invalid);
        }
    }

    @Override
    public boolean isConfigured() {
        return url.isPresent();
    }

    @Override
    public Uni<Attempt> beat(Instant now) {
        ObjectNode says = json.createObjectNode();
        says.put("service", "alert");
        says.put("state", "alive");
        says.put("sent_at", now.truncatedTo(ChronoUnit.SECONDS).toString());
        String body = says.toString();
        Map<String, String> headers = secret.map(key -> Map.of(
                        "Assay-Timestamp", Long.toString(now.getEpochSecond()),
                        "Assay-Signature", Signature.of(key, now.getEpochSecond(), body)))
                .orElse(Map.of());
        return http.post(url.orElseThrow(), headers, body);
    }
}
