package dev.assay.alert.api;

import dev.assay.alert.app.AlertReads;
import dev.assay.alert.app.ReportAlerts;
import dev.assay.alert.domain.evaluation.Clocks;
import dev.assay.alert.domain.evaluation.Phase;
import dev.assay.alert.domain.watch.SelfAlert;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.RequiresScope;
import dev.assay.platform.window.Minutes;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How alerting is doing for a project: its clocks, its alerts by state, its deliveries. */
@Path("/v1/status")
@RequiresScope(Scope.READ)
public class StatusResource {
    private final AlertReads reads;
    private final ReportAlerts alerts;
    private final CurrentCaller caller;

    /**
     * The answer.
     *
     * @param clocks how far each service's windows have come, in event time
     * @param silentSources sources that were not heard for three minutes and hold nothing up any more
     * @param selfAlerts what is wrong with alerting itself
     * @param heartbeat the last one of the installation; null if none is configured
     */
    public record StatusView(
            String service,
            Map<String, Long> alerts,
            Map<String, Long> deliveries,
            Map<String, Instant> clocks,
            SortedSet<String> silentSources,
            @Nullable Instant evaluatedTime,
            List<SelfAlertView> selfAlerts,
            @Nullable HeartbeatView heartbeat) {}

    /**
     * Something that is wrong with alerting itself.
     *
     * @param kind {@code pipeline_lag}, {@code missed_evaluations}, {@code delivery_failed} or {@code delivery_late}
     * @param subject the service or receiver, or empty
     * @param state {@code pending} or {@code firing}
     */
    public record SelfAlertView(String kind, String subject, String state, Instant since, String detail) {
        static SelfAlertView of(SelfAlert alert) {
            return new SelfAlertView(
                    alert.finding().kind().wireName(),
                    alert.finding().subject(),
                    alert.firing() ? "firing" : "pending",
                    alert.since(),
                    alert.finding().detail());
        }
    }

    /** A heartbeat; {@code sent} is false if it was withheld or did not arrive, and {@code detail} says why. */
    public record HeartbeatView(Instant time, boolean sent, String detail) {}

    StatusResource(AlertReads reads, ReportAlerts alerts, CurrentCaller caller) {
        this.reads = reads;
        this.alerts = alerts;
        this.caller = caller;
    }

    @GET
    public Uni<StatusView> status() {
        String tenant = caller.tenant();
        return alerts.all(tenant).chain(items -> reads.status(tenant).map(status -> view(tenant, items, status)));
    }

    private static StatusView view(String tenant, List<ReportAlerts.Item> items, AlertReads.Status status) {
        Map<String, Long> byState = new TreeMap<>();
        for (Phase phase : Phase.values()) {
            byState.put(phase.wireName(), 0L);
        }
        items.forEach(item -> byState.merge(item.alert().phase().wireName(), 1L, Long::sum));
        Clocks clocks = new Clocks(status.ticks());
        Map<String, Instant> times = new TreeMap<>();
        clocks.byService(tenant).forEach((service, minute) -> {
            if (minute > 0) {
                times.put(service, Minutes.start(minute));
            }
        });
        AlertReads.Beat beat = status.beat();
        return new StatusView(
                "alert",
                byState,
                status.deliveries(),
                times,
                clocks.silent(),
                status.evaluatedTime(),
                status.selfAlerts().stream().map(SelfAlertView::of).toList(),
                beat == null ? null : new HeartbeatView(beat.time(), beat.sent(), beat.detail()));
    }
}
