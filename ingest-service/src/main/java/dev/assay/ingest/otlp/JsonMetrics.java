package dev.assay.ingest.otlp;

import dev.assay.ingest.domain.mapping.Attributes;
import dev.assay.ingest.domain.mapping.TelemetryResource;
import dev.assay.ingest.domain.mapping.TelemetryScope;
import dev.assay.ingest.domain.metrics.TelemetryMetric;
import dev.assay.ingest.domain.metrics.TelemetryMetric.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Decodes {@code ExportMetricsServiceRequest} from OTLP's JSON, as {@link ProtobufMetrics} does from Protobuf. */
public final class JsonMetrics {
    private final JsonReading json;
    private final List<ScopedMetrics> found = new ArrayList<>();
    private int count;

    private JsonMetrics(JsonReading json) {
        this.json = json;
    }

    /**
     * The metrics of a request.
     *
     * @throws TooManyRecords if there are too many data points
     * @throws IOException if the text is no such message
     */
    public static List<ScopedMetrics> decode(byte[] body, int from, int length) throws IOException {
        JsonMetrics metrics = new JsonMetrics(new JsonReading(body, from, length));
        metrics.json.document(name -> {
            if (name.equals("resourceMetrics")) {
                metrics.json.array(metrics::resourceMetrics);
            } else {
                metrics.json.skip();
            }
        });
        return metrics.found;
    }

    private void resourceMetrics() throws IOException {
        Attributes attributes = new Attributes();
        TelemetryResource resource = new TelemetryResource(attributes);
        json.object(name -> {
            switch (name) {
                case "resource" -> json.resource(attributes);
                case "scopeMetrics" -> json.array(() -> scopeMetrics(resource));
                default -> json.skip();
            }
        });
    }

    private void scopeMetrics(TelemetryResource resource) throws IOException {
        TelemetryScope[] scope = {TelemetryScope.UNNAMED};
        List<TelemetryMetric> metrics = new ArrayList<>();
        json.object(name -> {
            switch (name) {
                case "scope" -> scope[0] = json.scope();
                case "metrics" -> json.array(() -> metrics.add(metric()));
                default -> json.skip();
            }
        });
        if (!metrics.isEmpty()) {
            found.add(new ScopedMetrics(resource, scope[0], metrics));
        }
    }

    private TelemetryMetric metric() throws IOException {
        String[] metricName = {""};
        int[] temporality = {0};
        List<Point> points = new ArrayList<>();
        json.object(name -> {
            switch (name) {
                case "name" -> metricName[0] = json.text();
                case "sum", "histogram", "exponentialHistogram" -> temporality[0] = data(points);
                default -> json.skip();
            }
        });
        return new TelemetryMetric(metricName[0], temporality[0], points);
    }

    private int data(List<Point> points) throws IOException {
        int[] temporality = {0};
        json.object(name -> {
            switch (name) {
                case "dataPoints" -> json.array(() -> point(points));
                case "aggregationTemporality" -> temporality[0] = temporality();
                default -> json.skip();
            }
        });
        return temporality[0];
    }

    /** A number by the specification; some senders write the name. */
    private int temporality() throws IOException {
        String text = json.text();
        return switch (text) {
            case "1", "AGGREGATION_TEMPORALITY_DELTA" -> TelemetryMetric.DELTA;
            case "2", "AGGREGATION_TEMPORALITY_CUMULATIVE" -> TelemetryMetric.CUMULATIVE;
            default -> 0;
        };
    }

    private void point(List<Point> points) throws IOException {
        if (++count > TooManyRecords.LIMIT) {
            throw new TooManyRecords();
        }
        PointDraft point = new PointDraft();
        json.object(name -> {
            switch (name) {
                case "startTimeUnixNano" -> point.start = json.number();
                case "timeUnixNano" -> point.time = json.number();
                case "count" -> point.count = json.number();
                case "sum", "asDouble", "asInt" -> point.sum = json.doubleValue();
                case "bucketCounts" -> json.array(() -> point.buckets.add(json.number()));
                case "explicitBounds" -> json.array(() -> point.bounds.add(json.doubleValue()));
                case "flags" -> point.flags = json.number();
                case "attributes" -> json.attributes(point.attributes);
                default -> json.skip();
            }
        });
        point.addTo(points);
    }
}
