package dev.assay.alert.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.alert.app.ReceiverStore.Receiver;
import dev.assay.alert.domain.grouping.Grouping;
import dev.assay.alert.domain.notification.Attempt;
import dev.assay.alert.domain.rule.InvalidRule;
import dev.assay.platform.outbound.OutboundUrl;
import dev.assay.platform.web.Problem;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps a project's receivers. */
@ApplicationScoped
public class ManageReceivers {
    private static final int MAX_RECEIVERS = 50;
    private static final int MAX_NAME = 100;
    private static final int MAX_SECRET = 500;

    private final ReceiverStore store;
    private final List<Notifier> notifiers;
    private final TargetGuard guard;
    private final SecureRandom random = new SecureRandom();

    /** What a new receiver is to be. */
    public record Wanted(
            @Nullable String name,
            @Nullable String type,
            @Nullable String url,
            @Nullable String secret,
            @Nullable String fallback,
            boolean selfAlerts,
            @Nullable JsonNode grouping) {}

    /**
     * A receiver that was made.
     *
     * @param madeSecret the secret, if it was made here: it is shown this once
     */
    public record Created(Receiver receiver, @Nullable String madeSecret) {}

    ManageReceivers(ReceiverStore store, @All List<Notifier> notifiers, TargetGuard guard) {
        this.store = store;
        this.notifiers = notifiers;
        this.guard = guard;
    }

    public Uni<List<Receiver>> all(String tenant) {
        return store.all(tenant);
    }

    public Uni<Void> delete(String tenant, String id) {
        return store.delete(tenant, id)
                .invoke(deleted -> {
                    if (!deleted) {
                        throw Problem.notFound("no receiver " + id);
                    }
                })
                .replaceWithVoid();
    }

    public Uni<Created> create(String tenant, Wanted wanted) {
        String name = name(wanted.name());
        Notifier notifier = notifier(wanted.type());
        OutboundUrl url = url(wanted.url(), notifier);
        String made = wanted.secret() == null && notifier.makesSecrets() ? random(32) : null;
        String secret = made != null ? made : secret(wanted, notifier);
        Grouping grouping = grouping(wanted.grouping(), notifier);
        String id = "rcv-" + random(8);
        return store.all(tenant)
                .invoke(existing -> {
                    if (existing.size() >= MAX_RECEIVERS) {
                        throw Problem.conflict("a project has at most " + MAX_RECEIVERS + " receivers");
                    }
                })
                .map(existing -> new Receiver(
                        id,
                        name,
                        notifier.type(),
                        shownUrl(wanted.url(), notifier, url),
                        Instant.now().truncatedTo(ChronoUnit.MICROS),
                        fallback(wanted.fallback(), existing),
                        wanted.selfAlerts(),
                        grouping))
                .call(() -> allowed(url))
                .chain(receiver -> store.create(tenant, receiver, secret)
                        .onFailure(NameTaken.class)
                        .transform(taken -> Problem.conflict("another receiver has the name " + name))
                        .replaceWith(new Created(receiver, made)));
    }

    /** Sends a notification that says it is a test, at once, and tells how that ended; nothing is tried again. */
    public Uni<Attempt> test(String tenant, String id) {
        return store.destination(tenant, id).chain(found -> {
            Delivery.Destination to = found.orElseThrow(() -> Problem.notFound("no receiver " + id));
            Notifier notifier = notifiers.stream()
                    .filter(one -> one.type().equals(to.type()))
                    .findFirst()
                    .orElseThrow(() -> Problem.notFound("no notifier for type " + to.type()));
            Delivery test = new Delivery(
                    tenant,
                    UUID.randomUUID(),
                    "test-" + random(8),
                    "firing",
                    NotificationText.test(tenant, Instant.now()),
                    1,
                    Duration.ZERO,
                    to);
            return notifier.send(test, to.url(), to.secret());
        });
    }

    private Uni<Void> allowed(OutboundUrl url) {
        return guard.check(url)
                .invoke(refused -> refused.ifPresent(forbidden -> {
                    throw Problem.unprocessable("url", "must not lead there: " + forbidden.reason());
                }))
                .replaceWithVoid();
    }

    /** As it was given; of one that is a secret nothing but the host. */
    private static String shownUrl(@Nullable String url, Notifier notifier, OutboundUrl target) {
        if (url == null) {
            return "";
        }
        return notifier.urlIsSecret() ? (target.tls() ? "https://" : "http://") + target.host() + "/…" : url.strip();
    }

    private static @Nullable Grouping grouping(@Nullable JsonNode wanted, Notifier notifier) {
        if (wanted == null || wanted.isNull()) {
            return null;
        }
        if (!notifier.groups()) {
            throw Problem.unprocessable(
                    "grouping", "must be left out: to " + notifier.type() + " each incident is one of its own");
        }
        try {
            return GroupingText.read(wanted);
        } catch (InvalidRule invalid) {
            throw Problem.unprocessable(invalid.field(), String.valueOf(invalid.getMessage()));
        }
    }

    private static String fallback(@Nullable String wanted, List<Receiver> existing) {
        if (wanted == null || wanted.isBlank()) {
            return "";
        }
        return existing.stream()
                .filter(receiver ->
                        receiver.id().equals(wanted) || receiver.name().equals(wanted))
                .map(Receiver::id)
                .findFirst()
                .orElseThrow(() -> Problem.unprocessable("fallback", "must be the name or id of a receiver"));
    }

    private static String name(@Nullable String name) {
        if (name == null || name.isBlank()) {
            throw Problem.unprocessable("name", "is required");
        }
        if (name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw Problem.unprocessable("name", "must have at most " + MAX_NAME + " printable characters");
        }
        return name;
    }

    private Notifier notifier(@Nullable String type) {
        List<String> types = notifiers.stream().map(Notifier::type).sorted().toList();
        Optional<Notifier> found =
                notifiers.stream().filter(n -> n.type().equals(type)).findFirst();
        return found.orElseThrow(() -> Problem.unprocessable("type", "must be one of " + String.join(", ", types)));
    }

    private static OutboundUrl url(@Nullable String url, Notifier notifier) {
        try {
            return notifier.target(url == null ? "" : url);
        } catch (OutboundUrl.Invalid invalid) {
            throw Problem.unprocessable("url", String.valueOf(invalid.getMessage()));
        }
    }

    private static String secret(Wanted wanted, Notifier notifier) {
        if (notifier.urlIsSecret()) {
            return String.valueOf(wanted.url()).strip();
        }
        String secret = wanted.secret();
        if (!notifier.needsSecret() && (secret == null || secret.isBlank())) {
            return "";
        }
        if (secret == null || secret.isBlank()) {
            throw Problem.unprocessable("secret", "is required");
        }
        if (secret.length() > MAX_SECRET) {
            throw Problem.unprocessable("secret", "must have at most " + MAX_SECRET + " characters");
        }
        return secret;
    }

    private String random(int bytes) {
        byte[] random = new byte[bytes];
        this.random.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Says whether something may be sent to an address. */
    public interface TargetGuard {
        /** Why not, or empty if it may, or if the name cannot be resolved now. */
        Uni<Optional<Attempt.Forbidden>> check(OutboundUrl url);
    }
}
