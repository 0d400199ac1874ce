package dev.assay.cost.app;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.cost.domain.spend.DailyCost;
import dev.assay.cost.domain.spend.DailyCosts;
import dev.assay.platform.kpi.Dimension;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.Step;
import dev.assay.platform.kpi.Windows.GroupWindows;
import dev.assay.platform.kpi.Windows.StepWindow;
import dev.assay.platform.rollup.RollupReader;
import dev.assay.platform.rollup.RollupReader.Detail;
import dev.assay.platform.window.MeasureState;
import dev.assay.platform.window.Minutes;
import dev.assay.platform.window.TimeRange;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what each calendar day cost, by group. */
@ApplicationScoped
public class DailySpend {
    private final RollupReader rollups;

    DailySpend(RollupReader rollups) {
        this.rollups = rollups;
    }

    /**
     * One group's days.
     *
     * @param complete every day up to yesterday, without gaps
     * @param today so far
     */
    public record Days(DailyCosts complete, DailyCost today) {}

    /** The last {@code days} complete days and today, in a time zone, by group. */
    public Uni<Map<Map<String, String>, Days>> read(
            String tenant,
            List<Dimension> groupBy,
            Map<Dimension, List<String>> filters,
            ZoneId zone,
            Instant now,
            int days) {
        LocalDate today = now.atZone(zone).toLocalDate();
        Instant from = Minutes.floor(today.minusDays(days).atStartOfDay(zone).toInstant());
        Instant to = Minutes.start(Minutes.of(now) + 1);
        KpiQuery query = new KpiQuery(new TimeRange(from, to), Step.DAY, groupBy, filters, zone, now);
        return rollups.readRange(tenant, query, Detail.SUMS).map(groups -> {
            Map<Map<String, String>, Days> byGroup = new HashMap<>();
            groups.forEach(group -> byGroup.put(group.by(), days(group, today, days, zone)));
            return byGroup;
        });
    }

    private static Days days(GroupWindows group, LocalDate today, int days, ZoneId zone) {
        Map<LocalDate, MeasureState> costs = new HashMap<>();
        for (StepWindow step : group.steps()) {
            costs.put(
                    step.range().from().atZone(zone).toLocalDate(), step.state().get(Measure.MEASURE_LIST_COST));
        }
        List<DailyCost> complete = new ArrayList<>(days);
        for (LocalDate date = today.minusDays(days); date.isBefore(today); date = date.plusDays(1)) {
            complete.add(day(date, costs));
        }
        return new Days(new DailyCosts(complete), day(today, costs));
    }

    private static DailyCost day(LocalDate date, Map<LocalDate, MeasureState> costs) {
        MeasureState cost = costs.get(date);
        return cost == null
                ? new DailyCost(date, BigDecimal.ZERO, 0)
                : new DailyCost(date, cost.sum(), Math.max(0, cost.count()));
    }
}
