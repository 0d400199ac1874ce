package dev.assay.alert.app;

import dev.assay.alert.app.ProjectOutcome.IncidentOutcome;
import dev.assay.alert.domain.evaluation.Labels;
import dev.assay.alert.domain.evaluation.Observation;
import dev.assay.alert.domain.evaluation.Phase;
import dev.assay.alert.domain.evaluation.Transition;
import dev.assay.alert.domain.incident.Incident;
import dev.assay.alert.domain.incident.IncidentId;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.contracts.alert.v1.AlertEvent;
import dev.assay.contracts.common.v1.Envelope;
import dev.assay.platform.window.Minutes;
import org.jspecify.annotations.Nullable;

/** Transitions as {@code alert.events.v1} has them. A transition that is found again has the same event id. */
final class AlertEvents {
    private AlertEvents() {}

    /** The firing or the end of an incident. */
    static AlertEvent of(String tenant, IncidentOutcome outcome, boolean firing, @Nullable Double value) {
        Incident incident = outcome.change().after();
        Long end = incident.endedAt();
        long at = firing || end == null ? incident.firedAt() : end;
        AlertEvent.Builder event = AlertEvent.newBuilder()
                .setEnvelope(envelope(tenant, incident.id() + "/" + incident.transition(firing), at))
                .setRule(outcome.ruleId())
                .setIncident(incident.id())
                .setState(firing ? AlertEvent.State.STATE_FIRING : AlertEvent.State.STATE_RESOLVED)
                .setSeverity(outcome.severity())
                .putAllLabels(outcome.labels().values())
                .setStartsAtUs(Minutes.startMicros(incident.activeSince()))
                .setEndsAtUs(end == null ? 0 : Minutes.startMicros(end));
        Double threshold = incident.threshold();
        if (value != null) {
            event.setValue(value);
        }
        if (threshold != null) {
            event.setThreshold(threshold);
        }
        return event.build();
    }

    /** The begin of waiting, or of not knowing. */
    static AlertEvent of(String tenant, Rule rule, Labels labels, Transition transition) {
        boolean pending = transition.state().phase() == Phase.PENDING;
        String incident = IncidentId.of(tenant, rule.id(), labels.key(), transition.at());
        AlertEvent.Builder event = AlertEvent.newBuilder()
                .setEnvelope(envelope(
                        tenant, incident + "/" + transition.state().phase().wireName(), transition.at()))
                .setRule(rule.id())
                .setIncident(pending ? incident : "")
                .setState(pending ? AlertEvent.State.STATE_PENDING : AlertEvent.State.STATE_NO_DATA)
                .setSeverity(rule.severity().wireName())
                .putAllLabels(labels.values())
                .setStartsAtUs(Minutes.startMicros(transition.at()));
        if (transition.seen() instanceof Observation.Measured measured) {
            event.setValue(measured.value()).setThreshold(measured.threshold());
        }
        return event.build();
    }

    private static Envelope envelope(String tenant, String eventId, long minute) {
        return Envelope.newBuilder()
                .setTenant(tenant)
                .setEventId(eventId)
                .setEventTimeUs(Minutes.startMicros(minute))
                .build();
    }
}
