package dev.assay.quality.app;

import dev.assay.platform.kpi.Kpi;
import dev.assay.platform.kpi.KpiAnswerBuilder;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.KpiValue;
import dev.assay.platform.stats.StudentT;
import dev.assay.platform.stats.Wilson;
import dev.assay.quality.app.Journeys.Retained;
import dev.assay.quality.app.Journeys.Sessions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The KPIs of what users do over several calls: re-query rate, session length, retention. */
@ApplicationScoped
public class JourneyKpis {
    private final Journeys journeys;

    JourneyKpis(Journeys journeys) {
        this.journeys = journeys;
    }

    /** Their figures for a query. */
    public Uni<KpiAnswerBuilder.Supplement> read(String tenant, KpiQuery query) {
        return journeys.sessions(tenant, query)
                .chain(sessions -> journeys.retained(tenant, query)
                        .map(retained -> (kpi, by, range) -> switch (kpi.name()) {
                            case "requery_rate" -> Optional.of(requeries(kpi, sessions.of(by, range)));
                            case "session_length_mean" -> Optional.of(length(kpi, sessions.of(by, range)));
                            case "retention_week1_ratio" -> Optional.of(retention(kpi, retained.of(by, range)));
                            default -> Optional.<KpiValue>empty();
                        }));
    }

    private static KpiValue requeries(Kpi kpi, @Nullable Sessions it) {
        if (it == null || it.queries() == 0) {
            return kpi.of(null, 0);
        }
        Double value = it.told() == 0 ? null : Double.valueOf((double) it.rephrased() / it.told());
        return kpi.of(value, it.told())
                .with(
                        (double) it.told() / it.queries(),
                        Wilson.interval(it.rephrased(), it.told()).orElse(null));
    }

    private static KpiValue length(Kpi kpi, @Nullable Sessions it) {
        if (it == null || it.sessions() == 0) {
            return kpi.of(null, 0);
        }
        long n = it.sessions();
        double mean = (double) it.queries() / n;
        double variance = n < 2 ? 0 : Math.max(0, (it.squares() - n * mean * mean) / (n - 1));
        return kpi.of(mean, n)
                .with(null, StudentT.meanInterval(n, mean, variance).orElse(null));
    }

    private static KpiValue retention(Kpi kpi, @Nullable Retained it) {
        if (it == null || it.users() == 0) {
            return kpi.of(null, 0);
        }
        return kpi.of((double) it.back() / it.users(), it.users())
                .with(null, Wilson.interval(it.back(), it.users()).orElse(null));
    }
}
