package dev.assay.cost.app;

import dev.assay.cost.app.Budgets.Standing;
import dev.assay.cost.domain.budget.BudgetGauge;
import dev.assay.cost.domain.spend.DailyCost;
import dev.assay.platform.tenancy.Project;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Money as gauges: each project's today, and where its budgets stand. There are at most {@link #MOST_PROJECTS} projects and
 * {@link #MOST_BUDGETS} budgets among them, in the order of their ids; how many are left out is a gauge too. What could not be measured has no series, rather than old ones. Models, apps and
 * users are no labels: their number is in the hands of whoever sends telemetry.
 */
@ApplicationScoped
public class CostMeters {
    /** The most projects that have series. */
    public static final int MOST_PROJECTS = 500;

    /** The most budgets that have series. */
    public static final int MOST_BUDGETS = 1_000;

    private final MultiGauge today;
    private final MultiGauge used;
    private final MultiGauge committed;
    private final MultiGauge thresholdReached;
    private final MultiGauge unpricedCalls;
    private final AtomicInteger projectsLeftOut = new AtomicInteger();
    private final AtomicInteger budgetsLeftOut = new AtomicInteger();

    CostMeters(MeterRegistry registry) {
        this.today = gauge(registry, "assay.cost.today", "List cost of the UTC day so far, in the project's currency");
        this.used = gauge(registry, "assay.budget.used.ratio", "Spent in the current period / limit");
        this.committed = gauge(registry, "assay.budget.committed.ratio", "Spent and reserved / limit");
        this.thresholdReached =
                gauge(registry, "assay.budget.threshold.reached.ratio", "The highest threshold reached, or 0");
        this.unpricedCalls = gauge(registry, "assay.budget.unpriced.calls", "Calls whose cost is not known");
        Gauge.builder("assay.cost.projects.left.out", projectsLeftOut, AtomicInteger::get)
                .description("Projects without series: beyond the most, or not measured this time")
                .register(registry);
        Gauge.builder("assay.budget.left.out", budgetsLeftOut, AtomicInteger::get)
                .description("Budgets without series, for there are too many")
                .register(registry);
    }

    /** What one project's figures are. */
    record Measured(Project project, DailyCost today, List<Standing> budgets) {}

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    /**
     * Tells these figures, and no others any more.
     *
     * @param projects how many there are in all
     */
    void tell(List<Measured> measured, int projects) {
        List<Row<?>> costs = new ArrayList<>();
        for (Measured one : measured) {
            costs.add(Row.of(
                    Tags.of(
                            "project",
                            one.project().id(),
                            "currency",
                            one.project().currency()),
                    one.today().cost().doubleValue()));
        }
        today.register(costs, true);
        projectsLeftOut.set(projects - measured.size());

        List<Standing> all =
                measured.stream().flatMap(one -> one.budgets().stream()).toList();
        List<Standing> shown = all.subList(0, Math.min(MOST_BUDGETS, all.size()));
        budgetsLeftOut.set(all.size() - shown.size());
        rows(used, shown, standing -> of(standing).used());
        rows(committed, shown, standing -> of(standing).committed());
        rows(thresholdReached, shown, standing -> of(standing).thresholdReached());
        rows(unpricedCalls, shown, standing -> standing.figures().unpricedCalls());
    }

    private static BudgetGauge of(Standing standing) {
        return BudgetGauge.of(standing.budget(), standing.figures());
    }

    private static void rows(MultiGauge gauge, List<Standing> standings, ToDoubleFunction<Standing> figure) {
        Stream<Row<?>> rows = standings.stream()
                .map(standing -> Row.of(
                        Tags.of(
                                "project",
                                standing.budget().tenant(),
                                "budget_id",
                                standing.budget().id().toString(),
                                "budget",
                                standing.budget().name()),
                        figure.applyAsDouble(standing)));
        gauge.register(rows.toList(), true);
    }
}
