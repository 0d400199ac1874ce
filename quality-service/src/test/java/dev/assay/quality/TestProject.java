package dev.assay.quality;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.assay.contracts.Topics;
import dev.assay.contracts.control.v1.ProjectKeys;
import dev.assay.contracts.control.v1.ProjectSection;
import dev.assay.localstack.TestStack;
import dev.assay.platform.tenancy.ApiKey;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A project of its own for one test: its keys, and what ingest would send for it. */
final class TestProject implements AutoCloseable {
    final String tenant = "t-" + UUID.randomUUID().toString().substring(0, 8);

    private final ApiKey reader = ApiKey.random();
    private final ApiKey sender = ApiKey.random();
    private final ApiKey admin = ApiKey.random();
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", TestStack.shared().bootstrap(), "acks", "all", "linger.ms", "5"),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    TestProject() {
        String pepper = TestStack.environment("quality").get("ASSAY_KEY_PEPPER");
        ProjectSection section = ProjectSection.newBuilder()
                .setTenant(tenant)
                .setKeys(ProjectKeys.newBuilder()
                        .setName(tenant)
                        .setCurrency("USD")
                        .addKeys(key(reader, pepper, "read"))
                        .addKeys(key(sender, pepper, "ingest"))
                        .addKeys(key(admin, pepper, "admin")))
                .build();
        producer.send(new ProducerRecord<>(Topics.PROJECTS, bytes(tenant + "/keys"), section.toByteArray()));
        producer.flush();
    }

    RequestSpecification asReader() {
        return given().header("Authorization", "Bearer " + reader.text()).contentType("application/json");
    }

    RequestSpecification asSender() {
        return given().header("Authorization", "Bearer " + sender.text()).contentType("application/json");
    }

    RequestSpecification asAdmin() {
        return given().header("Authorization", "Bearer " + admin.text()).contentType("application/json");
    }

    /** What a reader is answered at a path. */
    JsonPath get(String path) {
        return asReader()
                .urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath(JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE));
    }

    /** Waits until the project's keys are known, which takes a moment. */
    TestProject known() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> asReader().get("/v1/status").then().statusCode(200));
        return this;
    }

    /** Sends one record to a partition; it arrives in the order of calls to this. */
    void send(String topic, int partition, MessageLite message) {
        raw(topic, partition, message.toByteArray());
    }

    void raw(String topic, int partition, byte[] value) {
        producer.send(new ProducerRecord<>(topic, partition, bytes(tenant), value));
    }

    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }

    private static dev.assay.contracts.control.v1.ApiKey key(ApiKey key, String pepper, String scope) {
        return dev.assay.contracts.control.v1.ApiKey.newBuilder()
                .setKeyId(key.id())
                .setName(key.id())
                .setSecretHmac(ByteString.copyFrom(key.hmac(pepper)))
                .addAllScopes(List.of(scope))
                .build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
