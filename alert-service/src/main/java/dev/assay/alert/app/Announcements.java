package dev.assay.alert.app;

import dev.assay.alert.app.ProjectEvaluation.Known;
import dev.assay.alert.app.ProjectEvaluation.Orphan;
import dev.assay.alert.app.ProjectEvaluation.Receiver;
import dev.assay.alert.app.ProjectOutcome.AlertOutcome;
import dev.assay.alert.app.ProjectOutcome.IncidentOutcome;
import dev.assay.alert.app.ProjectOutcome.Later;
import dev.assay.alert.app.ProjectOutcome.Notification;
import dev.assay.alert.app.ProjectOutcome.Paging;
import dev.assay.alert.app.ProjectOutcome.RuleOutcome;
import dev.assay.alert.domain.evaluation.Clocks;
import dev.assay.alert.domain.evaluation.Observation;
import dev.assay.alert.domain.evaluation.Phase;
import dev.assay.alert.domain.evaluation.Transition;
import dev.assay.alert.domain.incident.IncidentChange;
import dev.assay.alert.domain.incident.IncidentChange.Kind;
import dev.assay.alert.domain.oncall.Move;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.contracts.alert.v1.AlertEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what follows from an evaluation: who is told what, and which events go out. */
@ApplicationScoped
class Announcements {
    private static final Audience NOBODY = new Audience(List.of(), List.of(), null);

    private record Audience(
            List<Receiver> now, List<Later> later, @Nullable Paging paging) {}

    ProjectOutcome announce(
            String tenant, Clocks clocks, Known known, List<RuleOutcome> rules, List<Orphan> orphans, Instant now) {
        List<IncidentOutcome> ended =
                orphans.stream().map(orphan -> ended(orphan, clocks, tenant)).toList();
        List<Notification> notifications = new ArrayList<>();
        List<AlertEvent> events = new ArrayList<>();
        for (RuleOutcome rule : rules) {
            Map<String, AlertOutcome> alerts = new HashMap<>();
            rule.alerts().forEach(alert -> alerts.put(alert.labels().key(), alert));
            pendings(tenant, rule, events);
            for (IncidentOutcome incident : rule.incidents()) {
                Observation last = Optional.ofNullable(
                                alerts.get(incident.labels().key()))
                        .map(AlertOutcome::last)
                        .orElse(null);
                announce(tenant, incident, rule.rule(), last, audience(rule.rule(), known, now), notifications, events);
            }
        }
        ended.forEach(incident -> announce(tenant, incident, null, null, NOBODY, notifications, events));
        return new ProjectOutcome(
                clocks.mark(tenant), rules, ended, known.liveRules(), known.changes(), notifications, events);
    }

    private static void announce(
            String tenant,
            IncidentOutcome outcome,
            @Nullable Rule rule,
            @Nullable Observation last,
            Audience audience,
            List<Notification> notifications,
            List<AlertEvent> events) {
        IncidentChange change = outcome.change();
        if (change.kind() == Kind.MOVED) {
            return;
        }
        boolean firing = change.kind() == Kind.OPENED || change.kind() == Kind.REOPENED || change.kind() == Kind.TOLD;
        Double value = !firing && last instanceof Observation.Measured measured
                ? Double.valueOf(measured.value())
                : change.after().value();
        if (change.kind() != Kind.TOLD) { // its firing went out as an event when it was found
            events.add(AlertEvents.of(tenant, outcome, firing, value));
        }
        if (change.pages()) {
            notifications.add(new Notification(
                    change.after().id(),
                    change.after().transition(firing),
                    NotificationText.of(tenant, outcome, rule, firing, value),
                    firing ? audience.now() : null,
                    firing ? audience.later() : List.of(),
                    firing ? audience.paging() : null));
        }
    }

    /** Who is told that an alert of a rule fires: at once, and if nobody acknowledges. */
    private static Audience audience(Rule rule, Known known, Instant now) {
        if (rule.escalationPolicy().isEmpty()) {
            return new Audience(told(rule, known.receivers()), later(rule, known.receivers()), null);
        }
        Move move = known.rota().move(rule.escalationPolicy(), 0, false, now);
        List<String> names = new ArrayList<>(rule.receivers());
        names.addAll(move.receivers());
        Integer next = move.next();
        return new Audience(
                named(names, known.receivers()),
                List.of(),
                next == null ? null : new Paging(rule.escalationPolicy(), next, move.after()));
    }

    /** The receivers that a rule names, by name or id; all of the project's when it names none. */
    static List<Receiver> told(@Nullable Rule rule, List<Receiver> receivers) {
        if (rule == null || rule.receivers().isEmpty()) {
            return receivers;
        }
        return named(rule.receivers(), receivers);
    }

    private static List<Receiver> named(List<String> names, List<Receiver> receivers) {
        return receivers.stream()
                .filter(receiver -> names.contains(receiver.name()) || names.contains(receiver.id()))
                .toList();
    }

    private static List<Later> later(@Nullable Rule rule, List<Receiver> receivers) {
        return rule == null
                ? List.of()
                : rule.escalation().stream()
                        .map(step -> new Later(step.after(), named(step.receivers(), receivers)))
                        .toList();
    }

    private static void pendings(String tenant, RuleOutcome outcome, List<AlertEvent> events) {
        for (AlertOutcome alert : outcome.alerts()) {
            for (Transition transition : alert.transitions()) {
                if (transition.state().phase() == Phase.PENDING
                        || transition.state().phase() == Phase.NO_DATA) {
                    events.add(AlertEvents.of(tenant, outcome.rule(), alert.labels(), transition));
                }
            }
        }
    }

    /** The incident of a rule that is gone ends where the project's clocks are. */
    private static IncidentOutcome ended(Orphan orphan, Clocks clocks, String tenant) {
        long firedAt = orphan.incident().firedAt();
        long now = clocks.byService(tenant).values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(firedAt);
        IncidentChange change = new IncidentChange(
                Kind.RESOLVED,
                orphan.incident().endedAt(Math.max(now, firedAt)),
                orphan.incident().paged(),
                IncidentChange.Reason.RULE_GONE);
        return new IncidentOutcome(orphan.ruleId(), orphan.ruleName(), orphan.severity(), orphan.labels(), change);
    }
}
