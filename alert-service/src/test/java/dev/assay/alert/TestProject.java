package dev.assay.alert;

import static io.restassured.RestAssured.given;

import com.google.protobuf.ByteString;
import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.common.v1.Revision;
import dev.assay.contracts.control.v1.ProjectKeys;
import dev.assay.contracts.control.v1.ProjectSection;
import dev.assay.contracts.kpi.v1.KpiRecord;
import dev.assay.contracts.kpi.v1.KpiWindow;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.contracts.kpi.v1.ProjectClock;
import dev.assay.contracts.kpi.v1.Tick;
import dev.assay.localstack.TestStack;
import dev.assay.platform.tenancy.ApiKey;
import dev.assay.platform.window.Minutes;
import dev.assay.platform.window.SeriesId;
import dev.assay.platform.window.WindowState;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A project of its own for one test: its key, and one source that sends its windows and ticks. */
final class TestProject implements AutoCloseable {
    final String tenant = "t-" + UUID.randomUUID().toString().substring(0, 8);

    private final String source = "ingest/test-" + tenant + "/0";
    private final ApiKey key = ApiKey.random();
    private final ApiKey readKey = ApiKey.random();
    private final List<Measure> measures;
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", TestStack.shared().bootstrap(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    private long revision;

    TestProject(boolean generated, Measure... measures) {
        this.measures = List.of(measures);
        String pepper = TestStack.environment("alert").get("ASSAY_KEY_PEPPER");
        ProjectSection section = ProjectSection.newBuilder()
                .setTenant(tenant)
                .setKeys(ProjectKeys.newBuilder()
                        .setName(tenant)
                        .setCurrency("USD")
                        .setGenerated(generated)
                        .addKeys(key(key, pepper, "read", "admin"))
                        .addKeys(key(readKey, pepper, "read")))
                .build();
        producer.send(new ProducerRecord<>(Topics.PROJECTS, bytes(tenant + "/keys"), section.toByteArray()));
        producer.flush();
    }

    static long nowMinute() {
        return Minutes.of(Instant.now());
    }

    RequestSpecification asAdmin() {
        return given().header("Authorization", "Bearer " + key.text()).contentType("application/json");
    }

    /** A body of YAML. */
    static RequestSpecification yaml(RequestSpecification request, String text) {
        return request.config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs("application/yaml", ContentType.TEXT)))
                .contentType("application/yaml")
                .body(text);
    }

    RequestSpecification asReader() {
        return given().header("Authorization", "Bearer " + readKey.text()).contentType("application/json");
    }

    /** Sends what the minutes of one app are now. */
    void windows(String app, long from, long to, Consumer<WindowState> fill) {
        revision++;
        for (long minute = from; minute < to; minute++) {
            window(app, minute, revision, fill);
        }
        producer.flush();
    }

    void window(String app, long minute, long position, Consumer<WindowState> fill) {
        WindowState state = new WindowState();
        fill.accept(state);
        Dimensions dimensions =
                Dimensions.newBuilder().setApp(app).setModel("m").build();
        long series = SeriesId.of(tenant, dimensions);
        KpiWindow window = KpiWindow.newBuilder()
                .setTenant(tenant)
                .setSource(source)
                .setSeriesId(series)
                .setDimensions(dimensions)
                .setWindowStartUs(Minutes.startMicros(minute))
                .setRevision(Revision.newBuilder().setGeneration(0).setPosition(position))
                .setState(state.toProto())
                .build();
        producer.send(new ProducerRecord<>(
                Topics.WINDOWS,
                bytes(tenant + "/" + Long.toHexString(series)),
                KpiRecord.newBuilder().setWindow(window).build().toByteArray()));
    }

    void calls(String app, long from, long to, long calls, long errors) {
        windows(app, from, to, state -> state.add(Measure.MEASURE_CALLS, calls, calls - errors));
    }

    /** Tells every partition that the project's event time has reached a minute. */
    void tick(long minute) {
        Tick tick = Tick.newBuilder()
                .setSource(source)
                .setClockUs(Minutes.startMicros(nowMinute() + 1_440)) // holds up no other test's project
                .addAllMeasures(measures)
                .addProjects(ProjectClock.newBuilder().setTenant(tenant).setClockUs(Minutes.startMicros(minute)))
                .build();
        byte[] value = KpiRecord.newBuilder().setTick(tick).build().toByteArray();
        for (int partition = 0; partition < Topics.LOCAL_PARTITIONS; partition++) {
            producer.send(new ProducerRecord<>(Topics.WINDOWS, partition, bytes("tick/" + source), value));
        }
        producer.flush();
    }

    /** Sends bytes as they are. */
    void raw(byte[] value) {
        producer.send(new ProducerRecord<>(Topics.WINDOWS, 0, bytes("raw"), value));
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }

    private static dev.assay.contracts.control.v1.ApiKey key(ApiKey key, String pepper, String... scopes) {
        return dev.assay.contracts.control.v1.ApiKey.newBuilder()
                .setKeyId(key.id())
                .setName(key.id())
                .setSecretHmac(ByteString.copyFrom(key.hmac(pepper)))
                .addAllScopes(List.of(scopes))
                .build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
