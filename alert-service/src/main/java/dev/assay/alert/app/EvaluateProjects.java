package dev.assay.alert.app;

import dev.assay.alert.app.ProjectEvaluation.Known;
import dev.assay.alert.config.AlertConfig;
import dev.assay.alert.domain.evaluation.Clocks;
import dev.assay.alert.domain.evaluation.HistoryNeeds;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.platform.tenancy.ProjectDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Evaluates the rules of every project whose windows or clocks have moved. Any replica can; a lease on the project's row
 * lets one at a time.
 */
@ApplicationScoped
public class EvaluateProjects {
    private static final Logger LOG = Logger.getLogger(EvaluateProjects.class);
    private static final int AT_ONCE = 2;

    private final EvaluationStore store;
    private final ProjectDirectory directory;
    private final Announcements announcements;
    private final MeterRegistry meters;
    private final long horizonMinutes;

    EvaluateProjects(
            EvaluationStore store,
            ProjectDirectory directory,
            Announcements announcements,
            MeterRegistry meters,
            AlertConfig config) {
        this.store = store;
        this.directory = directory;
        this.announcements = announcements;
        this.meters = meters;
        this.horizonMinutes = config.replayHorizon().toMinutes();
    }

    /** Evaluates whatever is due now; one project's failure does not hold up the others. */
    @Scheduled(every = "${assay.alert.evaluate-every:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> evaluateDue() {
        if (!directory.isComplete()) { // whether a project's data is generated is not known yet
            return Uni.createFrom().voidItem();
        }
        return Uni.combine()
                .all()
                .unis(store.ticks().map(Clocks::new), store.projects())
                .asTuple()
                .chain(read -> evaluateDue(read.getItem1(), read.getItem2()))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("evaluation waits: %s", failure.toString());
                    return null;
                });
    }

    private Uni<Void> evaluateDue(Clocks clocks, List<EvaluationStore.Project> projects) {
        return Multi.createFrom()
                .iterable(projects)
                .filter(project -> project.changed() || !project.mark().equals(clocks.mark(project.tenant())))
                .onItem()
                .transformToUni(project -> evaluate(project.tenant(), clocks))
                .merge(AT_ONCE)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> evaluate(String tenant, Clocks clocks) {
        return store.inLease(tenant, evaluation -> evaluate(tenant, clocks, evaluation))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    meters.counter("assay.alert.evaluations", "outcome", "failed")
                            .increment();
                    LOG.errorf(failure, "evaluation failed: project %s", tenant);
                    return Uni.createFrom().voidItem();
                });
    }

    private Uni<Void> evaluate(String tenant, Clocks clocks, ProjectEvaluation evaluation) {
        return evaluation.known().chain(known -> {
            List<RulePlan> plans = plans(tenant, clocks, known);
            boolean generated = directory.project(tenant).generated();
            Map<String, Long> afterByRule = new HashMap<>();
            plans.forEach(plan -> afterByRule.put(plan.rule().id(), plan.after()));
            RuleRuns runs = new RuleRuns(plans.stream()
                    .map(plan -> new RuleRun(tenant, generated, plan))
                    .toList());
            return evaluation
                    .windows(needs(plans), runs)
                    .chain(() -> evaluation.starts(afterByRule))
                    .chain(starts -> evaluation
                            .orphans(known.liveRules())
                            .emitOn(Infrastructure.getDefaultWorkerPool())
                            .map(orphans -> {
                                Instant now = Instant.now();
                                return announcements.announce(
                                        tenant, clocks, known, runs.outcomes(known, starts, now), orphans, now);
                            }))
                    .chain(evaluation::save)
                    .invoke(() -> {
                        meters.counter("assay.alert.evaluations", "outcome", "done")
                                .increment();
                        meters.counter("assay.alert.evaluations", "outcome", "rule_failed")
                                .increment(runs.failed());
                    });
        });
    }

    private List<RulePlan> plans(String tenant, Clocks clocks, Known known) {
        List<RulePlan> plans = new ArrayList<>();
        for (Rule rule : known.rules()) {
            if (rule.enabled()) {
                Metrics.find(rule.metric())
                        .flatMap(metric -> RulePlan.of(
                                rule,
                                metric,
                                tenant,
                                clocks,
                                known.cursors().get(rule.id()),
                                known.changedFrom(),
                                horizonMinutes))
                        .ifPresent(plans::add);
            }
        }
        return plans;
    }

    private static Map<String, HistoryNeeds> needs(List<RulePlan> plans) {
        Map<String, HistoryNeeds> needs = new HashMap<>();
        for (RulePlan plan : plans) {
            plan.services().forEach(service -> needs.merge(service, plan.needs(), HistoryNeeds::and));
        }
        return needs;
    }
}
