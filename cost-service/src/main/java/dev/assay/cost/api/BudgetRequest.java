package dev.assay.cost.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.cost.app.CallKey;
import dev.assay.cost.domain.budget.Budget;
import dev.assay.cost.domain.budget.BudgetFilter;
import dev.assay.cost.domain.budget.BudgetPeriod;
import dev.assay.platform.web.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A budget as it is asked for.
 *
 * @param period {@code day}, {@code week} or {@code month}
 * @param timezone of the IANA database; UTC by default
 * @param hard whether reservations beyond the limit are refused; yes by default
 * @param filter dimension, or {@code user_id}, to the value wanted; dimensions also take a list of values
 * @param thresholds shares of the limit; by default 0.5, 0.8 and 1
 */
@RegisterForReflection
record BudgetRequest(
        @Nullable String name,
        @Nullable String limit,
        @Nullable String currency,
        @Nullable String period,
        @Nullable String timezone,
        @Nullable Boolean hard,
        @Nullable Map<String, @Nullable JsonNode> filter,
        @Nullable List<@Nullable String> thresholds) {
    private static final String USER = "user_id";
    private static final int MAX_VALUES = 100;
    private static final int MAX_THRESHOLDS = 10;
    private static final List<BigDecimal> USUAL_THRESHOLDS =
            List.of(new BigDecimal("0.5"), new BigDecimal("0.8"), BigDecimal.ONE);

    /** The budget, checked. */
    Budget toBudget(String tenant, String ofProject, Instant now) {
        String called = RequestField.text("name", name);
        BigDecimal most = RequestField.someMoney("limit", limit);
        String in = RequestField.text("currency", currency);
        if (!in.equals(ofProject)) {
            throw Problem.unprocessable(
                    "currency", "must be the project's currency, " + ofProject + ", got: " + RequestField.shown(in));
        }
        BudgetPeriod each = BudgetPeriod.find(String.valueOf(period))
                .orElseThrow(() -> Problem.unprocessable(
                        "period", "must be day, week or month, got: " + RequestField.shown(period)));
        ZoneId zone = zone();
        return new Budget(
                UUID.randomUUID(),
                tenant,
                called,
                most,
                in,
                each,
                zone,
                hard == null || hard,
                checkedFilter(tenant),
                checkedThresholds(),
                each.startOf(now, zone));
    }

    private ZoneId zone() {
        String text = RequestField.optionalText("timezone", timezone);
        try {
            return ZoneId.of(text.isEmpty() ? "UTC" : text);
        } catch (DateTimeException unknown) {
            throw Problem.unprocessable(
                    "timezone",
                    "must be a time zone of the IANA database, like Europe/Berlin, got: " + RequestField.shown(text));
        }
    }

    private BudgetFilter checkedFilter(String tenant) {
        Map<String, List<String>> wanted = new HashMap<>();
        String user = null;
        for (Map.Entry<String, @Nullable JsonNode> entry :
                (filter == null ? Map.<String, @Nullable JsonNode>of() : filter).entrySet()) {
            String field = "filter." + RequestField.shown(entry.getKey());
            JsonNode value = entry.getValue();
            if (entry.getKey().equals(USER)) {
                user = RequestField.text(field, value == null || !value.isTextual() ? null : value.asText());
            } else if (BudgetFilter.DIMENSIONS.containsKey(entry.getKey())) {
                wanted.put(entry.getKey(), values(field, value));
            } else {
                throw Problem.unprocessable(
                        field,
                        "is nothing to filter by; allowed are user_id, "
                                + String.join(", ", new TreeSet<>(BudgetFilter.DIMENSIONS.keySet())));
            }
        }
        return new BudgetFilter(wanted, user, user == null ? null : CallKey.userHash(tenant, user));
    }

    private static List<String> values(String field, @Nullable JsonNode value) {
        List<String> values = new ArrayList<>();
        if (value != null && value.isArray()) {
            value.forEach(one -> values.add(RequestField.text(field, one.isTextual() ? one.asText() : null)));
        } else {
            values.add(RequestField.text(field, value == null || !value.isTextual() ? null : value.asText()));
        }
        if (values.isEmpty() || values.size() > MAX_VALUES) {
            throw Problem.unprocessable(field, "must have 1 to " + MAX_VALUES + " values, got: " + values.size());
        }
        return values;
    }

    private List<BigDecimal> checkedThresholds() {
        if (thresholds == null) {
            return USUAL_THRESHOLDS;
        }
        if (thresholds.size() > MAX_THRESHOLDS) {
            throw Problem.unprocessable("thresholds", "must be at most " + MAX_THRESHOLDS);
        }
        return thresholds.stream()
                .map(value -> RequestField.someMoney("thresholds", value))
                .toList();
    }
}
