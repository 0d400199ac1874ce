package dev.assay.alert.notify;

import dev.assay.alert.app.ManageReceivers;
import dev.assay.alert.config.AlertConfig;
import dev.assay.alert.domain.notification.AddressPolicy;
import dev.assay.alert.domain.notification.Attempt;
import dev.assay.alert.domain.notification.TargetUrl;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Resolves where a notification goes, once: the address that was judged is the one that is connected to, so a name that
 * answers differently the second time gains nothing.
 */
@ApplicationScoped
class AddressGuard implements ManageReceivers.TargetGuard {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Set<String> allowedHosts;

    /** An address to connect to, or why there is none. */
    sealed interface Resolved {
        record Address(InetAddress address) implements Resolved {}

        record Refused(Attempt why) implements Resolved {}
    }

    AddressGuard(AlertConfig config) {
        this.allowedHosts = config.allowedHosts().orElse(Set.of()).stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Resolves off the event loop, and goes on where it was asked: a database session is bound to its event loop. */
    Uni<Resolved> resolve(TargetUrl url) {
        Context asked = Vertx.currentContext();
        return Uni.createFrom()
                .item(() -> judged(url))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(() -> new Resolved.Refused(new Attempt.Unreachable("the host's name takes too long")))
                .emitOn(then -> {
                    if (asked == null) {
                        then.run();
                    } else {
                        asked.runOnContext(nothing -> then.run());
                    }
                });
    }

    @Override
    public Uni<Optional<Attempt.Forbidden>> check(TargetUrl url) {
        return resolve(url)
                .map(resolved -> resolved instanceof Resolved.Refused refused
                                && refused.why() instanceof Attempt.Forbidden forbidden
                        ? Optional.of(forbidden)
                        : Optional.empty());
    }

    private Resolved judged(TargetUrl url) {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(url.host());
        } catch (UnknownHostException e) {
            return new Resolved.Refused(new Attempt.Unreachable("the host's name is unknown"));
        }
        if (!url.isAmong(allowedHosts)) {
            for (InetAddress address : addresses) {
                if (!AddressPolicy.isPublic(address)) {
                    return new Resolved.Refused(new Attempt.Forbidden(
                            "the host has an address that is not public; ASSAY_WEBHOOK_ALLOWED_HOSTS can allow it"));
                }
            }
        }
        return new Resolved.Address(addresses[0]);
    }
}
