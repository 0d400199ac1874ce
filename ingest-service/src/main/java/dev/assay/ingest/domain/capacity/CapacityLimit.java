package dev.assay.ingest.domain.capacity;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.control.v1.AppCapacity;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What calls of some kind may use. An empty dimension stands for any value of it: a limit of an app holds for all its
 * models together, one of an app and a model for those calls alone.
 *
 * @param maxRps calls started per second, sustained over a minute; null if that is not limited
 * @param maxConcurrent calls open at a time; null if that is not limited
 */
public record CapacityLimit(
        String app,
        String model,
        String environment,
        String endpoint,
        String provider,
        @Nullable Double maxRps,
        @Nullable Long maxConcurrent) {

    public CapacityLimit {
        if (maxRps == null && maxConcurrent == null) {
            throw new IllegalArgumentException("a limit must have max_rps or max_concurrent");
        }
        if (maxRps != null && !(maxRps > 0)) {
            throw new IllegalArgumentException("max_rps must be > 0, got: " + maxRps);
        }
        if (maxConcurrent != null && maxConcurrent < 1) {
            throw new IllegalArgumentException("max_concurrent must be >= 1, got: " + maxConcurrent);
        }
    }

    /** The limit of a message; null if it limits nothing, as one of a newer version may. */
    public static @Nullable CapacityLimit of(AppCapacity message) {
        boolean rps = message.hasMaxRps() && message.getMaxRps() > 0;
        boolean concurrent = message.hasMaxConcurrent() && message.getMaxConcurrent() > 0;
        if (!rps && !concurrent) {
            return null;
        }
        return new CapacityLimit(
                message.getApp(),
                message.getModel(),
                message.getEnvironment(),
                message.getEndpoint(),
                message.getProvider(),
                rps ? message.getMaxRps() : null,
                concurrent ? message.getMaxConcurrent() : null);
    }

    /** The same as a message. */
    public AppCapacity toProto() {
        AppCapacity.Builder message = AppCapacity.newBuilder()
                .setApp(app)
                .setModel(model)
                .setEnvironment(environment)
                .setEndpoint(endpoint)
                .setProvider(provider);
        if (maxRps != null) {
            message.setMaxRps(maxRps);
        }
        if (maxConcurrent != null) {
            message.setMaxConcurrent(maxConcurrent);
        }
        return message.build();
    }

    /** The dimensions that it names, under their names in queries; empty for a limit of the whole project. */
    public Map<String, String> named() {
        Map<String, String> named = new LinkedHashMap<>();
        put(named, "environment", environment);
        put(named, "app", app);
        put(named, "endpoint", endpoint);
        put(named, "provider", provider);
        put(named, "model", model);
        return named;
    }

    private static void put(Map<String, String> named, String name, String value) {
        if (!value.isEmpty()) {
            named.put(name, value);
        }
    }

    /** The series under which its utilization is told. */
    public Dimensions series() {
        return Dimensions.newBuilder()
                .setEnvironment(environment)
                .setApp(app)
                .setEndpoint(endpoint)
                .setProvider(provider)
                .setModel(model)
                .build();
    }
}
