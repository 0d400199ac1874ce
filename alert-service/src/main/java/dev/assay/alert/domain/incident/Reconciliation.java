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
    /** An older change alters history, but pages nobody. */
    public static final long FRESH_MINUTES = 15;

    private final LongFunction<String> incidentIds;
    private final boolean generated;
    private final long evaluatedBefore;
    private final long clock;

    /**
     * @param incidentIds the id of a new incident by when its condition began to hold
     * @param generated whether the project's data is generated
     * @param evaluatedBefore the last minute that earlier evaluations had reached
     * @param clock the minute that this one reached
     */
    public Reconciliation(LongFunction<String> incidentIds, boolean generated, long evaluatedBefore, long clock) {
        this.incidentIds = incidentIds;
        this.generated = generated;
        this.evaluatedBefore = evaluatedBefore;
        this.clock = clock;
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
        Reason reason = reason(episode);
        boolean page = reason == Reason.FRESH || reason == Reason.STILL_FIRING;
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
        } else if (!moved.equals(incident)) {
            changes.add(new IncidentChange(Kind.MOVED, moved, false, Reason.NOT_NEWS));
        }
    }

    private void withdraw(Incident incident, List<IncidentChange> changes) {
        if (incident.isOpen()) {
            changes.add(new IncidentChange(Kind.WITHDRAWN, incident.endedAt(clock), incident.paged(), told(incident)));
        }
    }

    private IncidentChange resolved(Incident incident, long end) {
        return new IncidentChange(Kind.RESOLVED, incident.endedAt(end), incident.paged(), told(incident));
    }

    private IncidentChange reopened(Incident incident, long endBefore) {
        if (generated) {
            return new IncidentChange(Kind.REOPENED, incident, false, Reason.GENERATED_DATA);
        }
        return clock - endBefore <= FRESH_MINUTES
                ? new IncidentChange(Kind.REOPENED, incident.reopenedAndPaged(), true, Reason.FRESH)
                : new IncidentChange(Kind.REOPENED, incident, false, Reason.TOO_OLD);
    }

    private static Reason told(Incident incident) {
        return incident.paged() ? Reason.WAS_PAGED : Reason.NEVER_PAGED;
    }

    private Reason reason(Episode episode) {
        if (generated) {
            return Reason.GENERATED_DATA;
        }
        if (clock - episode.firedAt() <= FRESH_MINUTES) {
            return Reason.FRESH;
        }
        return episode.firedAt() > evaluatedBefore && episode.endedAt() == null ? Reason.STILL_FIRING : Reason.TOO_OLD;
    }
}
