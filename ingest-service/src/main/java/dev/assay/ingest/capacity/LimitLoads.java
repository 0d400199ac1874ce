package dev.assay.ingest.capacity;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.ingest.domain.capacity.CapacityLimit;
import dev.assay.ingest.domain.capacity.MinuteLoad;
import dev.assay.platform.kpi.Dimension;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.Step;
import dev.assay.platform.kpi.Windows.StepWindow;
import dev.assay.platform.rollup.RollupReader;
import dev.assay.platform.rollup.RollupReader.Detail;
import dev.assay.platform.tenancy.Project;
import dev.assay.platform.tenancy.ProjectDirectory;
import dev.assay.platform.window.MinuteSummary;
import dev.assay.platform.window.Minutes;
import dev.assay.platform.window.TimeRange;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What each minute asked of a limit, by the windows of all sources together. */
@ApplicationScoped
public class LimitLoads {
    private final RollupReader rollups;
    private final ProjectDirectory projects;

    LimitLoads(RollupReader rollups, ProjectDirectory projects) {
        this.rollups = rollups;
        this.projects = projects;
    }

    /** The limits of a project, as the control topic tells them. */
    public List<CapacityLimit> limits(String tenant) {
        return limits(projects.project(tenant));
    }

    static List<CapacityLimit> limits(Project project) {
        return project.capacity().stream()
                .map(CapacityLimit::of)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The last whole minutes before {@code now}, in order of time; one without calls is there with zeros. */
    public Uni<List<MinuteLoad>> last(String tenant, CapacityLimit limit, int minutes, Instant now) {
        long end = Minutes.of(now);
        TimeRange range = new TimeRange(Minutes.start(end - minutes), Minutes.start(end));
        KpiQuery query = new KpiQuery(range, Step.MINUTE, List.of(), filters(limit), ZoneOffset.UTC, now);
        return rollups.readRange(tenant, query, Detail.MINUTES)
                .map(groups -> loads(groups.get(0).steps(), range));
    }

    private static Map<Dimension, List<String>> filters(CapacityLimit limit) {
        Map<Dimension, List<String>> filters = new EnumMap<>(Dimension.class);
        limit.named().forEach((name, value) -> filters.put(Dimension.find(name).orElseThrow(), List.of(value)));
        return filters;
    }

    private static List<MinuteLoad> loads(List<StepWindow> steps, TimeRange range) {
        Map<Long, StepWindow> byMinute = new HashMap<>();
        steps.forEach(step -> byMinute.put(step.range().firstMinute(), step));
        List<MinuteLoad> loads = new ArrayList<>();
        for (long minute = range.firstMinute(); minute < range.endMinute(); minute++) {
            StepWindow step = byMinute.get(minute);
            MinuteSummary told = step == null ? null : step.minutes();
            loads.add(
                    step == null || told == null
                            ? new MinuteLoad(minute, 0, 0, 0)
                            : new MinuteLoad(minute, calls(step), told.peakConcurrency(), told.lastConcurrency()));
        }
        return loads;
    }

    private static long calls(StepWindow step) {
        return step.state().get(Measure.MEASURE_CALLS).count()
                + step.state().get(Measure.MEASURE_CANCELLED).count();
    }
}
