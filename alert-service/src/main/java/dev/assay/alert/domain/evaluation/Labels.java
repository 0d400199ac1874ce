package dev.assay.alert.domain.evaluation;

import dev.assay.alert.domain.rule.Dimension;
import dev.assay.contracts.common.v1.Dimensions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What tells one alert of a rule from another: the values of the rule's group-by dimensions. */
public record Labels(SortedMap<String, String> values) {
    /** The labels of a rule without group-by. */
    public static final Labels NONE = new Labels(Collections.emptySortedMap());

    public Labels {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public static Labels of(Map<String, String> values) {
        return new Labels(new TreeMap<>(values));
    }

    /** The labels of a series under a rule's group-by. */
    public static Labels of(List<Dimension> groupBy, Dimensions dimensions) {
        if (groupBy.isEmpty()) {
            return NONE;
        }
        SortedMap<String, String> values = new TreeMap<>();
        groupBy.forEach(dimension -> values.put(dimension.wireName(), dimension.of(dimensions)));
        return new Labels(values);
    }

    /** One text for each set of labels, different for different ones. */
    public String key() {
        StringBuilder key = new StringBuilder();
        values.forEach((name, value) -> key.append(key.isEmpty() ? "" : ",")
                .append(name)
                .append('=')
                .append(value.replace("\\", "\\\\").replace(",", "\\,")));
        return key.toString();
    }
}
