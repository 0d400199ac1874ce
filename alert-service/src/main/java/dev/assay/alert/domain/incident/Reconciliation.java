package dev.assay.alert.domain.incident;

import dev.assay.alert.domain.incident.IncidentChange.Kind;
import dev.assay.alert.domain.incident.IncidentChange.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Brings what an evaluation found together with the incidents that are known.
 *
 * <p>An episode that overlaps a known incident is that incident, however late data moved its begin or end; any other is a
 * new one. A known incident without an episode was none after all.
 */
public final class Reconciliation {
    private final LongFunction<String> incidentIds;
    private final Circumstances now;

    /** @param incidentIds the id of a new incident by when its condition began to hold */
    public Reconciliation(LongFunction<String> incidentIds, Circumstances now) {
        this.incidentIds = incidentIds;
        this.now = now;
    }

    /**
     * The changes, in the order in which they happened.
     *
     * @param episodes what was found, in order
     * @param known the incidents that were open, or ended, after the evaluation's start
     */
    public List<IncidentChange> changes(List<Episode> episodes, List<Incident> known) {
        List<Incident> left = new ArrayList<>(known);
        List<IncidentChange> changes = new ArrayList<>();
        for (Episode episode : episodes) {
            Optional<Incident> match = match(episode, left);
            match.ifPresent(left::remove);
            match.ifPresentOrElse(incident -> move(incident, episode, changes), () -> open(episode, changes));
        }
        left.forEach(incident -> withdraw(incident, changes));
        return List.copyOf(changes);
    }

    private Optional<Incident> match(Episode episode, List<Incident> left) {
        String id = incidentIds.apply(episode.activeSince());
        return left.stream()
                .filter(incident -> incident.id().equals(id))
                .findFirst()
                .or(() -> left.stream()
                        .filter(incident -> incident.overlaps(episode))
                        .findFirst());
    }

    private void open(Episode episode, List<IncidentChange> changes) {
        Reason reason = now.firing(episode.firedAt(), episode.endedAt() == null);
        boolean page = reason.tells();
        Incident opened = new Incident(
                incidentIds.apply(episode.activeSince()),
                episode.activeSince(),
                episode.firedAt(),
                null,
                page,
                0,
                episode.value(),
                episode.threshold());
        changes.add(new IncidentChange(Kind.OPENED, opened, page, reason));
        Long end = episode.endedAt();
        if (end != null) {
            changes.add(resolved(opened, end));
        }
    }

    private void move(Incident incident, Episode episode, List<IncidentChange> changes) {
        Incident moved = incident.over(episode);
        Long endBefore = incident.endedAt();
        Long end = episode.endedAt();
        if (endBefore == null && end != null) {
            changes.add(resolved(moved, end));
        } else if (endBefore != null && end == null) {
            changes.add(reopened(moved, endBefore));
        } else if (end == null && !incident.paged() && isNewsNow(moved)) {
            changes.add(new IncidentChange(Kind.TOLD, moved.told(), true, Reason.STILL_FIRING));
        } else if (!moved.equals(incident)) {
            changes.add(new IncidentChange(Kind.MOVED, moved, false, Reason.NOT_NEWS));
        }
    }

    /** Whether an incident that nobody was told of is to be told now, as after a silence. */
    private boolean isNewsNow(Incident incident) {
        return now.holdsNow() && now.firing(incident.firedAt(), true).tells();
    }

    private void withdraw(Incident incident, List<IncidentChange> changes) {
        if (incident.isOpen()) {
            changes.add(new IncidentChange(
                    Kind.WITHDRAWN, incident.endedAt(now.clock()), incident.paged(), told(incident)));
        }
    }

    private IncidentChange resolved(Incident incident, long end) {
        return new IncidentChange(Kind.RESOLVED, incident.endedAt(end), incident.paged(), told(incident));
    }

    private IncidentChange reopened(Incident incident, long endBefore) {
        Reason reason = now.firing(endBefore, true);
        return new IncidentChange(Kind.REOPENED, incident.reopened(reason.tells()), reason.tells(), reason);
    }

    private static Reason told(Incident incident) {
        return incident.paged() ? Reason.WAS_PAGED : Reason.NEVER_PAGED;
    }
}
