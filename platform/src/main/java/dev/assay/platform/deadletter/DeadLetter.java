package dev.assay.platform.deadletter;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that a sink gave up, without its content, which may be what people wrote.
 *
 * @param project null when the record does not tell
 * @param bytes of the record's value; null when it had none, and nothing can be put back
 */
@RegisterForReflection
public record DeadLetter(
        String topic,
        int partition,
        long offset,
        @Nullable String project,
        String reason,
        @JsonProperty("found_time") Instant foundTime,
        @Nullable Integer bytes,
        boolean replayed) {}
