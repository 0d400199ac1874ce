package dev.assay.quality.app;

import dev.assay.platform.kpi.Area;
import dev.assay.platform.kpi.Kpi;
import dev.assay.platform.kpi.KpiAnswer;
import dev.assay.platform.kpi.KpiAnswerBuilder;
import dev.assay.platform.kpi.KpiCatalogue;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.KpiValue;
import dev.assay.platform.rollup.RollupReader;
import dev.assay.platform.rollup.RollupReader.Detail;
import dev.assay.quality.domain.tradeoff.ParetoFront;
import dev.assay.quality.domain.tradeoff.ParetoFront.Alternative;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two KPIs of which more of one tends to cost the other, group by group. */
@ApplicationScoped
public class TradeOffs {
    private final RollupReader rollups;
    private final DetectorErrors errors;
    private final JudgedKpis judged;

    TradeOffs(RollupReader rollups, DetectorErrors errors, JudgedKpis judged) {
        this.rollups = rollups;
        this.errors = errors;
        this.judged = judged;
    }

    /** The trade-offs that this service has both sides of. */
    public enum TradeOff {
        /** Benign prompts refused, against harmful prompts refused. */
        SAFETY_HELPFULNESS(Area.SAFETY, "over_refusal_rate", "harmful_refusal_rate"),
        /** Words of a response, against how complete it is. */
        CONCISENESS_COMPLETENESS(Area.QUALITY, "conciseness_words_p50", "completeness_ratio");

        private final Area area;
        private final String cost;
        private final String gain;

        TradeOff(Area area, String cost, String gain) {
            this.area = area;
            this.cost = cost;
            this.gain = gain;
        }

        /** The name in paths, as {@code safety-helpfulness}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The KPI of which less is better. */
        public String cost() {
            return cost;
        }

        /** The KPI of which more is better. */
        public String gain() {
            return gain;
        }

        public static Optional<TradeOff> find(String wireName) {
            return Arrays.stream(values())
                    .filter(it -> it.wireName().equals(wireName))
                    .findFirst();
        }
    }

    /**
     * One group.
     *
     * @param cost null where nothing measures it
     * @param gain null where nothing measures it
     * @param onFront whether no other group is as good in both and better in one; null where one of them is not known or
     *     cannot be judged: such a group takes no part
     */
    public record Point(
            Map<String, @Nullable String> by,
            @Nullable KpiValue cost,
            @Nullable KpiValue gain,
            @Nullable Boolean onFront) {}

    /** The points of a query's groups. */
    public Uni<List<Point>> read(TradeOff which, String tenant, KpiQuery query) {
        List<Kpi> kpis = KpiCatalogue.of(which.area).stream()
                .filter(kpi -> Set.of(which.cost(), which.gain()).contains(kpi.name()))
                .toList();
        return rollups.read(tenant, query, Detail.SUMS).chain(windows -> {
            KpiAnswerBuilder builder = new KpiAnswerBuilder(query, kpis);
            return which.area == Area.SAFETY
                    ? Uni.createFrom()
                            .item(points(
                                    which, builder.evaluators(errors.byKpi()).build(windows)))
                    : judged.read(tenant, query, windows)
                            .map(figures -> points(
                                    which, builder.supplement(figures.figures()).build(windows)));
        });
    }

    private static List<Point> points(TradeOff which, KpiAnswer answer) {
        List<Integer> known = new ArrayList<>();
        List<Alternative> alternatives = new ArrayList<>();
        for (int i = 0; i < answer.groups().size(); i++) {
            Map<String, KpiValue> kpis = answer.groups().get(i).kpis();
            Number cost = usable(kpis.get(which.cost()));
            Number gain = usable(kpis.get(which.gain()));
            if (cost != null && gain != null) {
                known.add(i);
                alternatives.add(new Alternative(cost.doubleValue(), gain.doubleValue()));
            }
        }
        Set<Integer> front = ParetoFront.of(alternatives);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < answer.groups().size(); i++) {
            KpiAnswer.Group group = answer.groups().get(i);
            int place = known.indexOf(i);
            points.add(new Point(
                    group.by(),
                    group.kpis().get(which.cost()),
                    group.kpis().get(which.gain()),
                    place < 0 ? null : Boolean.valueOf(front.contains(place))));
        }
        return points;
    }

    private static @Nullable Number usable(@Nullable KpiValue it) {
        return it == null || Boolean.FALSE.equals(it.judgeable()) ? null : it.value();
    }
}
