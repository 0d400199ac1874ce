package dev.assay.platform.kpi;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.MinuteSummary;
import dev.assay.platform.window.TimeRange;
import dev.assay.platform.window.WindowState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One KPI: its name, what it is measured in, what it is held against, and how it comes out of a window. */
public final class Kpi {
    private final String name;
    private final Area area;
    private final Unit unit;
    private final @Nullable Target target;
    private final boolean judged;
    private final @Nullable Formula formula;

    Kpi(String name, Area area, Unit unit, @Nullable Target target, boolean judged, @Nullable Formula formula) {
        this.name = name;
        this.area = area;
        this.unit = unit;
        this.target = target;
        this.judged = judged;
        this.formula = formula;
    }

    /** The name in queries, answers and rules, as {@code latency_p95_ms}. */
    public String name() {
        return name;
    }

    /** The view that it belongs to. */
    public Area area() {
        return area;
    }

    /** What its value is measured in. */
    public Unit unit() {
        return unit;
    }

    /** What it is held against unless a project says otherwise; null if it has no target. */
    public @Nullable Target target() {
        return target;
    }

    /** Whether it is a rate of what an evaluator found, and so only as good as that. */
    public boolean judged() {
        return judged;
    }

    /** How it comes out of its window. */
    public Aggregation aggregation() {
        return formula == null ? Aggregation.LEDGER : formula.aggregation();
    }

    /** The measures that it is computed from; none if it is not computed from windows. */
    public List<Measure> measures() {
        return formula == null ? List.of() : formula.measures();
    }

    /** Whether {@link #compute} can be asked. */
    public boolean fromWindows() {
        return formula != null;
    }

    /** The KPI of a window, merged over series and sources, that covers a range. */
    public KpiValue compute(WindowState merged, TimeRange range) {
        return compute(merged, range, null);
    }

    /**
     * The KPI of a window that covers a range.
     *
     * @param minutes what only minutes can tell; if it is null, peaks and uptime are known for a single minute alone
     * @throws IllegalStateException if it is not computed from windows
     */
    public KpiValue compute(WindowState merged, TimeRange range, @Nullable MinuteSummary minutes) {
        if (formula == null) {
            throw new IllegalStateException(name + " is not computed from windows");
        }
        return KpiValue.of(this, formula.computation().read(new Formula.Slice(merged, range, minutes)));
    }

    /** The KPI as a service worked it out otherwise. */
    public KpiValue of(@Nullable Number value, long count) {
        return KpiValue.of(this, Formula.Reading.of(value, count, null));
    }

    @Override
    public String toString() {
        return name;
    }
}
