package dev.assay.platform.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the brokers are and how they want to be spoken to, for every Kafka client that is not made by a channel: {@code
 * bootstrap.servers} and all {@code security.*}, {@code sasl.*} and {@code ssl.*} that are set as {@code kafka.*} ({@code
 * KAFKA_SECURITY_PROTOCOL} and so on). Channels take the same from Quarkus.
 */
@ApplicationScoped
public class KafkaSettings {
    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final List<String> CONNECTION = List.of(BOOTSTRAP, "security.", "sasl.", "ssl.");

    private final Map<String, Object> broker;

    KafkaSettings(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.broker = broker;
    }

    /** Where the brokers are expected, {@code host:port} separated by commas. */
    public String bootstrapServers() {
        return String.valueOf(broker.get(BOOTSTRAP));
    }

    /** The settings of a client: those of the connection, and its own. */
    public Map<String, Object> of(Map<String, ?> own) {
        Map<String, Object> all = new HashMap<>();
        broker.forEach((name, value) -> {
            // an empty value means that it is not set
            if (CONNECTION.stream().anyMatch(name::startsWith)
                    && !value.toString().isEmpty()) {
                all.put(name, value);
            }
        });
        all.putAll(own);
        return all;
    }
}
