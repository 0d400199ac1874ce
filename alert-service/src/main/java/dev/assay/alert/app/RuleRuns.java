package dev.assay.alert.app;

import dev.assay.alert.app.ProjectEvaluation.Alert;
import dev.assay.alert.app.ProjectEvaluation.Known;
import dev.assay.alert.app.ProjectEvaluation.Recent;
import dev.assay.alert.app.ProjectEvaluation.Start;
import dev.assay.alert.app.ProjectOutcome.RuleOutcome;
import dev.assay.alert.domain.evaluation.GroupHistory.Grain;
import dev.assay.alert.domain.evaluation.Labels;
import dev.assay.alert.domain.evaluation.Phase;
import dev.assay.alert.domain.quiet.Quiet;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.platform.window.WindowState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** All runs of one evaluation: each window is read once and given to every rule. */
final class RuleRuns implements ProjectEvaluation.WindowReader {
    private static final Logger LOG = Logger.getLogger(RuleRuns.class);

    private final List<RuleRun> runs;
    private int failed;

    RuleRuns(List<RuleRun> runs) {
        this.runs = runs;
    }

    @Override
    public void series(Map<Long, Dimensions> dimensions) {
        runs.forEach(run -> run.series(dimensions));
    }

    @Override
    public void window(String service, Grain grain, long start, long seriesId, WindowState state) {
        runs.forEach(run -> run.window(service, grain, start, seriesId, state));
    }

    /** What follows, rule by rule: first all are evaluated, since an alert of one may keep those of others quiet. */
    List<RuleOutcome> outcomes(Known known, List<Start> starts, Instant now) {
        Map<String, List<Start>> startsByRule = starts.stream().collect(Collectors.groupingBy(Start::ruleId));
        List<RuleRun> done = new ArrayList<>();
        for (RuleRun run : runs) {
            if (evaluate(run, known, startsByRule.getOrDefault(run.ruleId(), List.of()))) {
                done.add(run);
            }
        }
        Quiet quiet = new Quiet(known.silences(), known.inhibitions(), firing(known, done), now);
        List<RuleOutcome> outcomes = new ArrayList<>();
        for (RuleRun run : done) {
            guarded(run, () -> outcomes.add(run.outcome(quiet, recent(known, run.ruleId()))));
        }
        return outcomes;
    }

    /** How many rules failed. */
    int failed() {
        return failed;
    }

    /** Whether one rule could be evaluated. */
    private boolean evaluate(RuleRun run, Known known, List<Start> starts) {
        Map<Labels, String> incidentIds = new HashMap<>();
        for (Alert alert : known.alerts()) {
            if (alert.ruleId().equals(run.ruleId())) {
                incidentIds.put(alert.labels(), alert.incidentId());
            }
        }
        return guarded(
                run,
                () -> run.evaluate(
                        starts.stream().collect(Collectors.toMap(Start::labels, start -> start)), incidentIds));
    }

    /** Whether a step went well; a fault in one rule is logged and counted, and leaves the others to go on. */
    private boolean guarded(RuleRun run, Runnable step) {
        try {
            step.run();
            return true;
        } catch (RuntimeException fault) {
            failed++;
            LOG.errorf(fault, "rule failed: %s", run.ruleId());
            return false;
        }
    }

    /** What fires: as just found, and as it was for rules that were not evaluated. */
    private static List<Map<String, String>> firing(Known known, List<RuleRun> done) {
        List<Map<String, String>> firing = new ArrayList<>();
        done.forEach(run -> firing.addAll(run.firing()));
        Set<String> evaluated = done.stream().map(RuleRun::ruleId).collect(Collectors.toSet());
        Map<String, Rule> rules = known.rules().stream().collect(Collectors.toMap(Rule::id, rule -> rule));
        for (Alert alert : known.alerts()) {
            Rule rule = rules.get(alert.ruleId());
            if (rule != null && alert.phase() == Phase.FIRING && !evaluated.contains(rule.id())) {
                firing.add(AlertLabels.of(rule, alert.labels()));
            }
        }
        return firing;
    }

    private static Map<String, Long> recent(Known known, String ruleId) {
        return known.recent().stream()
                .filter(recent -> recent.ruleId().equals(ruleId))
                .collect(Collectors.toMap(Recent::labelsKey, Recent::episodes));
    }
}
