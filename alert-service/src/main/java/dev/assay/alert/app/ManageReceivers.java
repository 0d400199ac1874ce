package dev.assay.alert.app;

import dev.assay.alert.app.ReceiverStore.Receiver;
import dev.assay.alert.domain.notification.Attempt;
import dev.assay.alert.domain.notification.TargetUrl;
import dev.assay.platform.web.Problem;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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
            @Nullable String secret) {}

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
        TargetUrl url = url(wanted.url(), notifier);
        String made = wanted.secret() == null && notifier.makesSecrets() ? random(32) : null;
        String secret = made != null ? made : secret(wanted.secret());
        Receiver receiver = new Receiver(
                "rcv-" + random(8),
                name,
                notifier.type(),
                wanted.url() == null ? "" : wanted.url().strip(),
                Instant.now().truncatedTo(ChronoUnit.MICROS));
        return store.all(tenant)
                .invoke(existing -> {
                    if (existing.size() >= MAX_RECEIVERS) {
                        throw Problem.conflict("a project has at most " + MAX_RECEIVERS + " receivers");
                    }
                })
                .chain(() -> guard.check(url))
                .invoke(refused -> refused.ifPresent(forbidden -> {
                    throw Problem.unprocessable("url", "must not lead there: " + forbidden.reason());
                }))
                .chain(() -> store.create(tenant, receiver, secret))
                .onFailure(NameTaken.class)
                .transform(taken -> Problem.conflict("another receiver has the name " + name))
                .replaceWith(new Created(receiver, made));
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

    private static TargetUrl url(@Nullable String url, Notifier notifier) {
        try {
            return notifier.target(url == null ? "" : url);
        } catch (TargetUrl.Invalid invalid) {
            throw Problem.unprocessable("url", String.valueOf(invalid.getMessage()));
        }
    }

    private static String secret(@Nullable String secret) {
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
        Uni<Optional<Attempt.Forbidden>> check(TargetUrl url);
    }
}
