package dev.assay.ingest.otlp;

import dev.assay.ingest.domain.call.AcceptedTimes;
import dev.assay.ingest.domain.mapping.TelemetryResource;
import dev.assay.ingest.domain.mapping.TelemetryScope;
import dev.assay.ingest.domain.metrics.KnownMetric;
import dev.assay.ingest.domain.metrics.MetricPoint;
import dev.assay.ingest.domain.metrics.MetricStream;
import dev.assay.ingest.domain.metrics.TelemetryMetric;
import java.util.ArrayList;
import java.util.List;

/** The metrics of one request on their way in: the GenAI ones, point by point. For one thread. */
final class MetricIntake {
    private final AcceptedTimes times;
    private final List<MetricPoint> accepted = new ArrayList<>();
    private int rejected;
    private String reason = "";

    MetricIntake(AcceptedTimes times) {
        this.times = times;
    }

    void take(TelemetryResource resource, TelemetryScope scope, List<TelemetryMetric> metrics) {
        for (TelemetryMetric metric : metrics) {
            KnownMetric known = KnownMetric.find(metric.name());
            if (known == null) {
                continue;
            }
            if (metric.temporality() != TelemetryMetric.DELTA && metric.temporality() != TelemetryMetric.CUMULATIVE) {
                reject(metric.points().size(), known.label() + " aggregation_temporality must be delta or cumulative");
                continue;
            }
            for (TelemetryMetric.Point point : metric.points()) {
                take(resource, scope, known, metric.temporality(), point);
            }
        }
    }

    private void take(
            TelemetryResource resource,
            TelemetryScope scope,
            KnownMetric metric,
            int temporality,
            TelemetryMetric.Point point) {
        String fault = times.fault(point.timeNanos() / 1000);
        if (fault != null) {
            reject(1, metric.label() + " time_unix_nano " + fault);
            return;
        }
        MetricStream stream = MetricStream.of(resource, scope.name(), metric, temporality, point.attributes());
        MetricPoint kept = MetricPoint.of(stream, temporality, point);
        if (kept == null) {
            reject(1, metric.label() + " has no finite value of at least zero");
        } else {
            accepted.add(kept);
        }
    }

    private void reject(int points, String why) {
        rejected += points;
        reason = reason.isEmpty() ? why : reason;
    }

    List<MetricPoint> accepted() {
        return accepted;
    }

    /** What became of them; {@code refused} had no room in the project's streams. */
    OtlpExport.Result result(int refused) {
        int all = rejected + refused;
        if (all == 0) {
            return new OtlpExport.Result(0, "");
        }
        String why = reason.isEmpty() ? "the project has as many metric streams as it may have" : reason;
        return new OtlpExport.Result(all, why + "; " + all + " data points rejected");
    }
}
