package dev.assay.ingest.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;

/** What the entrance takes in, and how much of it. */
@ConfigMapping(prefix = "assay.ingest")
public interface IngestConfig {
    /** The most bytes of a request's body, before and after decompression. Up to 64 MiB with a larger heap. */
    @WithDefault("16777216")
    @Min(value = 1024, message = "assay.ingest.max-body-bytes must be at least 1024")
    @Max(value = 67108864, message = "assay.ingest.max-body-bytes must be at most 67108864")
    int maxBodyBytes();

    /** The most events of one REST or gRPC batch. */
    @WithDefault("10000")
    @Min(value = 1, message = "assay.ingest.max-batch-events must be at least 1")
    @Max(value = 100000, message = "assay.ingest.max-batch-events must be at most 100000")
    int maxBatchEvents();

    /** The most bytes of requests that are being worked on at a time; beyond them clients get 429. */
    @WithDefault("67108864")
    @Min(value = 1048576, message = "assay.ingest.max-bytes-in-flight must be at least 1048576")
    long maxBytesInFlight();

    /** The most streams of clients' own metrics that a project may have; points of further ones are rejected. */
    @WithDefault("10000")
    @Min(value = 1, message = "assay.ingest.metric-stream-limit must be at least 1")
    long metricStreamLimit();

    /** How long events are kept; older ones are refused. */
    @WithDefault("90d")
    Duration retention();

    /** A project that exists from the start, and its key with all scopes; made when absent. */
    Bootstrap bootstrap();

    /** The built-in project. */
    interface Bootstrap {
        /** Project id, {@code [a-z0-9-]{1,40}}. Its admin keys may create projects. */
        @WithDefault("default")
        String project();

        /** The key, {@code assay_<id>_<secret>}; without it no key is made. */
        Optional<String> key();
    }
}
