package dev.assay.alert.app;

import dev.assay.alert.app.ProjectEvaluation.Start;
import dev.assay.alert.app.ProjectOutcome.AlertOutcome;
import dev.assay.alert.app.ProjectOutcome.IncidentOutcome;
import dev.assay.alert.app.ProjectOutcome.RuleOutcome;
import dev.assay.alert.domain.evaluation.AlertState;
import dev.assay.alert.domain.evaluation.GroupEvaluation;
import dev.assay.alert.domain.evaluation.GroupHistory;
import dev.assay.alert.domain.evaluation.GroupHistory.Grain;
import dev.assay.alert.domain.evaluation.HistoryNeeds;
import dev.assay.alert.domain.evaluation.Labels;
import dev.assay.alert.domain.evaluation.Phase;
import dev.assay.alert.domain.incident.Episode;
import dev.assay.alert.domain.incident.Incident;
import dev.assay.alert.domain.incident.IncidentChange;
import dev.assay.alert.domain.incident.IncidentId;
import dev.assay.alert.domain.incident.Reconciliation;
import dev.assay.alert.domain.rule.Dimension;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.platform.window.WindowState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates one planned rule: takes a project's windows in, then says what follows. The same windows give the same
 * outcome, whatever their order.
 */
final class RuleRun implements ProjectEvaluation.WindowReader {
    /** Alerts that one rule may have; further ones are turned away, in the order of their labels. */
    static final int MAX_ALERTS = 1_000;

    private final String tenant;
    private final boolean generated;
    private final RulePlan plan;
    private final HistoryNeeds needs;
    private final Map<Long, Labels> labelsOf = new HashMap<>();
    private final SortedMap<Labels, GroupHistory> groups = new TreeMap<>(Comparator.comparing(Labels::key));

    RuleRun(String tenant, boolean generated, RulePlan plan) {
        this.tenant = tenant;
        this.generated = generated;
        this.plan = plan;
        this.needs = plan.needs();
    }

    @Override
    public void series(Map<Long, Dimensions> dimensions) {
        dimensions.forEach((series, values) -> {
            if (matches(values)) {
                labelsOf.put(series, Labels.of(plan.rule().groupBy(), values));
            }
        });
    }

    @Override
    public void window(String service, Grain grain, long start, long seriesId, WindowState state) {
        Labels labels = labelsOf.get(seriesId);
        if (labels != null && plan.services().contains(service) && needs.includes(grain, start)) {
            groups.computeIfAbsent(labels, first -> new GroupHistory())
                    .add(grain, start, state, plan.metric().measures());
        }
    }

    String ruleId() {
        return plan.rule().id();
    }

    /** The outcome, once all windows have been taken in. */
    RuleOutcome run(Map<Labels, Start> starts, Map<Labels, String> incidentIds) {
        starts.keySet().forEach(labels -> groups.computeIfAbsent(labels, first -> new GroupHistory()));
        if (!plan.fresh()) {
            incidentIds.keySet().forEach(labels -> groups.computeIfAbsent(labels, first -> new GroupHistory()));
        }
        if (plan.rule().groupBy().isEmpty()) {
            groups.computeIfAbsent(Labels.NONE, first -> new GroupHistory());
        }
        List<AlertOutcome> alerts = new ArrayList<>();
        List<IncidentOutcome> incidents = new ArrayList<>();
        groups.entrySet().stream().limit(MAX_ALERTS).forEach(group -> {
            Labels labels = group.getKey();
            AlertOutcome outcome =
                    evaluate(labels, group.getValue(), starts.get(labels), incidentIds.get(labels), incidents);
            if (isOfThisRule(labels)) {
                alerts.add(outcome);
            }
        });
        return new RuleOutcome(plan.rule(), plan.fresh(), plan.after(), plan.cursor(), alerts, incidents);
    }

    /** Whether the labels are not those of an incident from before the rule was changed. */
    private boolean isOfThisRule(Labels labels) {
        return labels.values()
                .keySet()
                .equals(plan.rule().groupBy().stream().map(Dimension::wireName).collect(Collectors.toSet()));
    }

    private AlertOutcome evaluate(
            Labels labels,
            GroupHistory history,
            @Nullable Start start,
            @Nullable String incidentBefore,
            List<IncidentOutcome> incidents) {
        AlertState before = start == null || start.state() == null || plan.fresh()
                ? AlertState.noData(plan.origin())
                : start.state();
        List<Incident> known = start == null ? List.of() : start.incidents();
        long evaluated = Math.min(plan.evaluated(), plan.after());
        GroupEvaluation.Outcome outcome = new GroupEvaluation(plan.rule(), plan.metric(), history)
                .run(before, evaluated, plan.after(), plan.upTo());
        Reconciliation reconciliation = new Reconciliation(
                activeSince -> IncidentId.of(tenant, plan.rule().id(), labels.key(), activeSince),
                generated,
                plan.evaluated(),
                plan.upTo());
        List<IncidentChange> changes = reconciliation.changes(Episode.of(before, outcome.transitions()), known);
        changes.forEach(change -> incidents.add(new IncidentOutcome(
                plan.rule().id(), plan.rule().name(), plan.rule().severity().wireName(), labels, change)));
        return new AlertOutcome(
                labels,
                outcome.state(),
                outcome.last(),
                plan.upTo(),
                incidentOf(outcome.state(), known, changes, incidentBefore),
                outcome.transitions());
    }

    /** The incident that a state belongs to. */
    private static @Nullable String incidentOf(
            AlertState state, List<Incident> known, List<IncidentChange> changes, @Nullable String before) {
        if (state.phase() != Phase.FIRING && state.phase() != Phase.RESOLVED) {
            return null;
        }
        Long firedAt = state.firedAt();
        return Stream.concat(changes.stream().map(IncidentChange::after), known.stream())
                .filter(incident -> firedAt != null && incident.firedAt() == firedAt)
                .map(Incident::id)
                .findFirst()
                .orElse(before);
    }

    private boolean matches(Dimensions dimensions) {
        return plan.rule().filters().entrySet().stream()
                .allMatch(filter -> filter.getValue().contains(filter.getKey().of(dimensions)));
    }
}
