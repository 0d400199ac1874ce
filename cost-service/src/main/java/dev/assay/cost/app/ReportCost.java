package dev.assay.cost.app;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.cost.app.DailySpend.Days;
import dev.assay.cost.domain.spend.DailyCosts;
import dev.assay.cost.domain.spend.SpendForecast;
import dev.assay.platform.kpi.Area;
import dev.assay.platform.kpi.Kpi;
import dev.assay.platform.kpi.KpiAnswer;
import dev.assay.platform.kpi.KpiAnswerBuilder;
import dev.assay.platform.kpi.KpiCatalogue;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.KpiValue;
import dev.assay.platform.kpi.Windows.GroupWindows;
import dev.assay.platform.rollup.RollupReader;
import dev.assay.platform.rollup.RollupReader.Detail;
import dev.assay.platform.stats.Interval;
import dev.assay.platform.tenancy.ProjectDirectory;
import dev.assay.platform.window.TimeRange;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers for the KPIs of cost: windows, users by hour, and the projection from the days before. */
@ApplicationScoped
public class ReportCost {
    private static final String PER_USER = "cost_per_user";
    private static final String PROJECTED = "projected_month_cost";

    /** Those that something measures: which tokens were used downstream is not told by any event yet. */
    private static final List<Kpi> KPIS = KpiCatalogue.of(Area.COST).stream()
            .filter(kpi -> kpi.fromWindows()
                    || kpi.name().equals(PER_USER)
                    || kpi.name().equals(PROJECTED))
            .toList();

    private final RollupReader rollups;
    private final UserCosts users;
    private final DailySpend spend;
    private final ProjectDirectory projects;

    ReportCost(RollupReader rollups, UserCosts users, DailySpend spend, ProjectDirectory projects) {
        this.rollups = rollups;
        this.users = users;
        this.spend = spend;
        this.projects = projects;
    }

    /** The answer to a query of a project. */
    public Uni<KpiAnswer> answer(String tenant, KpiQuery query) {
        Uni<List<GroupWindows>> windows = rollups.read(tenant, query, Detail.SUMS);
        Uni<UserCosts.Figures> perUser = users.read(tenant, query);
        Uni<Map<Map<String, String>, Days>> days = spend.read(
                        tenant, query.groupBy(), query.filters(), query.zone(), query.now(), SpendForecast.FITTED_DAYS)
                // too many groups for eight weeks of days: the other figures are still answered
                .onFailure(KpiQuery.InvalidParameter.class)
                .recoverWithItem(Map.of());
        return Uni.combine()
                .all()
                .unis(windows, perUser, days)
                .asTuple()
                .map(all -> new KpiAnswerBuilder(query, KPIS)
                        .currency(projects.project(tenant).currency())
                        .supplement(new Supplements(query, all.getItem1(), all.getItem2(), all.getItem3()))
                        .build(all.getItem1()));
    }

    /** The two KPIs that do not come out of windows. */
    private static final class Supplements implements KpiAnswerBuilder.Supplement {
        private final KpiQuery query;
        private final Map<Map<String, String>, Long> callsByGroup = new HashMap<>();
        private final UserCosts.Figures perUser;
        private final Map<Map<String, String>, Days> days;

        Supplements(
                KpiQuery query,
                List<GroupWindows> windows,
                UserCosts.Figures perUser,
                Map<Map<String, String>, Days> days) {
            this.query = query;
            this.perUser = perUser;
            this.days = days;
            windows.forEach(group -> callsByGroup.put(
                    group.by(), group.total().get(Measure.MEASURE_LIST_COST).count()));
        }

        @Override
        public Optional<KpiValue> figure(Kpi kpi, Map<String, String> by, TimeRange range) {
            boolean whole = range.equals(query.range());
            if (kpi.name().equals(PER_USER)) {
                boolean told = whole || range.equals(query.range().previous()) || perUser.hasSteps();
                return told ? Optional.of(perUser(kpi, by, range, whole)) : Optional.empty();
            }
            return kpi.name().equals(PROJECTED) && whole ? Optional.of(projected(kpi, by)) : Optional.empty();
        }

        private KpiValue perUser(Kpi kpi, Map<String, String> by, TimeRange range, boolean whole) {
            UserCosts.Figure figure = perUser.of(by, range);
            BigDecimal value = figure.users() == 0
                    ? null
                    : figure.listCost()
                            .divide(BigDecimal.valueOf(figure.users()), MathContext.DECIMAL64)
                            .stripTrailingZeros();
            long calls = callsByGroup.getOrDefault(by, 0L);
            @Nullable Double coverage = whole && calls > 0 ? Math.min(1.0, (double) figure.calls() / calls) : null;
            return kpi.of(value, figure.users()).with(coverage, null);
        }

        private KpiValue projected(Kpi kpi, Map<String, String> by) {
            Days ofGroup = days.get(by);
            if (ofGroup == null) {
                return kpi.of(null, 0);
            }
            DailyCosts history = ofGroup.complete().history();
            Optional<SpendForecast> forecast = SpendForecast.ofMonth(
                    history, ofGroup.today().date(), ofGroup.today().cost());
            int count = history.days().size();
            return forecast.map(month -> kpi.of(month.value(), count)
                            .with(
                                    null,
                                    new Interval(
                                            month.low().doubleValue(),
                                            month.high().doubleValue())))
                    .orElseGet(() -> kpi.of(null, count));
        }
    }
}
