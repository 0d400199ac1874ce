package dev.assay.cost.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.platform.web.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A reservation as it is asked for: an amount, or a model and how many tokens it may take and give.
 *
 * @param amount without it the model's price for {@code maxInputTokens} and {@code maxOutputTokens}, which are by default the
 *     catalogue's limits
 * @param expiresInMs up to a day, by default 10 minutes
 */
@RegisterForReflection
record ReservationRequest(
        @Nullable String amount,
        @Nullable String currency,
        @Nullable String model,
        @Nullable String provider,
        @JsonProperty("max_input_tokens") @Nullable Long maxInputTokens,
        @JsonProperty("max_output_tokens") @Nullable Long maxOutputTokens,
        @JsonProperty("expires_in_ms") @Nullable Long expiresInMs) {
    private static final long USUAL_MS = Duration.ofMinutes(10).toMillis();
    private static final long LEAST_MS = 1;
    private static final long MOST_MS = Duration.ofDays(1).toMillis();
    private static final long MOST_TOKENS = 1_000_000_000;

    /** How the end of a reservation is asked for; {@code eventId} names the call, whose ledger amount then replaces this. */
    @RegisterForReflection
    record Settlement(
            @Nullable String amount,
            @Nullable String currency,
            @JsonProperty("event_id") @Nullable String eventId) {}

    @Nullable
    BigDecimal checkedAmount() {
        return amount == null ? null : RequestField.someMoney("amount", amount);
    }

    Duration expiresIn() {
        long ms = expiresInMs == null ? USUAL_MS : expiresInMs;
        if (ms < LEAST_MS || ms > MOST_MS) {
            throw Problem.unprocessable(
                    "expires_in_ms", "must be " + LEAST_MS + " to " + MOST_MS + " milliseconds, got: " + ms);
        }
        return Duration.ofMillis(ms);
    }

    @Nullable
    Long checkedInput() {
        return tokens("max_input_tokens", maxInputTokens);
    }

    @Nullable
    Long checkedOutput() {
        return tokens("max_output_tokens", maxOutputTokens);
    }

    private static @Nullable Long tokens(String field, @Nullable Long value) {
        if (value != null && (value < 0 || value > MOST_TOKENS)) {
            throw Problem.unprocessable(field, "must be 0 to " + MOST_TOKENS + ", got: " + value);
        }
        return value;
    }
}
