package dev.assay.alert.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.domain.rule.Annotations;
import dev.assay.alert.domain.rule.Comparison;
import dev.assay.alert.domain.rule.Dimension;
import dev.assay.alert.domain.rule.DurationText;
import dev.assay.alert.domain.rule.Escalation;
import dev.assay.alert.domain.rule.Evidence;
import dev.assay.alert.domain.rule.InvalidRule;
import dev.assay.alert.domain.rule.NoDataPolicy;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.alert.domain.rule.RuleWindow;
import dev.assay.alert.domain.rule.Severity;
import dev.assay.alert.domain.rule.Threshold;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Rules as JSON, on the wire and in the database. A field that is wrong or unknown is named. */
public final class RuleText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEFAULT_WINDOW = "5m";
    private static final String VALUE = "value";
    private static final String INTERVAL_BOUND = "interval_bound";

    /** What the answer adds to a rule's own fields; ignored when it is sent back. */
    private static final List<String> READ_ONLY = List.of("id", "built_in", "version", "created_time", "updated_time");

    private static final List<String> FIELDS = List.of(
            "name",
            "enabled",
            "metric",
            "filters",
            "group_by",
            "window",
            "op",
            "threshold",
            "clear_threshold",
            "baseline",
            "factor",
            "clear_factor",
            "anomaly_score",
            "clear_score",
            "objective",
            "burn_rate",
            "short_window",
            "for",
            "keep_firing_for",
            "min_samples",
            "min_coverage",
            "compare",
            "no_data",
            "severity",
            "receivers",
            "escalation",
            "escalation_policy",
            "labels",
            "runbook",
            "summary");

    private RuleText() {}

    /** A rule from JSON text that was written by {@link #write}. */
    static Rule read(String id, boolean builtIn, String text) {
        try {
            return read(id, builtIn, JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rule " + id + " is kept as text that is no JSON", e);
        }
    }

    /**
     * A rule from its JSON.
     *
     * @throws InvalidRule naming the field at fault
     */
    public static Rule read(String id, boolean builtIn, JsonNode json) {
        if (!json.isObject()) {
            throw new InvalidRule("rule", "must be a JSON object");
        }
        json.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field) && !READ_ONLY.contains(field)) {
                throw new InvalidRule(field, "is not a field of a rule; there are: " + String.join(", ", FIELDS));
            }
        });
        RuleFields fields = new RuleFields(json);
        String metric = fields.requiredText("metric");
        if (Metrics.find(metric).isEmpty()) {
            throw new InvalidRule(
                    "metric",
                    "must be a metric that is computed from windows, got: " + RuleFields.shortened(metric)
                            + "; there are: " + String.join(", ", Metrics.names()));
        }
        Rule rule = new Rule(
                id,
                fields.requiredText("name"),
                builtIn,
                fields.flag("enabled", true),
                metric,
                filters(fields),
                fields.texts("group_by").stream()
                        .map(name -> dimension("group_by", name))
                        .toList(),
                RuleWindow.parse(fields.text("window", DEFAULT_WINDOW)),
                comparison(fields.text("op", Comparison.GREATER.symbol())),
                ThresholdText.read(fields, metric),
                DurationText.parse("for", fields.text("for", "0s")),
                DurationText.parse("keep_firing_for", fields.text("keep_firing_for", "0s")),
                new Evidence(
                        fields.wholeNumber("min_samples", 1),
                        fields.number("min_coverage", 0),
                        intervalBound(fields.text("compare", VALUE))),
                noData(fields.text("no_data", NoDataPolicy.KEEP.wireName())),
                severity(fields.text("severity", Severity.HIGH.wireName())),
                fields.texts("receivers"),
                fields.objects("escalation").stream().map(RuleText::escalation).toList(),
                fields.text("escalation_policy", ""),
                new Annotations(fields.map("labels"), fields.text("runbook", ""), fields.text("summary", "")));
        requireMinutesFit(rule);
        return rule;
    }

    /** What is told minute by minute is looked at over minutes. */
    private static void requireMinutesFit(Rule rule) {
        if (!Metrics.find(rule.metric()).orElseThrow().minutely()) {
            return;
        }
        if (!rule.window().isFine()) {
            throw new InvalidRule("window", "must be 1m to 1h for " + rule.metric());
        }
        if (!(rule.threshold() instanceof Threshold.Constant)) {
            throw new InvalidRule("threshold", "is required for " + rule.metric());
        }
    }

    /** A rule's JSON, with every field that says something. */
    public static ObjectNode write(Rule rule) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", rule.name());
        json.put("enabled", rule.enabled());
        json.put("metric", rule.metric());
        ObjectNode filters = json.putObject("filters");
        rule.filters().forEach((dimension, values) -> {
            ArrayNode array = filters.putArray(dimension.wireName());
            values.forEach(array::add);
        });
        ArrayNode groupBy = json.putArray("group_by");
        rule.groupBy().forEach(dimension -> groupBy.add(dimension.wireName()));
        json.put("window", rule.window().text());
        json.put("op", rule.op().symbol());
        ThresholdText.write(rule.threshold(), json);
        json.put("for", DurationText.format(rule.forDuration()));
        json.put("keep_firing_for", DurationText.format(rule.keepFiringFor()));
        json.put("min_samples", rule.minSamples());
        if (rule.evidence().minCoverage() > 0) {
            json.put("min_coverage", rule.evidence().minCoverage());
        }
        if (rule.evidence().intervalBound()) {
            json.put("compare", INTERVAL_BOUND);
        }
        json.put("no_data", rule.noData().wireName());
        json.put("severity", rule.severity().wireName());
        ArrayNode receivers = json.putArray("receivers");
        rule.receivers().forEach(receivers::add);
        if (!rule.escalation().isEmpty()) {
            ArrayNode steps = json.putArray("escalation");
            for (Escalation step : rule.escalation()) {
                ObjectNode one = steps.addObject();
                one.put("after", DurationText.format(step.after()));
                ArrayNode told = one.putArray("receivers");
                step.receivers().forEach(told::add);
            }
        }
        if (!rule.escalationPolicy().isEmpty()) {
            json.put("escalation_policy", rule.escalationPolicy());
        }
        write(rule.annotations(), json);
        return json;
    }

    private static void write(Annotations annotations, ObjectNode json) {
        if (!annotations.labels().isEmpty()) {
            ObjectNode labels = json.putObject("labels");
            annotations.labels().forEach(labels::put);
        }
        if (!annotations.runbook().isEmpty()) {
            json.put("runbook", annotations.runbook());
        }
        if (!annotations.summary().isEmpty()) {
            json.put("summary", annotations.summary());
        }
    }

    private static Escalation escalation(RuleFields step) {
        step.requireOnly("escalation", "after", "receivers");
        return new Escalation(DurationText.parse("escalation", step.requiredText("after")), step.texts("receivers"));
    }

    private static boolean intervalBound(String compare) {
        if (!compare.equals(VALUE) && !compare.equals(INTERVAL_BOUND)) {
            throw new InvalidRule(
                    "compare",
                    "must be one of " + VALUE + ", " + INTERVAL_BOUND + ", got: " + RuleFields.shortened(compare));
        }
        return compare.equals(INTERVAL_BOUND);
    }

    private static Map<Dimension, List<String>> filters(RuleFields fields) {
        Map<Dimension, List<String>> filters = new EnumMap<>(Dimension.class);
        fields.object("filters").forEach((name, values) -> filters.put(dimension("filters." + name, name), values));
        return filters;
    }

    private static Dimension dimension(String field, String name) {
        return Dimension.named(name)
                .orElseThrow(() -> new InvalidRule(
                        field, "must be one of " + Dimension.names() + ", got: " + RuleFields.shortened(name)));
    }

    private static Comparison comparison(String symbol) {
        return Comparison.ofSymbol(symbol)
                .orElseThrow(() ->
                        new InvalidRule("op", "must be one of >, >=, <, <=, got: " + RuleFields.shortened(symbol)));
    }

    private static NoDataPolicy noData(String name) {
        return NoDataPolicy.named(name)
                .orElseThrow(() -> new InvalidRule(
                        "no_data", "must be one of keep, ok, alert, got: " + RuleFields.shortened(name)));
    }

    private static Severity severity(String name) {
        return Severity.named(name)
                .orElseThrow(() -> new InvalidRule(
                        "severity",
                        "must be one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(Severity.values())
                                                .map(Severity::wireName)
                                                .toList())
                                + ", got: " + RuleFields.shortened(name)));
    }
}
