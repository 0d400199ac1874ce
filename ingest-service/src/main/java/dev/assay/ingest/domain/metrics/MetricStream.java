package dev.assay.ingest.domain.metrics;

import dev.assay.ingest.domain.mapping.Attributes;
import dev.assay.ingest.domain.mapping.Coercion;
import dev.assay.ingest.domain.mapping.GenAiAttributes;
import dev.assay.ingest.domain.mapping.Providers;
import dev.assay.ingest.domain.mapping.TelemetryResource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where points belong that continue one another: a metric of one sender with one set of attributes.
 *
 * @param id hash of everything that tells streams apart, the attributes that are not kept among it
 */
public record MetricStream(
        UUID id,
        KnownMetric metric,
        String app,
        String environment,
        String provider,
        String operation,
        String model,
        String tokenType,
        String errorType) {
    private static final int MAX_LABEL_CHARS = 200;

    /** The stream of a point. */
    public static MetricStream of(
            TelemetryResource resource, String scope, KnownMetric metric, int temporality, Attributes attributes) {
        Attributes ofSender = resource.attributes();
        String provider = attributes.firstText(GenAiAttributes.GEN_AI_PROVIDER_NAME, GenAiAttributes.GEN_AI_SYSTEM);
        String app = ofSender.text(GenAiAttributes.SERVICE_NAME);
        return new MetricStream(
                id(ofSender, scope, metric, temporality, attributes),
                metric,
                app == null || app.startsWith("unknown_service") ? "" : label(app),
                label(ofSender.firstText(
                        GenAiAttributes.DEPLOYMENT_ENVIRONMENT_NAME, GenAiAttributes.DEPLOYMENT_ENVIRONMENT)),
                provider == null ? "" : label(Providers.normalize(provider)),
                label(attributes.text(GenAiAttributes.GEN_AI_OPERATION_NAME)),
                label(attributes.firstText(
                        GenAiAttributes.GEN_AI_RESPONSE_MODEL, GenAiAttributes.GEN_AI_REQUEST_MODEL)),
                label(other(attributes, "gen_ai.token.type")),
                label(attributes.text(GenAiAttributes.ERROR_TYPE)));
    }

    private static UUID id(
            Attributes resource, String scope, KnownMetric metric, int temporality, Attributes attributes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, metric.label());
            add(digest, scope);
            add(digest, String.valueOf(temporality));
            addAll(digest, resource);
            addAll(digest, attributes);
            ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
            return new UUID(bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    private static void addAll(MessageDigest digest, Attributes attributes) {
        Map<String, String> sorted = new TreeMap<>();
        for (GenAiAttributes name : GenAiAttributes.values()) {
            Object value = attributes.get(name);
            if (value != null) {
                sorted.put(name.key(), String.valueOf(value));
            }
        }
        attributes.others().forEach(other -> sorted.put(other.key(), String.valueOf(other.value())));
        add(digest, String.valueOf(sorted.size()));
        sorted.forEach((key, value) -> {
            add(digest, key);
            add(digest, value);
        });
    }

    /** With its length before it, so that no two lists of texts look the same. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static @Nullable String other(Attributes attributes, String key) {
        for (Attributes.Other other : attributes.others()) {
            if (other.key().equals(key)) {
                return Coercion.text(other.value());
            }
        }
        return null;
    }

    private static String label(@Nullable String text) {
        return text == null ? "" : text.length() > MAX_LABEL_CHARS ? text.substring(0, MAX_LABEL_CHARS) : text;
    }
}
