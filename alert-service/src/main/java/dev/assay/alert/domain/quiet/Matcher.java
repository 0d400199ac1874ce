package dev.assay.alert.domain.quiet;

import dev.assay.alert.domain.rule.InvalidRule;
import java.util.List;
import java.util.Map;

/**
 * Tells alerts by one of their labels: those of the group, those of the rule, and {@code rule}, {@code rule_id} and
 * {@code severity}. A label that an alert lacks is empty, as in Alertmanager.
 *
 * @param label the label's name
 * @param negative whether it matches all but these values
 * @param values one of these; a {@code *} in one stands for any text
 */
public record Matcher(String label, boolean negative, List<String> values) {
    private static final int MAX_VALUES = 50;
    private static final int MAX_TEXT = 200;
    private static final int MAX_MATCHERS = 20;

    public Matcher {
        if (!label.matches("[a-z_][a-z0-9_]{0,39}")) {
            throw new InvalidRule("matchers", "must have labels of a-z, 0-9 and _, got: " + shortened(label));
        }
        if (values.isEmpty() || values.size() > MAX_VALUES) {
            throw new InvalidRule("matchers", "must have 1 to " + MAX_VALUES + " values, got: " + values.size());
        }
        values.forEach(value -> {
            if (value.length() > MAX_TEXT) {
                throw new InvalidRule("matchers", "must have values of at most " + MAX_TEXT + " characters");
            }
        });
        values = List.copyOf(values);
    }

    /** At least one matcher and not too many, so that nothing silences everything by accident. */
    static List<Matcher> bounded(String field, List<Matcher> matchers) {
        if (matchers.isEmpty() || matchers.size() > MAX_MATCHERS) {
            throw new InvalidRule(field, "must have 1 to " + MAX_MATCHERS + " matchers, got: " + matchers.size());
        }
        return List.copyOf(matchers);
    }

    /** Whether it matches an alert with these labels. */
    public boolean matches(Map<String, String> labels) {
        String value = labels.getOrDefault(label, "");
        return negative != values.stream().anyMatch(pattern -> matches(pattern, value));
    }

    static boolean all(List<Matcher> matchers, Map<String, String> labels) {
        return matchers.stream().allMatch(matcher -> matcher.matches(labels));
    }

    /** Wildcards, in time proportional to pattern times text: what people type is never run as a regular expression. */
    private static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int retry = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
