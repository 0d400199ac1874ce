package dev.assay.alert.app;

import dev.assay.alert.domain.evaluation.Labels;
import dev.assay.alert.domain.rule.Rule;
import java.util.Map;
import java.util.TreeMap;

/** What silences, inhibitions and receivers tell alerts by: the group's labels, the rule's, and what the rule is. */
final class AlertLabels {
    private AlertLabels() {}

    static Map<String, String> of(Rule rule, Labels group) {
        Map<String, String> labels = new TreeMap<>(rule.annotations().labels());
        labels.putAll(group.values());
        labels.put("rule", rule.name());
        labels.put("rule_id", rule.id());
        labels.put("severity", rule.severity().wireName());
        return labels;
    }
}
