package dev.assay.ingest.reads;

import dev.assay.ingest.store.CallReads.Order;
import dev.assay.platform.kpi.KpiQuery.InvalidParameter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order of a list of calls, as {@code sort} names it: {@code duration_ms} for the shortest first,
 * {@code -duration_ms} for the longest. Calls that do not tell the value are left out.
 */
record CallSort(Order order, boolean descending) {
    static final CallSort NEWEST_FIRST = new CallSort(Order.START_TIME, true);

    private static final Map<String, Order> NAMES = names();

    private static Map<String, Order> names() {
        Map<String, Order> names = new LinkedHashMap<>();
        names.put("start_time", Order.START_TIME);
        names.put("duration_ms", Order.DURATION);
        names.put("ttft_ms", Order.TTFT);
        names.put("input_tokens", Order.INPUT_TOKENS);
        names.put("output_tokens", Order.OUTPUT_TOKENS);
        return names;
    }

    static CallSort parse(@Nullable String text) {
        if (text == null) {
            return NEWEST_FIRST;
        }
        boolean descending = text.startsWith("-");
        Order order = NAMES.get(descending ? text.substring(1) : text);
        if (order == null) {
            throw new InvalidParameter(
                    "sort",
                    "must be one of " + String.join(", ", NAMES.keySet()) + ", with - before it for the other way");
        }
        return new CallSort(order, descending);
    }

    /** Whether it follows an index, so that a page costs the same however many calls there are. */
    boolean isIndexed() {
        return order == Order.START_TIME;
    }

    /** As in {@code sort}. */
    String text() {
        String name = NAMES.entrySet().stream()
                .filter(entry -> entry.getValue() == order)
                .findFirst()
                .orElseThrow()
                .getKey();
        return descending ? "-" + name : name;
    }
}
