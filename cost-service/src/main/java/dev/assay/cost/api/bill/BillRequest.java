package dev.assay.cost.api.bill;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a bill is to be read.
 *
 * @param currency the project's
 * @param provider the ledger's name for who is billed; null for the format's own
 * @param services of a bill over many services, those that are compared, by their names in it
 * @param modelColumn of a CSV file, the column that names the model; null if none does
 * @param today the UTC day
 */
public record BillRequest(
        String currency,
        @Nullable String provider,
        Set<String> services,
        @Nullable String modelColumn,
        LocalDate today) {
    String provider(String ofFormat) {
        return provider == null ? ofFormat : provider;
    }
}
