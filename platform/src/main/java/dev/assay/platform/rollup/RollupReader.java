package dev.assay.platform.rollup;

import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.Windows.GroupWindows;
import dev.assay.platform.tenancy.TenantReads;
import dev.assay.platform.window.MinuteScan;
import dev.assay.platform.window.UptimeRule;
import dev.assay.platform.window.WindowState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a KPI query asks for: windows merged over series and sources, by group and step.
 *
 * <p>An hour that lies whole within one step is read from its row, unless it is marked dirty; all else from minutes.
 */
@ApplicationScoped
public class RollupReader {
    /** What a reader needs to know of the range. */
    public enum Detail {
        /** Sums and distributions. */
        SUMS,
        /** Also peaks and uptime, which only minutes tell; given up over {@link KpiQuery#MAX_PEAK_RANGE}. */
        MINUTES
    }

    /** A week of hours for some hundred groups. */
    private static final int HOURS_KEPT = 50_000;

    private final TenantReads reads;
    private final HourSummaries hours = new HourSummaries(HOURS_KEPT);

    RollupReader(TenantReads reads) {
        this.reads = reads;
    }

    /** The groups of a query, with the totals of the period before; without {@code group_by} exactly one. */
    public Uni<List<GroupWindows>> read(String tenant, KpiQuery query, Detail detail) {
        return reads.with(
                tenant,
                connection -> SeriesGroups.read(connection, tenant, query).chain(groups -> {
                    RangeReading now =
                            new RangeReading(rows(connection, tenant, groups), query, scan(query, detail), hours);
                    RangeReading before = new RangeReading(now.rows(), query.previous(), null, hours);
                    return now.run().chain(before::run).map(read -> joined(query, groups, now, before.folds()));
                }));
    }

    /** As {@link #read}, without the period before: its totals are empty. */
    public Uni<List<GroupWindows>> readRange(String tenant, KpiQuery query, Detail detail) {
        return reads.with(
                tenant,
                connection -> SeriesGroups.read(connection, tenant, query).chain(groups -> {
                    RangeReading now =
                            new RangeReading(rows(connection, tenant, groups), query, scan(query, detail), hours);
                    return now.run().map(read -> joined(query, groups, now, Map.of()));
                }));
    }

    private static RollupRows rows(SqlConnection connection, String tenant, SeriesGroups groups) {
        return new RollupRows(connection, tenant, groups);
    }

    private static @Nullable MinuteScan scan(KpiQuery query, Detail detail) {
        boolean wanted = detail == Detail.MINUTES && query.range().duration().compareTo(KpiQuery.MAX_PEAK_RANGE) <= 0;
        return wanted ? new MinuteScan(UptimeRule.DEFAULT) : null;
    }

    private static List<GroupWindows> joined(
            KpiQuery query, SeriesGroups groups, RangeReading now, Map<Integer, GroupFold> before) {
        Map<Integer, GroupFold> folds = now.folds();
        query.requireAnswerable(Math.max(1, folds.size()));
        if (folds.isEmpty() && query.groupBy().isEmpty()) {
            return List.of(now.fold(0).windows(Map.of(), previous(before.get(0))));
        }
        List<List<String>> names = groups.groups();
        List<GroupWindows> windows = new ArrayList<>();
        folds.forEach((position, fold) ->
                windows.add(fold.windows(query.named(names.get(position)), previous(before.get(position)))));
        return windows;
    }

    private static WindowState previous(@Nullable GroupFold fold) {
        return fold == null ? new WindowState() : fold.total();
    }
}
