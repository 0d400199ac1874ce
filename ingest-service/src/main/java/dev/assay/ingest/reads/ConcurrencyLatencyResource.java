package dev.assay.ingest.reads;

import dev.assay.ingest.reads.ConcurrencyLevels.Level;
import dev.assay.platform.kpi.Kpi;
import dev.assay.platform.kpi.KpiCatalogue;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.KpiQuery.InvalidParameter;
import dev.assay.platform.kpi.KpiValue;
import dev.assay.platform.kpi.Step;
import dev.assay.platform.rollup.RollupReader;
import dev.assay.platform.rollup.RollupReader.Detail;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.RequiresScope;
import dev.assay.platform.window.TimeRange;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What more calls at a time cost in latency: an input of capacity plans and of the trade-off with throughput. */
@Path("/v1/kpis/operations/latency-by-concurrency")
@RequiresScope(Scope.READ)
public class ConcurrencyLatencyResource {
    private static final List<Kpi> KPIS = List.of(
            KpiCatalogue.get("calls"),
            KpiCatalogue.get("error_rate"),
            KpiCatalogue.get("latency_p50_ms"),
            KpiCatalogue.get("latency_p95_ms"),
            KpiCatalogue.get("ttft_p50_ms"),
            KpiCatalogue.get("throughput_rps"));

    private final CurrentCaller caller;
    private final RollupReader rollups;

    ConcurrencyLatencyResource(CurrentCaller caller, RollupReader rollups) {
        this.caller = caller;
        this.rollups = rollups;
    }

    /**
     * The minutes with so many calls open at once.
     *
     * @param leastConcurrency the fewest calls open at the peak of these minutes
     * @param mostConcurrency the most
     * @param kpis of these minutes together
     */
    public record Item(long leastConcurrency, long mostConcurrency, int minutes, Map<String, KpiValue> kpis) {}

    /** The levels that have minutes, the lowest first. */
    public record Body(Instant from, Instant to, List<Item> items) {}

    @GET
    @Operation(
            summary = "Latency, errors and throughput of minutes by their peak concurrency, in levels that double",
            description = "Takes from, to (at most 7 days), and a filter per dimension.")
    public Uni<Body> levels(@Context UriInfo uri) {
        for (String unused : Set.of("step", "group_by", "tz")) {
            if (uri.getQueryParameters().containsKey(unused)) {
                throw new InvalidParameter(unused, "is not a parameter of latency by concurrency");
            }
        }
        KpiQuery asked = KpiQuery.parse(uri.getQueryParameters(), Instant.now());
        TimeRange range = asked.range();
        if (range.duration().compareTo(KpiQuery.MAX_MINUTE_RANGE) > 0) {
            throw new InvalidParameter(
                    "from", "must be at most " + KpiQuery.MAX_MINUTE_RANGE.toDays() + " days before to");
        }
        KpiQuery byMinute = new KpiQuery(range, Step.MINUTE, List.of(), asked.filters(), asked.zone(), asked.now());
        return rollups.readRange(caller.tenant(), byMinute, Detail.MINUTES)
                .map(groups -> new Body(
                        range.from(),
                        range.to(),
                        ConcurrencyLevels.of(groups.get(0).steps()).stream()
                                .map(level -> item(level, range))
                                .toList()));
    }

    private static Item item(Level level, TimeRange range) {
        // what is per time is per the time of these minutes
        TimeRange minutes = new TimeRange(range.from(), range.from().plus(Duration.ofMinutes(level.minutes())));
        Map<String, KpiValue> figures = new LinkedHashMap<>();
        KPIS.forEach(kpi -> figures.put(kpi.name(), kpi.compute(level.window(), minutes)));
        return new Item(level.least(), level.most(), level.minutes(), figures);
    }
}
