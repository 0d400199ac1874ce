package dev.assay.quality.app;

import dev.assay.platform.kpi.Kpi;
import dev.assay.platform.kpi.KpiAnswerBuilder.Supplement;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.KpiValue;
import dev.assay.platform.window.TimeRange;
import dev.assay.platform.window.WindowState;
import dev.assay.quality.app.Journeys.Found;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The KPIs of users that windows do not tell: those of several calls, distinct users, and, by model, prompt version, variant,
 * provider or endpoint, what people say of the calls that have these.
 */
@ApplicationScoped
public class UserKpis {
    private static final Set<String> OF_FEEDBACK = Set.of(
            "csat_mean",
            "csat_satisfied_ratio",
            "nps",
            "task_success_rate",
            "time_to_completion_p50_ms",
            "time_to_completion_p90_ms");

    private final ActiveUsers activeUsers;
    private final JourneyKpis journeyKpis;
    private final CallsOfFeedback calls;

    UserKpis(ActiveUsers activeUsers, JourneyKpis journeyKpis, CallsOfFeedback calls) {
        this.activeUsers = activeUsers;
        this.journeyKpis = journeyKpis;
        this.calls = calls;
    }

    /** Their figures for a query. */
    public Uni<Supplement> read(String tenant, KpiQuery query) {
        return activeUsers
                .count(tenant, query)
                .chain(users -> journeyKpis
                        .read(tenant, query)
                        .chain(journeys -> ofFeedback(tenant, query).map(feedback -> (kpi, by, range) -> {
                            if (kpi.name().equals("active_users")) {
                                long count = users.of(by, range);
                                return Optional.of(kpi.of(count == 0 ? null : count, count));
                            }
                            Optional<KpiValue> said = feedback.figure(kpi, by, range);
                            return said.isPresent() ? said : journeys.figure(kpi, by, range);
                        })));
    }

    private Uni<Supplement> ofFeedback(String tenant, KpiQuery query) {
        if (!CallsOfFeedback.isNeededBy(query)) {
            Supplement windowsTell = (kpi, by, range) -> Optional.empty();
            return Uni.createFrom().item(windowsTell);
        }
        return calls.read(tenant, query).map(found -> (kpi, by, range) -> figure(found, kpi, by, range));
    }

    private static Optional<KpiValue> figure(
            Found<WindowState> found, Kpi kpi, Map<String, String> by, TimeRange range) {
        if (!OF_FEEDBACK.contains(kpi.name())) {
            return Optional.empty();
        }
        WindowState window = found.of(by, range);
        return Optional.of(kpi.compute(window == null ? new WindowState() : window, range));
    }
}
