package dev.assay.alert.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.alert.domain.quiet.Inhibition;
import dev.assay.alert.domain.quiet.Silence;
import dev.assay.alert.domain.rule.InvalidRule;
import dev.assay.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Keeps silences, maintenance windows and inhibitions. They hold from the next evaluation on, within a minute. */
@ApplicationScoped
public class ManageQuiet {
    private static final int MAX_SILENCES = 500;
    private static final int MAX_INHIBITIONS = 100;

    private final QuietStore store;

    ManageQuiet(QuietStore store) {
        this.store = store;
    }

    public Uni<List<Silence>> silences(String tenant) {
        return store.silences(tenant);
    }

    public Uni<List<Inhibition>> inhibitions(String tenant) {
        return store.inhibitions(tenant);
    }

    public Uni<Silence> silence(String tenant, JsonNode json) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Silence silence = valid(() -> QuietText.silence("sil-" + UUID.randomUUID(), json, now));
        if (silence.state(now) == Silence.State.EXPIRED) {
            throw Problem.unprocessable("ends_at", "must lie in the future, got: " + silence.endsAt());
        }
        return store.silences(tenant)
                .invoke(existing -> requireRoom(
                        existing.stream()
                                .filter(one -> one.state(now) != Silence.State.EXPIRED)
                                .count(),
                        MAX_SILENCES,
                        "silences"))
                .chain(() -> store.keep(tenant, silence))
                .replaceWith(silence);
    }

    public Uni<Inhibition> inhibition(String tenant, JsonNode json) {
        Inhibition inhibition = valid(() -> QuietText.inhibition("inh-" + UUID.randomUUID(), json));
        return store.inhibitions(tenant)
                .invoke(existing -> requireRoom(existing.size(), MAX_INHIBITIONS, "inhibitions"))
                .chain(() -> store.keep(tenant, inhibition))
                .replaceWith(inhibition);
    }

    public Uni<Void> deleteSilence(String tenant, String id) {
        return store.deleteSilence(tenant, id)
                .invoke(deleted -> requireFound(deleted, "silence", id))
                .replaceWithVoid();
    }

    public Uni<Void> deleteInhibition(String tenant, String id) {
        return store.deleteInhibition(tenant, id)
                .invoke(deleted -> requireFound(deleted, "inhibition", id))
                .replaceWithVoid();
    }

    private static void requireFound(boolean found, String what, String id) {
        if (!found) {
            throw Problem.notFound("no " + what + " " + id);
        }
    }

    private static void requireRoom(long existing, int most, String what) {
        if (existing >= most) {
            throw Problem.conflict("a project has at most " + most + " " + what);
        }
    }

    private static <T> T valid(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InvalidRule invalid) {
            throw Problem.unprocessable(invalid.field(), String.valueOf(invalid.getMessage()));
        }
    }
}
