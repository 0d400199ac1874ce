package dev.assay.quality.app;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.kpi.Kpi;
import dev.assay.platform.kpi.KpiAnswerBuilder;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.KpiValue;
import dev.assay.platform.kpi.Windows.GroupWindows;
import dev.assay.platform.stats.Interval;
import dev.assay.platform.stats.RoganGladen;
import dev.assay.platform.stats.StudentT;
import dev.assay.platform.window.TimeRange;
import dev.assay.platform.window.WindowState;
import dev.assay.quality.app.JudgedSums.Found;
import dev.assay.quality.app.JudgedSums.Sums;
import dev.assay.quality.domain.judge.Agreement;
import dev.assay.quality.domain.judge.Rubric;
import dev.assay.quality.domain.judge.WeightedRate;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The quality KPIs that a judge measures: of its present epoch alone, weighted by how responses were sampled, and
 * corrected for the judge's errors where people labelled enough.
 */
@ApplicationScoped
public class JudgedKpis {
    private static final Map<String, String> CRITERIA = Map.of(
            "accuracy_ratio", "accuracy",
            "helpfulness_mean", "helpfulness",
            "relevance_ratio", "relevance",
            "completeness_ratio", "completeness",
            "coherence_ratio", "coherence");

    private final Judges judges;
    private final JudgedSums sums;
    private final Labels labels;

    JudgedKpis(Judges judges, JudgedSums sums, Labels labels) {
        this.judges = judges;
        this.sums = sums;
        this.labels = labels;
    }

    /** Which KPIs the project's judge measures, and their figures. */
    public record Judged(Map<String, String> criteria, KpiAnswerBuilder.Supplement figures) {
        static final Judged NONE = new Judged(Map.of(), (kpi, by, range) -> Optional.empty());

        /** Whether a KPI is measured. */
        public boolean measures(String kpi) {
            return criteria.containsKey(kpi);
        }
    }

    /** The figures for a query, whose windows tell how many responses there were. */
    public Uni<Judged> read(String tenant, KpiQuery query, List<GroupWindows> windows) {
        return judges.find(tenant)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(Judged.NONE)
                        : read(tenant, found.get(), query, windows));
    }

    private Uni<Judged> read(String tenant, JudgeConfig judge, KpiQuery query, List<GroupWindows> windows) {
        Map<String, String> criteria = new HashMap<>(CRITERIA);
        criteria.values()
                .retainAll(judge.rubric().criteria().stream()
                        .map(Rubric.Criterion::name)
                        .toList());
        Map<Where, Long> responses = responses(query, windows);
        return sums.sum(tenant, judge.epoch(), query)
                .chain(found -> labels.pairs(tenant, judge.epoch())
                        .map(pairs -> new Judged(Map.copyOf(criteria), (kpi, by, range) -> {
                            String criterion = criteria.get(kpi.name());
                            return criterion == null
                                    ? Optional.empty()
                                    : Optional.of(figure(
                                            kpi,
                                            found,
                                            new Where(Map.copyOf(by), range),
                                            criterion,
                                            Agreement.of(pairs.getOrDefault(criterion, List.of()))
                                                    .judge()
                                                    .orElse(null),
                                            responses));
                        })));
    }

    private record Where(Map<String, String> by, TimeRange range) {}

    private static Map<Where, Long> responses(KpiQuery query, List<GroupWindows> windows) {
        Map<Where, Long> responses = new HashMap<>();
        for (GroupWindows group : windows) {
            Map<String, String> by = Map.copyOf(group.by());
            responses.put(new Where(by, query.range()), count(group.total()));
            WindowState before = group.previousTotal();
            if (before != null) {
                responses.put(new Where(by, query.range().previous()), count(before));
            }
            group.steps().forEach(step -> responses.put(new Where(by, step.range()), count(step.state())));
        }
        return responses;
    }

    private static long count(WindowState window) {
        return window.get(Measure.MEASURE_RESPONSES).count();
    }

    private static KpiValue figure(
            Kpi kpi,
            Found found,
            Where where,
            String criterion,
            RoganGladen.@Nullable Judge judge,
            Map<Where, Long> responses) {
        Sums of = found.of(where.by(), where.range(), criterion);
        long all = responses.getOrDefault(where, 0L);
        Double coverage = all <= 0 ? null : Double.valueOf(Math.min(1, (of == null ? 0 : of.n()) / (double) all));
        if (of == null || !(of.weight() > 0)) {
            return value(kpi, null, 0, coverage, null, null);
        }
        if (!kpi.judged()) {
            double mean = of.weightedScores() / of.weight();
            long effective = (long) Math.floor(of.weight() * of.weight() / of.squares() + 1e-9);
            double variance = Math.max(0, of.weightedSquares() / of.weight() - mean * mean);
            Interval ci = effective < 2
                    ? null
                    : StudentT.meanInterval(effective, mean, variance * effective / (effective - 1))
                            .orElse(null);
            return value(kpi, mean, of.n(), coverage, ci, null);
        }
        WeightedRate rate = WeightedRate.of(of.n(), of.weight(), of.goodWeight(), of.squares());
        boolean corrects = judge != null && judge.informedness() > 0;
        WeightedRate told = judge != null && corrects ? rate.corrected(judge) : rate;
        return value(kpi, told.rate(), told.n(), coverage, told.ci95(), corrects ? Boolean.TRUE : null);
    }

    /** Judgeable only with labels enough to correct it: before, nobody knows how often the judge errs. */
    private static KpiValue value(
            Kpi kpi,
            @Nullable Number value,
            long count,
            @Nullable Double coverage,
            @Nullable Interval ci95,
            @Nullable Boolean judgeable) {
        return new KpiValue(kpi, value, count, coverage, ci95, null, null, null, null, judgeable, null, null, null, 0)
                .against(kpi.target());
    }
}
