package dev.assay.ingest.metrics;

import dev.assay.ingest.domain.metrics.Histogram;
import dev.assay.ingest.domain.metrics.KnownMetric;
import dev.assay.ingest.metrics.MetricReads.Group;
import dev.assay.ingest.metrics.MetricReads.Growth;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/client-metrics}: what clients and servers measured themselves, apart from the calls. */
@Path("/v1/client-metrics")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
public class ClientMetricsResource {
    private static final List<String> LABELS =
            List.of("app", "environment", "provider", "operation", "model", "token_type", "error_type");

    private final CurrentCaller caller;
    private final MetricReads reads;

    ClientMetricsResource(CurrentCaller caller, MetricReads reads) {
        this.caller = caller;
        this.reads = reads;
    }

    /** What grew in a range; a label that the sender did not give is left out. */
    @RegisterForReflection
    public record Body(String from, String to, List<Item> items) {}

    /**
     * One metric of one group.
     *
     * @param count observations; null for a counter
     * @param sum of the observed values in {@code unit}, or what a counter grew by
     * @param p50 from the sender's own buckets; null without any
     */
    @RegisterForReflection
    public record Item(
            String name,
            String unit,
            Map<String, String> by,
            @Nullable Long count,
            @Nullable Double sum,
            @Nullable Double mean,
            @Nullable Double p50,
            @Nullable Double p95) {}

    @GET
    @Operation(
            operationId = "clientMetrics",
            summary = "GenAI metrics sent by OTLP",
            description = "Takes from, to and name. Histograms have count, sum, mean and percentiles; counters a sum.")
    public Uni<Body> metrics(@Context UriInfo uri, @QueryParam("name") @Nullable String name) {
        Map<String, List<String>> range = new HashMap<>(uri.getQueryParameters());
        range.remove("name");
        KpiQuery query = KpiQuery.parse(range, Instant.now());
        if (name != null && KnownMetric.find(name) == null) {
            throw Problem.badRequest(
                    "name",
                    "must be a metric of the GenAI conventions, such as " + KnownMetric.CLIENT_TOKEN_USAGE.label());
        }
        return reads.read(caller.tenant(), query.range(), name).map(growth -> {
            List<Item> items = new ArrayList<>();
            growth.forEach((group, grown) -> items.add(item(group, grown)));
            items.sort(Comparator.comparing(Item::name)
                    .thenComparing(item -> item.by().toString()));
            return new Body(query.range().from().toString(), query.range().to().toString(), items);
        });
    }

    private static Item item(Group group, Growth grown) {
        String name = group.labels().get(0);
        Map<String, String> by = new LinkedHashMap<>();
        for (int i = 0; i < LABELS.size(); i++) {
            String label = group.labels().get(i + 1);
            if (!label.isEmpty()) {
                by.put(LABELS.get(i), label);
            }
        }
        KnownMetric metric = KnownMetric.find(name);
        Long count = grown.count();
        Double sum = grown.sum();
        Histogram histogram = grown.histogram();
        return new Item(
                name,
                metric == null ? "" : metric.unit(),
                by,
                count,
                sum,
                count == null || sum == null || count == 0 ? null : (Double) (sum / count),
                quantile(histogram, 0.5),
                quantile(histogram, 0.95));
    }

    private static @Nullable Double quantile(@Nullable Histogram histogram, double q) {
        OptionalDouble value = histogram == null ? OptionalDouble.empty() : histogram.quantile(q);
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }
}
