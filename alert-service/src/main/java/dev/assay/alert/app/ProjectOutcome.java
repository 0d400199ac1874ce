package dev.assay.alert.app;

import dev.assay.alert.domain.evaluation.AlertState;
import dev.assay.alert.domain.evaluation.Labels;
import dev.assay.alert.domain.evaluation.Observation;
import dev.assay.alert.domain.evaluation.Transition;
import dev.assay.alert.domain.incident.IncidentChange;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.contracts.alert.v1.AlertEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation of a project found, to be saved in one transaction.
 *
 * @param ended changes to incidents of rules that are no longer there
 * @param liveRules the ids of the rules that are; what belongs to others is forgotten
 * @param consumed the changes that this evaluation took account of
 */
public record ProjectOutcome(
        String mark,
        List<RuleOutcome> rules,
        List<IncidentOutcome> ended,
        Set<String> liveRules,
        List<ProjectEvaluation.Change> consumed,
        List<Notification> notifications,
        List<AlertEvent> events) {

    /**
     * One rule's part.
     *
     * @param fresh whether the rule is new or was changed: what was kept of it is forgotten
     * @param after the minute from which on its history is replaced
     */
    public record RuleOutcome(
            Rule rule,
            boolean fresh,
            long after,
            ProjectEvaluation.Cursor cursor,
            List<AlertOutcome> alerts,
            List<IncidentOutcome> incidents) {}

    /** One alert's part. */
    public record AlertOutcome(
            Labels labels,
            AlertState state,
            Observation last,
            long minute,
            @Nullable String incidentId,
            List<Transition> transitions) {}

    /** A change to an incident, with what the incident is about. */
    public record IncidentOutcome(
            String ruleId, String ruleName, String severity, Labels labels, IncidentChange change) {}

    /**
     * What someone is to be told. Whoever was told that an incident fires is told that it ended.
     *
     * @param receivers who is told; null: those who were told that it fires
     * @param paging how the incident's escalation policy goes on; null if it has none, or that is at its end
     */
    public record Notification(
            String incidentId,
            String transition,
            String body,
            @Nullable List<ProjectEvaluation.Receiver> receivers,
            List<Later> later,
            @Nullable Paging paging) {}

    /** The next step of an escalation policy: its position, and when it is due unless somebody has acknowledged. */
    public record Paging(String policy, int position, Duration after) {}

    /** Who is told after a while, unless somebody has acknowledged by then or it has ended. */
    public record Later(Duration after, List<ProjectEvaluation.Receiver> receivers) {}
}
