package dev.assay.alert.notify;

import dev.assay.alert.app.Delivery;
import dev.assay.alert.app.Notifier;
import dev.assay.alert.domain.notification.Attempt;
import dev.assay.alert.domain.notification.Signature;
import dev.assay.platform.outbound.OutboundUrl;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;

/** Posts the notification as it is, signed with the receiver's secret. */
@ApplicationScoped
class WebhookNotifier implements Notifier {
    private final GuardedHttp http;

    WebhookNotifier(GuardedHttp http) {
        this.http = http;
    }

    @Override
    public String type() {
        return "webhook";
    }

    @Override
    public boolean makesSecrets() {
        return true;
    }

    @Override
    public OutboundUrl target(String url) throws OutboundUrl.Invalid {
        return OutboundUrl.parse(url);
    }

    @Override
    public Uni<Attempt> send(Delivery delivery, String url, String secret) {
        OutboundUrl target;
        try {
            target = target(url);
        } catch (OutboundUrl.Invalid invalid) {
            return Uni.createFrom().item(new Attempt.Forbidden("the URL " + invalid.getMessage()));
        }
        long timestamp = Instant.now().getEpochSecond();
        return http.post(
                target,
                Map.of(
                        "Assay-Timestamp", Long.toString(timestamp),
                        "Assay-Signature", Signature.of(secret, timestamp, delivery.body()),
                        "Idempotency-Key", delivery.idempotencyKey()),
                delivery.body());
    }
}
