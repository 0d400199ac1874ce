package dev.assay.cost.store;

import dev.assay.cost.app.LedgerQuery;
import dev.assay.platform.window.Minutes;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/** A {@link LedgerQuery} as conditions on the ledger {@code l} and its series {@code s}; the values go into a tuple. */
final class LedgerConditions {
    private final StringBuilder text = new StringBuilder();
    private final Tuple values;

    private LedgerConditions(Tuple values) {
        this.values = values;
    }

    static String of(String tenant, LedgerQuery query, Tuple values) {
        LedgerConditions conditions = new LedgerConditions(values);
        conditions.add("l.tenant = $%d", tenant);
        conditions.add("l.start_us >= $%d", Minutes.startMicros(query.range().firstMinute()));
        conditions.add("l.start_us < $%d", Minutes.startMicros(query.range().endMinute()));
        conditions.text.append(" and not l.withdrawn");
        query.filters()
                .forEach((dimension, wanted) ->
                        conditions.add("s." + dimension.wireName() + " = any($%d)", wanted.toArray(String[]::new)));
        conditions.add("l.user_id = $%d", query.userId());
        conditions.add("l.task_id = $%d", query.taskId());
        conditions.add("l.price_key = $%d", query.priceKey());
        conditions.add("l.price_version = $%d", query.priceVersion());
        if (LedgerQuery.ANY.equals(query.unpricedReason())) {
            conditions.text.append(" and l.list_cost is null");
        } else {
            conditions.add("l.unpriced_reason = $%d", query.unpricedReason());
        }
        return conditions.text.toString();
    }

    private void add(String condition, @Nullable Object value) {
        if (value != null) {
            values.addValue(value);
            text.append(text.isEmpty() ? "" : " and ").append(condition.formatted(values.size()));
        }
    }
}
