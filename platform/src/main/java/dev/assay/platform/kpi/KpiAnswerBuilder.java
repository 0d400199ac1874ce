package dev.assay.platform.kpi;

import dev.assay.platform.kpi.KpiAnswer.Group;
import dev.assay.platform.kpi.KpiAnswer.Point;
import dev.assay.platform.kpi.Windows.GroupWindows;
import dev.assay.platform.kpi.Windows.StepWindow;
import dev.assay.platform.window.TimeRange;
import dev.assay.platform.window.WindowState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns windows as read for a query into its answer. */
public final class KpiAnswerBuilder {
    /** Where a service has a figure that does not come from windows, or not from windows alone. */
    @FunctionalInterface
    public interface Supplement {
        /** The figure of a KPI for a group and a range; empty to compute it from the window. */
        Optional<KpiValue> figure(Kpi kpi, Map<String, String> by, TimeRange range);
    }

    private static final String NO_REVISION = "0";

    private final KpiQuery query;
    private final List<Kpi> kpis;
    private Map<String, Target> targets = Map.of();
    private Map<String, Evaluator> evaluators = Map.of();
    private Supplement supplement = (kpi, by, range) -> Optional.empty();
    private String currency = "USD";

    /** An answer with some KPIs; those that are neither in windows nor supplemented are left out of it. */
    public KpiAnswerBuilder(KpiQuery query, List<Kpi> kpis) {
        this.query = query;
        this.kpis = List.copyOf(kpis);
    }

    /** A project's own targets, by KPI; the others keep their defaults. */
    public KpiAnswerBuilder targets(Map<String, Target> ofProject) {
        this.targets = Map.copyOf(ofProject);
        return this;
    }

    /** Who judged the rates, by KPI. */
    public KpiAnswerBuilder evaluators(Map<String, Evaluator> byKpi) {
        this.evaluators = Map.copyOf(byKpi);
        return this;
    }

    /** The project's currency. */
    public KpiAnswerBuilder currency(String ofProject) {
        this.currency = ofProject;
        return this;
    }

    /** Figures from elsewhere. */
    public KpiAnswerBuilder supplement(Supplement ofService) {
        this.supplement = ofService;
        return this;
    }

    /** The answer. Without {@code group_by} it has one group, be there windows or not. */
    public KpiAnswer build(List<GroupWindows> windows) {
        List<Group> groups = new ArrayList<>();
        for (GroupWindows group : windows) {
            groups.add(group(group));
        }
        if (groups.isEmpty() && query.groupBy().isEmpty()) {
            groups.add(group(nothing()));
        }
        Step step = query.step();
        TimeRange range = query.range();
        return new KpiAnswer(range.from(), range.to(), step == null ? null : step.wireName(), groups);
    }

    private GroupWindows nothing() {
        boolean settled = query.range().isSettled(query.now());
        return new GroupWindows(Map.of(), new WindowState(), NO_REVISION, settled, List.of(), new WindowState());
    }

    private Group group(GroupWindows windows) {
        StepWindow range = new StepWindow(
                query.range(), windows.total(), windows.revision(), windows.settled(), windows.minutes());
        Map<String, KpiValue> figures = figures(windows.by(), range, windows.previousTotal());
        return new Group(given(windows.by()), figures, query.step() == null ? null : series(windows));
    }

    private List<Point> series(GroupWindows windows) {
        Map<Instant, StepWindow> byStart = new HashMap<>();
        windows.steps().forEach(step -> byStart.put(step.range().from(), step));
        List<Point> points = new ArrayList<>();
        for (TimeRange range : query.steps().ranges()) {
            StepWindow step = byStart.get(range.from());
            if (step == null) {
                step = new StepWindow(range, new WindowState(), NO_REVISION, range.isSettled(query.now()));
            }
            points.add(new Point(range.from(), figures(windows.by(), step, null)));
        }
        return points;
    }

    private Map<String, KpiValue> figures(
            Map<String, String> by, StepWindow window, @Nullable WindowState previousState) {
        Map<String, KpiValue> figures = new LinkedHashMap<>();
        for (Kpi kpi : kpis) {
            KpiValue figure = figure(kpi, by, window);
            if (figure == null) {
                continue;
            }
            if (previousState != null) {
                TimeRange before = window.range().previous();
                KpiValue previous = figure(kpi, by, new StepWindow(before, previousState, NO_REVISION, true));
                figure = previous == null ? figure : figure.comparedWith(previous);
            }
            figures.put(kpi.name(), figure.in(currency).at(window.revision(), window.settled()));
        }
        return figures;
    }

    private @Nullable KpiValue figure(Kpi kpi, Map<String, String> by, StepWindow window) {
        KpiValue figure = supplement.figure(kpi, by, window.range()).orElse(null);
        if (figure == null) {
            if (!kpi.fromWindows()) {
                return null;
            }
            figure = kpi.compute(window.state(), window.range(), window.minutes());
        }
        Target target = targets.get(kpi.name());
        if (target != null) {
            figure = figure.against(target);
        }
        Evaluator evaluator = evaluators.get(kpi.name());
        return evaluator == null ? figure : figure.judgedBy(evaluator);
    }

    /** An empty value means that calls did not give the dimension. */
    private static Map<String, @Nullable String> given(Map<String, String> by) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        by.forEach((name, value) -> values.put(name, value.isEmpty() ? null : value));
        return values;
    }
}
