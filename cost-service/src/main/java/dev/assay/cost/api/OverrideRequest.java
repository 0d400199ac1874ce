package dev.assay.cost.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.cost.domain.pricing.PriceOverride;
import dev.assay.cost.domain.pricing.PriceRow;
import dev.assay.cost.domain.pricing.RateCard;
import dev.assay.cost.domain.pricing.RateNames;
import dev.assay.platform.web.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A project's own price as it is asked for.
 *
 * @param rates decimals as text, by the catalogue's names
 * @param reprice whether calls since {@code effectiveFrom} are to be priced anew: a job, which only looks at first
 */
@RegisterForReflection
record OverrideRequest(
        @Nullable String model,
        @Nullable String provider,
        @JsonProperty("effective_from") @Nullable String effectiveFrom,
        @Nullable String currency,
        @Nullable Map<String, @Nullable String> rates,
        @Nullable Boolean reprice) {
    private static final int MAX_NAME = 200;
    private static final int MAX_RATES = 100;
    private static final int MAX_SCALE = 30;
    private static final BigDecimal MAX_RATE = BigDecimal.valueOf(1_000_000);

    /** The price, checked. */
    PriceOverride toOverride(String tenant, String ofProject) {
        String forModel = required("model", model);
        String fromProvider = provider == null ? "" : required("provider", provider);
        String in = required("currency", currency);
        if (!in.equals(ofProject)) {
            throw Problem.unprocessable("currency", "must be the project's currency, " + ofProject + ", got: " + in);
        }
        PriceRow row = PriceRow.of(forModel, fromProvider, checkedRates());
        return new PriceOverride(
                UUID.randomUUID().toString(), tenant, fromProvider, forModel, instant(), in, RateCard.of(row));
    }

    private Map<String, BigDecimal> checkedRates() {
        if (rates == null || rates.isEmpty() || rates.size() > MAX_RATES) {
            throw Problem.unprocessable("rates", "must have 1 to " + MAX_RATES + " rates");
        }
        Map<String, BigDecimal> checked = new HashMap<>();
        rates.forEach((name, value) -> checked.put(name, rate("rates." + shown(name), name, value)));
        return checked;
    }

    private static BigDecimal rate(String field, String name, @Nullable String value) {
        if (RateNames.handling(name) != RateNames.Handling.APPLIED) {
            throw Problem.unprocessable(field, "is no rate that calls are priced by");
        }
        BigDecimal rate;
        try {
            rate = new BigDecimal(value == null || value.length() > 2 * MAX_SCALE ? "" : value);
        } catch (NumberFormatException e) {
            throw Problem.unprocessable(field, "must be a decimal like \"0.000001\"");
        }
        if (rate.signum() < 0 || rate.compareTo(MAX_RATE) > 0 || Math.abs(rate.scale()) > MAX_SCALE) {
            throw Problem.unprocessable(
                    field,
                    "must be 0 to " + MAX_RATE + " with at most " + MAX_SCALE + " decimals, got: " + shown(value));
        }
        return rate;
    }

    private Instant instant() {
        String text = required("effective_from", effectiveFrom);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Problem.unprocessable("effective_from", "must be an RFC 3339 time, got: " + shown(text));
        }
    }

    private static String required(String field, @Nullable String value) {
        if (value == null || value.isBlank() || value.length() > MAX_NAME || value.indexOf('\0') >= 0) {
            throw Problem.unprocessable(field, "must be given, with at most " + MAX_NAME + " characters");
        }
        return value.strip();
    }

    private static String shown(@Nullable String value) {
        String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
