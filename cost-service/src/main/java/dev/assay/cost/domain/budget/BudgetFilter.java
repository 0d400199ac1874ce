package dev.assay.cost.domain.budget;

import dev.assay.contracts.common.v1.Dimensions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a budget pays for: those that have one of the wanted values in each dimension named. Nothing named is the whole
 * project.
 *
 * @param wanted dimension, by its name on the wire, to the values wanted
 * @param userId whose calls alone, or null for everyone's
 * @param userHash what the ledger counts that user by
 */
public record BudgetFilter(
        Map<String, List<String>> wanted,
        @Nullable String userId,
        @Nullable Long userHash) {
    /** The dimensions that a budget can be cut by. */
    public static final Map<String, Function<Dimensions, String>> DIMENSIONS = Map.of(
            "environment", Dimensions::getEnvironment,
            "app", Dimensions::getApp,
            "endpoint", Dimensions::getEndpoint,
            "provider", Dimensions::getProvider,
            "model", Dimensions::getModel,
            "variant", Dimensions::getVariant,
            "prompt_version", Dimensions::getPromptVersion);

    public BudgetFilter {
        Map<String, List<String>> sorted = new TreeMap<>();
        wanted.forEach((dimension, values) -> {
            if (!DIMENSIONS.containsKey(dimension)) {
                throw new IllegalArgumentException("filter must be by dimensions, got: " + dimension);
            }
            sorted.put(dimension, List.copyOf(values));
        });
        wanted = Collections.unmodifiableMap(sorted);
    }

    /** Whether a call of these dimensions, by this user, is paid out of the budget. */
    public boolean matches(Dimensions dimensions, @Nullable Long callsUserHash) {
        for (Map.Entry<String, List<String>> entry : wanted.entrySet()) {
            Function<Dimensions, String> of = Objects.requireNonNull(DIMENSIONS.get(entry.getKey()));
            if (!entry.getValue().contains(of.apply(dimensions))) {
                return false;
            }
        }
        return userHash == null || userHash.equals(callsUserHash);
    }
}
