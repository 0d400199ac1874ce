package dev.assay.cost.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cost.domain.budget.Budget;
import dev.assay.cost.domain.budget.BudgetFilter;
import dev.assay.cost.domain.budget.BudgetPeriod;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Budgets as rows, and their filters as conditions on the ledger. */
final class BudgetRows {
    static final String COLUMNS = """
            tenant, budget_id, name, limit_amount::text as limit_amount, currency, period, timezone, hard,
            filter::text as filter, user_id, user_hash, thresholds, first_period""";

    private static final ObjectMapper JSON = new ObjectMapper();

    private BudgetRows() {}

    static List<Budget> budgets(RowSet<Row> rows) {
        List<Budget> budgets = new ArrayList<>();
        rows.forEach(row -> budgets.add(budget(row)));
        return budgets;
    }

    static Budget budget(Row row) {
        return new Budget(
                row.getUUID("budget_id"),
                row.getString("tenant"),
                row.getString("name"),
                new BigDecimal(row.getString("limit_amount")),
                row.getString("currency"),
                BudgetPeriod.find(row.getString("period")).orElseThrow(),
                ZoneId.of(row.getString("timezone")),
                row.getBoolean("hard"),
                new BudgetFilter(
                        readFilter(row.getString("filter")), row.getString("user_id"), row.getLong("user_hash")),
                Stream.of(row.getArrayOfStrings("thresholds"))
                        .map(BigDecimal::new)
                        .toList(),
                row.getLocalDate("first_period"));
    }

    /** What a ledger row {@code l} of a series {@code s} has to meet to be paid out of the budget; adds its values. */
    static String condition(BudgetFilter filter, Tuple values) {
        StringBuilder condition = new StringBuilder();
        filter.wanted().forEach((dimension, wanted) -> {
            values.addArrayOfString(wanted.toArray(String[]::new));
            condition
                    .append(" and s.")
                    .append(dimension) // one of BudgetFilter.DIMENSIONS
                    .append(" = any($")
                    .append(values.size())
                    .append(')');
        });
        if (filter.userHash() != null) {
            values.addLong(filter.userHash());
            condition.append(" and l.user_hash = $").append(values.size());
        }
        return condition.toString();
    }

    static String writeFilter(BudgetFilter filter) {
        try {
            return JSON.writeValueAsString(filter.wanted());
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Map<String, List<String>> readFilter(String json) {
        try {
            Map<String, List<String>> wanted = new HashMap<>();
            JSON.readTree(json).properties().forEach(entry -> {
                List<String> values = new ArrayList<>();
                entry.getValue().forEach(value -> values.add(value.asText()));
                wanted.put(entry.getKey(), values);
            });
            return wanted;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a stored filter is no JSON", e);
        }
    }
}
