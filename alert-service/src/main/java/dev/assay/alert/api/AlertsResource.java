package dev.assay.alert.api;

import dev.assay.alert.app.AlertReads;
import dev.assay.alert.app.PrometheusRules;
import dev.assay.alert.app.ReportAlerts;
import dev.assay.alert.domain.evaluation.Phase;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Alerts as they stand, and incidents with what was done about them. */
@Path("/v1/alerts")
@RequiresScope(Scope.READ)
public class AlertsResource {
    private final ReportAlerts alerts;
    private final AlertReads reads;
    private final CurrentCaller caller;

    AlertsResource(ReportAlerts alerts, AlertReads reads, CurrentCaller caller) {
        this.alerts = alerts;
        this.reads = reads;
        this.caller = caller;
    }

    @GET
    public Uni<Page<AlertView>> list(
            @QueryParam("state") List<String> states,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Set<String> wanted = states.stream()
                .flatMap(state -> Arrays.stream(state.split(",")))
                .map(AlertsResource::known)
                .collect(Collectors.toSet());
        Paging paging = Paging.of(limit, cursor);
        return alerts.all(caller.tenant())
                .map(items -> paging.page(
                        items.stream()
                                .filter(item -> wanted.isEmpty()
                                        || wanted.contains(item.alert().phase().wireName()))
                                .toList(),
                        AlertView::of));
    }

    /** Values and thresholds in Prometheus' text format, for rules that were exported there. */
    @GET
    @Path("metrics")
    @Produces("text/plain; version=0.0.4; charset=utf-8")
    public Uni<String> metrics() {
        String tenant = caller.tenant();
        return alerts.all(tenant).map(items -> PrometheusRules.gauges(tenant, items));
    }

    @GET
    @Path("{incident}")
    public Uni<IncidentView> incident(@PathParam("incident") String incident) {
        return reads.incident(caller.tenant(), incident)
                .map(found -> found.map(IncidentView::of)
                        .orElseThrow(() -> Problem.notFound("no incident " + Paging.shortened(incident))));
    }

    private static String known(String state) {
        List<String> names = Arrays.stream(Phase.values()).map(Phase::wireName).toList();
        if (!names.contains(state)) {
            throw Problem.badRequest(
                    "state", "must be one of " + String.join(", ", names) + ", got: " + Paging.shortened(state));
        }
        return state;
    }
}
