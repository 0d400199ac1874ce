package dev.assay.quality.llm;

import dev.assay.quality.config.JudgeSettings;
import dev.assay.quality.domain.outbound.EndpointUrl;
import dev.assay.quality.domain.outbound.PublicAddress;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Resolves an endpoint's host once: the address that was judged is the one that is connected to, so that a name which
 * answers differently the second time gains nothing.
 */
@ApplicationScoped
class EndpointGuard {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Set<String> allowedHosts;

    /** Where to connect; or, without an address, why not. */
    record Resolved(@Nullable InetAddress address, String refusal, boolean forbidden) {}

    EndpointGuard(JudgeSettings settings) {
        this.allowedHosts = settings.allowedHosts().orElse(Set.of()).stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Resolves off the event loop and goes on where it was asked. */
    Uni<Resolved> resolve(EndpointUrl url) {
        Context asked = Vertx.currentContext();
        Uni<Resolved> resolved = Uni.createFrom()
                .item(() -> judged(url))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(() -> new Resolved(null, "the host's name takes too long", false));
        return asked == null ? resolved : resolved.emitOn(then -> asked.runOnContext(nothing -> then.run()));
    }

    private Resolved judged(EndpointUrl url) {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(url.host());
        } catch (UnknownHostException unknown) {
            return new Resolved(null, "the host's name is unknown", false);
        }
        if (!url.isAmong(allowedHosts)) {
            for (InetAddress address : addresses) {
                if (!PublicAddress.is(address)) {
                    return new Resolved(
                            null,
                            "the host has an address that is not public; the operator can allow it by"
                                    + " ASSAY_JUDGE_ALLOWED_HOSTS",
                            true);
                }
            }
        }
        return new Resolved(addresses[0], "", false);
    }
}
