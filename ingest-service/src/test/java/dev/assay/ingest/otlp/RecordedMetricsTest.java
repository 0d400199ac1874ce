package dev.assay.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ingest.domain.metrics.KnownMetric;
import dev.assay.ingest.domain.metrics.MetricPoint;
import dev.assay.ingest.domain.metrics.MetricStream;
import dev.assay.ingest.domain.metrics.TelemetryMetric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The metrics that a real client sent, from its bytes and from the same in JSON. */
class RecordedMetricsTest {
    private static final String RECORDING = "otel-contrib-js.metrics.json";

    private static List<MetricPoint> points(List<ScopedMetrics> scopes) {
        List<MetricPoint> points = new ArrayList<>();
        for (ScopedMetrics scoped : scopes) {
            for (TelemetryMetric metric : scoped.metrics()) {
                KnownMetric known = KnownMetric.find(metric.name());
                metric.points()
                        .forEach(point -> points.add(MetricPoint.of(
                                MetricStream.of(
                                        scoped.resource(),
                                        scoped.scope().name(),
                                        known,
                                        metric.temporality(),
                                        point.attributes()),
                                metric.temporality(),
                                point)));
            }
        }
        return points;
    }

    private static List<MetricPoint> ofWire() throws IOException {
        byte[] body = Recording.of(RECORDING).protobuf();
        return points(ProtobufMetrics.decode(body, 0, body.length));
    }

    @Test
    void areTheSameInBothEncodings() throws IOException {
        byte[] json = Recording.of(RECORDING).json();
        assertThat(points(JsonMetrics.decode(json, 0, json.length))).isEqualTo(ofWire());
    }

    @Test
    void tellTokensByTypeAndModel() throws IOException {
        assertThat(ofWire())
                .filteredOn(point -> point.stream().metric() == KnownMetric.CLIENT_TOKEN_USAGE)
                .extracting(point -> point.stream().operation() + " "
                        + point.stream().tokenType() + " " + point.count() + " " + point.sum())
                .containsExactly(
                        "chat input 3 75.0",
                        "chat output 3 36.0",
                        "chat input 2 50.0",
                        "chat output 2 24.0",
                        "embeddings input 1 8.0");
        assertThat(ofWire()).allSatisfy(point -> {
            assertThat(point.delta()).isFalse();
            assertThat(point.buckets()).hasSize(point.bounds().size() + 1);
            assertThat(point.stream().app()).isEqualTo("demo-app");
            assertThat(point.stream().environment()).isEqualTo("staging");
            assertThat(point.stream().provider()).isEqualTo("openai");
        });
    }

    @Test
    void haveAStreamForEachSetOfAttributes() throws IOException {
        List<MetricPoint> points = ofWire();
        assertThat(points.stream().map(point -> point.stream().id()).distinct()).hasSameSizeAs(points);
    }

    @Test
    void failWhereTheyBreakOff() throws IOException {
        byte[] whole = Recording.of(RECORDING).protobuf();
        byte[] part = Arrays.copyOf(whole, whole.length / 2);
        assertThatThrownBy(() -> ProtobufMetrics.decode(part, 0, part.length)).isInstanceOf(IOException.class);
        byte[] json = "{\"resourceMetrics\":[{]}".getBytes();
        assertThatThrownBy(() -> JsonMetrics.decode(json, 0, json.length)).isInstanceOf(IOException.class);
    }
}
