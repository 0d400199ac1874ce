package dev.assay.cost.app;

import dev.assay.cost.app.DailySpend.Days;
import dev.assay.cost.domain.anomaly.SpendAnomaly;
import dev.assay.cost.domain.anomaly.SpendBaseline;
import dev.assay.cost.domain.spend.DailyCost;
import dev.assay.cost.domain.spend.DailyCosts;
import dev.assay.cost.domain.spend.SpendForecast;
import dev.assay.platform.kpi.Dimension;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sums up the last days' spend: how much, how even, what stood out, and what the month will come to. */
@ApplicationScoped
public class ReportSpend {
    /** Days before the summary's own that say what is usual. */
    private static final int BASELINE_DAYS = 56;

    private final DailySpend spend;

    ReportSpend(DailySpend spend) {
        this.spend = spend;
    }

    /**
     * The summary.
     *
     * @param days the complete days asked for
     * @param historyDays complete days since the first call, as far as the baseline reaches back
     * @param forecast empty without enough history
     */
    public record Summary(
            DailyCosts days,
            DailyCost today,
            int historyDays,
            List<SpendAnomaly> anomalies,
            Optional<SpendForecast> forecast) {}

    /** The summary of the last {@code n} complete days. */
    public Uni<Summary> summary(String tenant, Map<Dimension, List<String>> filters, ZoneId zone, Instant now, int n) {
        return spend.read(tenant, List.of(), filters, zone, now, n + BASELINE_DAYS)
                .map(groups -> {
                    Days days = groups.values().iterator().next();
                    DailyCosts history = days.complete().history();
                    return new Summary(
                            days.complete().last(n),
                            days.today(),
                            history.days().size(),
                            SpendBaseline.anomalies(history, n),
                            SpendForecast.ofMonth(
                                    history, days.today().date(), days.today().cost()));
                });
    }
}
