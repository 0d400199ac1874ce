package dev.assay.alert.app;

import dev.assay.alert.app.ProjectEvaluation.Alert;
import dev.assay.alert.app.ProjectEvaluation.Known;
import dev.assay.alert.app.ProjectEvaluation.Start;
import dev.assay.alert.app.ProjectOutcome.RuleOutcome;
import dev.assay.alert.domain.evaluation.GroupHistory.Grain;
import dev.assay.alert.domain.evaluation.Labels;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.platform.window.WindowState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** What follows, rule by rule. */
    List<RuleOutcome> outcomes(Known known, List<Start> starts) {
        Map<String, List<Start>> startsByRule = starts.stream().collect(Collectors.groupingBy(Start::ruleId));
        List<RuleOutcome> outcomes = new ArrayList<>();
        runs.forEach(run -> outcome(run, known, startsByRule.getOrDefault(run.ruleId(), List.of()))
                .ifPresent(outcomes::add));
        return outcomes;
    }

    /** How many rules failed. */
    int failed() {
        return failed;
    }

    /** One rule's outcome; a fault in one rule is logged and counted, and leaves the others to go on. */
    private Optional<RuleOutcome> outcome(RuleRun run, Known known, List<Start> starts) {
        Map<Labels, String> incidentIds = new HashMap<>();
        for (Alert alert : known.alerts()) {
            if (alert.ruleId().equals(run.ruleId())) {
                incidentIds.put(alert.labels(), alert.incidentId());
            }
        }
        try {
            return Optional.of(
                    run.run(starts.stream().collect(Collectors.toMap(Start::labels, start -> start)), incidentIds));
        } catch (RuntimeException fault) {
            failed++;
            LOG.errorf(fault, "rule failed: %s", run.ruleId());
            return Optional.empty();
        }
    }
}
