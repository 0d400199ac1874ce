package dev.assay.alert.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.domain.rule.Baseline;
import dev.assay.alert.domain.rule.InvalidRule;
import dev.assay.alert.domain.rule.RuleWindow;
import dev.assay.alert.domain.rule.Threshold;
import java.util.List;

/**
 * What a rule's value is held against, as fields of its JSON. Exactly one kind is given: {@code threshold},
 * {@code baseline} with {@code factor}, {@code anomaly_score} (with {@code baseline}), or {@code burn_rate} with
 * {@code objective} and {@code short_window}.
 */
final class ThresholdText {
    private static final String DEFAULT_SHORT_WINDOW = "5m";

    private ThresholdText() {}

    static Threshold read(RuleFields fields, String metric) {
        if (fields.has("burn_rate") || fields.has("objective")) {
            return burnRate(fields, metric);
        }
        refuse(fields, "there is no burn rate", "short_window");
        if (fields.has("anomaly_score")) {
            refuse(fields, "there is an anomaly score", "threshold", "clear_threshold", "factor", "clear_factor");
            return new Threshold.Anomaly(
                    baseline(fields.text("baseline", Baseline.MOVING_MEDIAN.wireName())),
                    fields.requiredNumber("anomaly_score"),
                    fields.optionalNumber("clear_score"));
        }
        refuse(fields, "there is no anomaly score", "clear_score");
        if (fields.has("baseline")) {
            refuse(fields, "there is a baseline", "threshold", "clear_threshold");
            return new Threshold.TimesBaseline(
                    baseline(fields.requiredText("baseline")),
                    fields.requiredNumber("factor"),
                    fields.optionalNumber("clear_factor"));
        }
        refuse(fields, "there is no baseline", "factor", "clear_factor");
        return constant(fields, metric);
    }

    static void write(Threshold threshold, ObjectNode json) {
        if (threshold instanceof Threshold.Constant constant) {
            json.put("threshold", constant.value());
            put(json, "clear_threshold", constant.clear());
        } else if (threshold instanceof Threshold.TimesBaseline times) {
            json.put("baseline", times.baseline().wireName());
            json.put("factor", times.factor());
            put(json, "clear_factor", times.clearFactor());
        } else if (threshold instanceof Threshold.Anomaly anomaly) {
            json.put("baseline", anomaly.baseline().wireName());
            json.put("anomaly_score", anomaly.score());
            put(json, "clear_score", anomaly.clearScore());
        } else if (threshold instanceof Threshold.BurnRate burn) {
            json.put("objective", burn.objective());
            json.put("burn_rate", burn.rate());
            json.put("short_window", burn.shortWindow().text());
        }
    }

    private static void put(ObjectNode json, String field, @org.jspecify.annotations.Nullable Double value) {
        if (value != null) {
            json.put(field, value);
        }
    }

    private static Threshold burnRate(RuleFields fields, String metric) {
        refuse(
                fields,
                "there is a burn rate",
                List.of(
                                "threshold",
                                "clear_threshold",
                                "baseline",
                                "factor",
                                "clear_factor",
                                "anomaly_score",
                                "clear_score")
                        .toArray(String[]::new));
        if (!Metrics.isShare(metric)) {
            throw new InvalidRule("burn_rate", "must be of a share of good or bad, which " + metric + " is not");
        }
        String text = fields.text("short_window", DEFAULT_SHORT_WINDOW);
        RuleWindow shortWindow;
        try {
            shortWindow = RuleWindow.parse(text);
        } catch (InvalidRule invalid) {
            throw new InvalidRule(
                    "short_window", "must be whole minutes from 1m to 1h, got: " + RuleFields.shortened(text));
        }
        return new Threshold.BurnRate(
                fields.requiredNumber("objective"),
                fields.requiredNumber("burn_rate"),
                shortWindow,
                Metrics.isGoodShare(metric));
    }

    private static Threshold constant(RuleFields fields, String metric) {
        double value = requirePossible("threshold", fields.requiredNumber("threshold"), metric);
        Double clear = fields.optionalNumber("clear_threshold");
        return new Threshold.Constant(value, clear == null ? null : requirePossible("clear_threshold", clear, metric));
    }

    private static double requirePossible(String field, double value, String metric) {
        if (value < 0 && !Metrics.isSigned(metric)) {
            throw new InvalidRule(field, "must be >= 0 for " + metric + ", got: " + value);
        }
        if (value > 1 && Metrics.isShare(metric)) {
            throw new InvalidRule(field, "must be 0 to 1 for " + metric + ", a share, got: " + value);
        }
        return value;
    }

    private static Baseline baseline(String name) {
        return Baseline.named(name)
                .orElseThrow(() -> new InvalidRule(
                        "baseline", "must be one of " + Baseline.names() + ", got: " + RuleFields.shortened(name)));
    }

    private static void refuse(RuleFields fields, String why, String... names) {
        for (String name : names) {
            if (fields.has(name)) {
                throw new InvalidRule(name, "must be left out when " + why);
            }
        }
    }
}
