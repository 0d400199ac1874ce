package dev.assay.ingest.otlp;

import dev.assay.ingest.domain.mapping.Attributes;
import dev.assay.ingest.domain.mapping.TelemetryResource;
import dev.assay.ingest.domain.mapping.TelemetryScope;
import dev.assay.ingest.domain.metrics.TelemetryMetric;
import dev.assay.ingest.domain.metrics.TelemetryMetric.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes {@code ExportMetricsServiceRequest} from Protobuf. Unknown fields are skipped, and so are gauges and summaries: no
 * GenAI metric is one.
 */
public final class ProtobufMetrics {
    private final ProtobufValues values;
    private final List<ScopedMetrics> found = new ArrayList<>();
    private int count;

    private ProtobufMetrics(ProtobufValues values) {
        this.values = values;
    }

    /**
     * The metrics of a request.
     *
     * @throws TooManyRecords if there are too many data points
     * @throws IOException if the bytes are no such message
     */
    public static List<ScopedMetrics> decode(byte[] body, int from, int length) throws IOException {
        ProtobufMetrics metrics = new ProtobufMetrics(new ProtobufValues(body, from, length));
        metrics.request();
        return metrics.found;
    }

    private void request() throws IOException {
        for (int tag = values.in.readTag(); tag != 0; tag = values.in.readTag()) {
            if (tag == 10) {
                resourceMetrics();
            } else {
                values.skip(tag);
            }
        }
    }

    private void resourceMetrics() throws IOException {
        int limit = values.enter();
        Attributes attributes = new Attributes();
        TelemetryResource resource = new TelemetryResource(attributes);
        for (int tag = values.in.readTag(); tag != 0; tag = values.in.readTag()) {
            switch (tag) {
                case 10 -> ProtobufScopes.resource(values, attributes);
                case 18 -> scopeMetrics(resource);
                default -> values.skip(tag);
            }
        }
        values.leave(limit);
    }

    private void scopeMetrics(TelemetryResource resource) throws IOException {
        int limit = values.enter();
        TelemetryScope scope = TelemetryScope.UNNAMED;
        List<TelemetryMetric> metrics = new ArrayList<>();
        for (int tag = values.in.readTag(); tag != 0; tag = values.in.readTag()) {
            switch (tag) {
                case 10 -> scope = ProtobufScopes.scope(values);
                case 18 -> metrics.add(metric());
                default -> values.skip(tag);
            }
        }
        values.leave(limit);
        if (!metrics.isEmpty()) {
            found.add(new ScopedMetrics(resource, scope, metrics));
        }
    }

    private TelemetryMetric metric() throws IOException {
        int limit = values.enter();
        String name = "";
        int temporality = 0;
        List<Point> points = new ArrayList<>();
        for (int tag = values.in.readTag(); tag != 0; tag = values.in.readTag()) {
            switch (tag) {
                case 10 -> name = values.text();
                case 58 -> temporality = data(points, this::number);
                case 74 -> temporality = data(points, this::histogram);
                case 82 -> temporality = data(points, this::exponentialHistogram);
                default -> values.skip(tag);
            }
        }
        values.leave(limit);
        return new TelemetryMetric(name, temporality, points);
    }

    /** Reads one field of a data point. */
    private interface Field {
        void read(int tag, PointDraft point) throws IOException;
    }

    /** The points of a sum or a histogram go into the list; gives its temporality. */
    private int data(List<Point> points, Field fields) throws IOException {
        int limit = values.enter();
        int temporality = 0;
        for (int tag = values.in.readTag(); tag != 0; tag = values.in.readTag()) {
            switch (tag) {
                case 10 -> point(points, fields);
                case 16 -> temporality = values.in.readEnum();
                default -> values.skip(tag);
            }
        }
        values.leave(limit);
        return temporality;
    }

    private void point(List<Point> points, Field fields) throws IOException {
        if (++count > TooManyRecords.LIMIT) {
            throw new TooManyRecords();
        }
        int limit = values.enter();
        PointDraft point = new PointDraft();
        for (int tag = values.in.readTag(); tag != 0; tag = values.in.readTag()) {
            switch (tag) {
                case 17 -> point.start = values.in.readFixed64();
                case 25 -> point.time = values.in.readFixed64();
                default -> fields.read(tag, point);
            }
        }
        values.leave(limit);
        point.addTo(points);
    }

    private void number(int tag, PointDraft point) throws IOException {
        switch (tag) {
            case 33 -> point.sum = values.in.readDouble();
            case 49 -> point.sum = (double) values.in.readSFixed64();
            case 58 -> values.attribute(point.attributes);
            case 64 -> point.flags = values.in.readUInt32();
            default -> values.skip(tag);
        }
    }

    private void histogram(int tag, PointDraft point) throws IOException {
        switch (tag) {
            case 33 -> point.count = values.in.readFixed64();
            case 41 -> point.sum = values.in.readDouble();
            case 49 -> point.buckets.add(values.in.readFixed64());
            case 50 -> packed(() -> point.buckets.add(values.in.readFixed64()));
            case 57 -> point.bounds.add(values.in.readDouble());
            case 58 -> packed(() -> point.bounds.add(values.in.readDouble()));
            case 74 -> values.attribute(point.attributes);
            case 80 -> point.flags = values.in.readUInt32();
            default -> values.skip(tag);
        }
    }

    /** Its buckets are not kept: count and sum are. */
    private void exponentialHistogram(int tag, PointDraft point) throws IOException {
        switch (tag) {
            case 10 -> values.attribute(point.attributes);
            case 33 -> point.count = values.in.readFixed64();
            case 41 -> point.sum = values.in.readDouble();
            case 80 -> point.flags = values.in.readUInt32();
            default -> values.skip(tag);
        }
    }

    /** Reads one element. */
    private interface Element {
        void read() throws IOException;
    }

    private void packed(Element element) throws IOException {
        int limit = values.enter();
        while (!values.in.isAtEnd()) {
            element.read();
        }
        values.leave(limit);
    }
}
