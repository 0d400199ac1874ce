package dev.assay.alert.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.domain.rule.Baseline;
import dev.assay.alert.domain.rule.Comparison;
import dev.assay.alert.domain.rule.Dimension;
import dev.assay.alert.domain.rule.DurationText;
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
            "baseline",
            "factor",
            "for",
            "keep_firing_for",
            "min_samples",
            "no_data",
            "severity",
            "receivers");

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
        return new Rule(
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
                threshold(fields, metric),
                DurationText.parse("for", fields.text("for", "0s")),
                DurationText.parse("keep_firing_for", fields.text("keep_firing_for", "0s")),
                fields.wholeNumber("min_samples", 1),
                noData(fields.text("no_data", NoDataPolicy.KEEP.wireName())),
                severity(fields.text("severity", Severity.HIGH.wireName())),
                fields.texts("receivers"));
    }

    /** A rule's JSON, with every field. */
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
        if (rule.threshold() instanceof Threshold.Constant constant) {
            json.put("threshold", constant.value());
        } else if (rule.threshold() instanceof Threshold.TimesBaseline times) {
            json.put("baseline", times.baseline().wireName());
            json.put("factor", times.factor());
        }
        json.put("for", DurationText.format(rule.forDuration()));
        json.put("keep_firing_for", DurationText.format(rule.keepFiringFor()));
        json.put("min_samples", rule.minSamples());
        json.put("no_data", rule.noData().wireName());
        json.put("severity", rule.severity().wireName());
        ArrayNode receivers = json.putArray("receivers");
        rule.receivers().forEach(receivers::add);
        return json;
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

    private static Threshold threshold(RuleFields fields, String metric) {
        if (fields.has("baseline")) {
            if (fields.has("threshold")) {
                throw new InvalidRule("threshold", "must be left out when there is a baseline");
            }
            String name = fields.requiredText("baseline");
            Baseline baseline = Baseline.named(name)
                    .orElseThrow(() -> new InvalidRule(
                            "baseline",
                            "must be one of moving_median, moving_average, got: " + RuleFields.shortened(name)));
            return new Threshold.TimesBaseline(baseline, fields.requiredNumber("factor"));
        }
        if (fields.has("factor")) {
            throw new InvalidRule("factor", "must be left out when there is no baseline");
        }
        double value = fields.requiredNumber("threshold");
        if (value < 0 && !Metrics.isSigned(metric)) {
            throw new InvalidRule("threshold", "must be >= 0 for " + metric + ", got: " + value);
        }
        if (value > 1 && Metrics.isShare(metric)) {
            throw new InvalidRule("threshold", "must be 0 to 1 for " + metric + ", a share, got: " + value);
        }
        return new Threshold.Constant(value);
    }
}
