package dev.assay.alert.app;

import dev.assay.alert.app.IncidentStore.Act;
import dev.assay.alert.domain.notification.PagerDutySignature;
import dev.assay.platform.tenancy.Caller;
import dev.assay.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does here what people do in PagerDuty: acknowledges and resolves. */
@ApplicationScoped
public class HearPagerDuty {
    /** An older event is refused: by then those that were taken are forgotten, and it could be taken twice. */
    static final Duration OLDEST = Duration.ofDays(1);

    private static final int MIN_SECRET = 8;
    private static final int MAX_SECRET = 500;

    private final InboundStore inbound;
    private final IncidentStore incidents;
    private final AuditTrail audit;

    HearPagerDuty(InboundStore inbound, IncidentStore incidents, AuditTrail audit) {
        this.inbound = inbound;
        this.incidents = incidents;
        this.audit = audit;
    }

    /** Sets the secret under which PagerDuty signs what it sends for a receiver. */
    public Uni<Void> setSecret(String tenant, String receiver, @Nullable String secret) {
        if (secret == null || secret.length() < MIN_SECRET || secret.length() > MAX_SECRET) {
            throw Problem.unprocessable("secret", "must have " + MIN_SECRET + " to " + MAX_SECRET + " characters");
        }
        return inbound.setPagerDutySecret(tenant, receiver, secret)
                .invoke(set -> {
                    if (!set) {
                        throw Problem.notFound("no receiver " + receiver + " of type pagerduty");
                    }
                })
                .replaceWithVoid();
    }

    /**
     * Takes a webhook. What is not signed for this receiver is refused, and does not learn whether there is one. What
     * came before, is about no incident of the project, or says nothing that changes one is taken and ignored.
     */
    public Uni<Void> hear(String tenant, String receiver, @Nullable String signature, byte[] body) {
        return inbound.pagerDutySecret(tenant, receiver).chain(secret -> {
            requireSigned(secret, signature, body);
            PagerDutyEvent event = PagerDutyEvent.read(body)
                    .orElseThrow(() -> Problem.badRequest(
                            "event", "must have an id and occurred_at, as PagerDuty's webhooks of version 3"));
            if (event.occurredAt().isBefore(Instant.now().minus(OLDEST))) {
                throw Problem.badRequest("occurred_at", "must lie within the last day, got: " + event.occurredAt());
            }
            return inbound.isKnown(tenant, receiver, event.id())
                    .chain(known -> known ? Uni.createFrom().voidItem() : take(tenant, receiver, event));
        });
    }

    private static void requireSigned(Optional<String> secret, @Nullable String signature, byte[] body) {
        boolean signed = signature != null
                && PagerDutySignature.matches(signature, secret.orElse("no secret, no match"), body)
                && secret.isPresent();
        if (!signed) {
            throw Problem.forbidden("X-PagerDuty-Signature is not that of a webhook of this receiver");
        }
    }

    /** It is noted last: after a crash it is sent again, and acting twice changes nothing. */
    private Uni<Void> take(String tenant, String receiver, PagerDutyEvent event) {
        return event.kind()
                .map(kind -> incidents
                        .act(tenant, event.incident(), new Act(kind, event.by(), "", receiver))
                        .chain(found -> found
                                ? audit.note(
                                        new Caller(tenant, "pagerduty:" + receiver, Set.of()),
                                        "incident." + kind.name().toLowerCase(Locale.ROOT),
                                        event.incident())
                                : Uni.createFrom().voidItem()))
                .orElseGet(() -> Uni.createFrom().voidItem())
                .chain(() -> inbound.note(tenant, receiver, event.id()));
    }
}
