package dev.assay.alert.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.assay.alert.domain.evaluation.Labels;
import dev.assay.alert.domain.rule.DurationText;
import dev.assay.alert.domain.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A project's rules for a Prometheus of one's own: it scrapes each rule's value and threshold ({@link #gauges}) and
 * decides by the same comparison, {@code for} and {@code keep_firing_for} (which needs Prometheus 2.42) when to tell its
 * own Alertmanager. Windows, baselines, samples and coverage stay Assay's, and so does hysteresis, which is not exported.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/">Prometheus: alerting rules</a>
 */
public final class PrometheusRules {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());
    private static final Pattern FIELD = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");

    private PrometheusRules() {}

    /** A rule file; as the custom resource {@code PrometheusRule} if {@code resource}. */
    public static String file(String tenant, List<Rule> rules, boolean resource) {
        ObjectNode root = YAML.createObjectNode();
        ObjectNode groups = root;
        if (resource) {
            root.put("apiVersion", "monitoring.coreos.com/v1");
            root.put("kind", "PrometheusRule");
            root.putObject("metadata").put("name", "assay-" + tenant);
            groups = root.putObject("spec");
        }
        ObjectNode group = groups.putArray("groups").addObject();
        group.put("name", "assay-" + tenant);
        group.put("interval", "1m");
        ArrayNode array = group.putArray("rules");
        rules.stream().filter(Rule::enabled).forEach(rule -> write(tenant, rule, array.addObject()));
        try {
            return YAML.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(String tenant, Rule rule, ObjectNode json) {
        String selector = "{project=" + quoted(tenant) + ",rule_id=" + quoted(rule.id()) + "}";
        json.put("alert", rule.name());
        json.put(
                "expr",
                "assay_alert_value" + selector + " " + rule.op().symbol() + " assay_alert_threshold" + selector);
        if (rule.forMinutes() > 0) {
            json.put("for", DurationText.format(rule.forDuration()));
        }
        if (rule.keepFiringForMinutes() > 0) {
            json.put("keep_firing_for", DurationText.format(rule.keepFiringFor()));
        }
        ObjectNode labels = json.putObject("labels");
        rule.annotations().labels().forEach((name, value) -> labels.put(name, literal(value)));
        labels.put("severity", rule.severity().wireName());
        ObjectNode annotations = json.putObject("annotations");
        annotations.put("summary", summary(rule));
        if (!rule.annotations().runbook().isEmpty()) {
            annotations.put("runbook_url", literal(rule.annotations().runbook()));
        }
    }

    /** The summary with the fields as Prometheus' templates name them; the threshold is not at hand there. */
    private static String summary(Rule rule) {
        String template = rule.annotations().summary();
        if (template.isEmpty()) {
            return literal(rule.name()) + ": " + rule.metric() + " is {{ $value }}";
        }
        StringBuilder out = new StringBuilder();
        Matcher field = FIELD.matcher(template);
        int at = 0;
        while (field.find()) {
            out.append(literal(template.substring(at, field.start())));
            String name = field.group(1);
            out.append(
                    switch (name) {
                        case "value" -> "{{ $value }}";
                        case "threshold" -> "the threshold";
                        case "rule" -> literal(rule.name());
                        case "severity" -> rule.severity().wireName();
                        default -> "{{ $" + name + " }}";
                    });
            at = field.end();
        }
        return out.append(literal(template.substring(at))).toString();
    }

    /** A text that Prometheus does not take for a template. */
    private static String literal(String text) {
        return text.replace("{{", "{ {");
    }

    /**
     * What Prometheus scrapes, in its text format: each alert's value and threshold as they were last evaluated, unknown
     * ones left out.
     */
    public static String gauges(String tenant, List<ReportAlerts.Item> items) {
        StringBuilder values = new StringBuilder("# TYPE assay_alert_value gauge\n");
        StringBuilder thresholds = new StringBuilder("# TYPE assay_alert_threshold gauge\n");
        for (ReportAlerts.Item item : items) {
            String labels = labels(tenant, item.rule().id(), item.alert().labels());
            line(values, "assay_alert_value", labels, item.alert().value());
            line(thresholds, "assay_alert_threshold", labels, item.threshold());
        }
        return values.append(thresholds).toString();
    }

    private static void line(StringBuilder out, String name, String labels, @Nullable Double value) {
        if (value != null) {
            out.append(name).append(labels).append(' ').append(value).append('\n');
        }
    }

    private static String labels(String tenant, String ruleId, Labels group) {
        StringBuilder out = new StringBuilder("{project=")
                .append(quoted(tenant))
                .append(",rule_id=")
                .append(quoted(ruleId));
        for (Map.Entry<String, String> label : group.values().entrySet()) {
            out.append(',').append(label.getKey()).append('=').append(quoted(label.getValue()));
        }
        return out.append('}').toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
