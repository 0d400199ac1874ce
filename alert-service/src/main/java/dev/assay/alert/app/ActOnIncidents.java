package dev.assay.alert.app;

import dev.assay.alert.app.IncidentStore.Act;
import dev.assay.alert.app.IncidentStore.Kind;
import dev.assay.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Acknowledges, assigns, closes incidents and adds notes to them. */
@ApplicationScoped
public class ActOnIncidents {
    private static final int MAX_NAME = 100;
    private static final int MAX_NOTE = 4_000;

    private final IncidentStore store;

    ActOnIncidents(IncidentStore store) {
        this.store = store;
    }

    /**
     * Does something about an incident.
     *
     * @param by who; null or blank: {@code caller}
     */
    public Uni<Void> act(
            String tenant, String incident, Kind kind, @Nullable String by, @Nullable String note, String caller) {
        String who = by == null || by.isBlank() ? caller : by;
        if (who.length() > MAX_NAME || who.chars().anyMatch(Character::isISOControl)) {
            throw Problem.unprocessable("by", "must have at most " + MAX_NAME + " printable characters");
        }
        String text = note == null ? "" : note.strip();
        if (kind == Kind.NOTED && text.isEmpty()) {
            throw Problem.unprocessable("note", "is required");
        }
        if (kind == Kind.ASSIGNED && (text.isEmpty() || text.length() > MAX_NAME)) {
            throw Problem.unprocessable("owner", "must have 1 to " + MAX_NAME + " characters");
        }
        if (text.length() > MAX_NOTE || text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
            throw Problem.unprocessable("note", "must have at most " + MAX_NOTE + " printable characters");
        }
        return store.act(tenant, incident, new Act(kind, who, text))
                .invoke(found -> {
                    if (!found) {
                        throw Problem.notFound("no incident " + incident);
                    }
                })
                .replaceWithVoid();
    }
}
