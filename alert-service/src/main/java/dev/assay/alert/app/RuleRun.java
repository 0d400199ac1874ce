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
import dev.assay.alert.domain.evaluation.Observation;
import dev.assay.alert.domain.evaluation.Phase;
import dev.assay.alert.domain.incident.Circumstances;
import dev.assay.alert.domain.incident.Episode;
import dev.assay.alert.domain.incident.Incident;
import dev.assay.alert.domain.incident.IncidentChange;
import dev.assay.alert.domain.incident.IncidentId;
import dev.assay.alert.domain.incident.Reconciliation;
import dev.assay.alert.domain.quiet.Quiet;
import dev.assay.alert.domain.rule.Dimension;
import dev.assay.alert.domain.rule.Threshold;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.platform.window.WindowState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private final List<Found> found = new ArrayList<>();
    private final SortedMap<Labels, GroupHistory> groups = new TreeMap<>(Comparator.comparing(Labels::key));

    /** One alert as it was and as it was found. */
    private record Found(
            Labels labels,
            AlertState before,
            GroupEvaluation.Outcome outcome,
            List<Incident> known,
            @Nullable String incidentBefore) {}

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

    /** Evaluates, once all windows have been taken in. */
    void evaluate(Map<Labels, Start> starts, Map<Labels, String> incidentIds) {
        starts.keySet().forEach(labels -> groups.computeIfAbsent(labels, first -> new GroupHistory()));
        if (!plan.fresh()) {
            incidentIds.keySet().forEach(labels -> groups.computeIfAbsent(labels, first -> new GroupHistory()));
        }
        if (plan.rule().groupBy().isEmpty()) {
            groups.computeIfAbsent(Labels.NONE, first -> new GroupHistory());
        }
        groups.entrySet().stream().limit(MAX_ALERTS).forEach(group -> {
            Labels labels = group.getKey();
            found.add(evaluated(labels, group.getValue(), starts.get(labels), incidentIds.get(labels)));
        });
    }

    /** The labels of the alerts that fire. */
    List<Map<String, String>> firing() {
        return found.stream()
                .filter(alert -> alert.outcome().state().phase() == Phase.FIRING)
                .map(alert -> AlertLabels.of(plan.rule(), alert.labels()))
                .toList();
    }

    /** When each alert fired, over the whole stretch that was evaluated. */
    Map<Labels, List<Episode>> episodes() {
        Map<Labels, List<Episode>> episodes = new LinkedHashMap<>();
        found.forEach(alert -> episodes.put(
                alert.labels(), Episode.of(alert.before(), alert.outcome().transitions())));
        return episodes;
    }

    /** The rule evaluated over the same windows under another threshold. */
    RuleRun under(Threshold threshold) {
        RuleRun other = new RuleRun(tenant, generated, plan.under(threshold));
        other.groups.putAll(groups);
        other.evaluate(Map.of(), Map.of());
        return other;
    }

    /** What every minute of every group measured. */
    List<Observation.Measured> measured() {
        List<Observation.Measured> measured = new ArrayList<>();
        groups.values()
                .forEach(history -> new GroupEvaluation(plan.rule(), plan.metric(), history)
                        .measured(plan.after(), plan.upTo(), measured::add));
        return measured;
    }

    int groupCount() {
        return groups.size();
    }

    /**
     * What follows from the evaluation.
     *
     * @param recent how often each alert fired within the last hour, by the key of its labels
     */
    RuleOutcome outcome(Quiet quiet, Map<String, Long> recent) {
        List<AlertOutcome> alerts = new ArrayList<>();
        List<IncidentOutcome> incidents = new ArrayList<>();
        for (Found alert : found) {
            long episodes = recent.getOrDefault(alert.labels().key(), 0L);
            AlertOutcome outcome = reconciled(alert, quiet, episodes, incidents);
            if (isOfThisRule(alert.labels())) {
                alerts.add(outcome);
            }
        }
        return new RuleOutcome(plan.rule(), plan.fresh(), plan.after(), plan.cursor(), alerts, incidents);
    }

    /** Whether the labels are not those of an incident from before the rule was changed. */
    private boolean isOfThisRule(Labels labels) {
        return labels.values()
                .keySet()
                .equals(plan.rule().groupBy().stream().map(Dimension::wireName).collect(Collectors.toSet()));
    }

    private Found evaluated(
            Labels labels, GroupHistory history, @Nullable Start start, @Nullable String incidentBefore) {
        AlertState before = start == null || start.state() == null || plan.fresh()
                ? AlertState.noData(plan.origin())
                : start.state();
        long evaluated = Math.min(plan.evaluated(), plan.after());
        GroupEvaluation.Outcome outcome = new GroupEvaluation(plan.rule(), plan.metric(), history)
                .run(before, evaluated, plan.after(), plan.upTo());
        return new Found(labels, before, outcome, start == null ? List.of() : start.incidents(), incidentBefore);
    }

    private AlertOutcome reconciled(Found alert, Quiet quiet, long episodes, List<IncidentOutcome> incidents) {
        Labels labels = alert.labels();
        GroupEvaluation.Outcome outcome = alert.outcome();
        Reconciliation reconciliation = new Reconciliation(
                activeSince -> IncidentId.of(tenant, plan.rule().id(), labels.key(), activeSince),
                new Circumstances(
                        generated,
                        plan.upTo(),
                        outcome.heldAt(),
                        quiet.of(AlertLabels.of(plan.rule(), labels)),
                        episodes));
        List<IncidentChange> changes =
                reconciliation.changes(Episode.of(alert.before(), outcome.transitions()), alert.known());
        changes.forEach(change -> incidents.add(new IncidentOutcome(
                plan.rule().id(), plan.rule().name(), plan.rule().severity().wireName(), labels, change)));
        return new AlertOutcome(
                labels,
                outcome.state(),
                outcome.last(),
                plan.upTo(),
                incidentOf(outcome.state(), alert.known(), changes, alert.incidentBefore()),
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
